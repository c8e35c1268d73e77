// swift-format-ignore-file
import Rowan

@Table("rowan_cores")
struct RowanCoreRecord {
  @Column(.primaryKey, .generated) let id: ID<RowanCoreRecord, Int64>
}
