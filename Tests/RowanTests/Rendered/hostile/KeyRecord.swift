// swift-format-ignore-file
import Rowan

@Table("keys")
struct KeyRecord {
  @Column(.primaryKey, .generated) let id: ID<KeyRecord, Int64>
}
