// swift-format-ignore-file
import Rowan

@Table("strings")
struct StringRecord {
  @Column(.primaryKey, .generated) let id: ID<StringRecord, Int64>
}
