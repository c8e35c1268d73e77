// swift-format-ignore-file
import Rowan

@Table("Self")
struct SelfRecord {
  @Column(.primaryKey, .generated) let id: ID<SelfRecord, Int64>
}
