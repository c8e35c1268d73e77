// swift-format-ignore-file
import Rowan

@Table("ids")
struct IDRecord {
  @Column(.primaryKey, .generated) let id: ID<IDRecord, Int64>
}
