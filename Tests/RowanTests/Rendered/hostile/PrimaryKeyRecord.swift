// swift-format-ignore-file
import Rowan

@Table("primary_keys")
struct PrimaryKeyRecord {
  @Column(.primaryKey, .generated) let id: ID<PrimaryKeyRecord, Int64>
}
