// swift-format-ignore-file
import Rowan

@Table("errors")
struct ErrorRecord {
  @Column(.primaryKey, .generated) let id: ID<ErrorRecord, Int64>
}
