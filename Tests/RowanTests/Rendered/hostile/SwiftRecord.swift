// swift-format-ignore-file
import Rowan

@Table("swift")
struct SwiftRecord {
  @Column(.primaryKey, .generated) let id: ID<SwiftRecord, Int64>
}
