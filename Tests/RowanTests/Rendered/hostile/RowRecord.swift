// swift-format-ignore-file
import Rowan

@Table("row")
struct RowRecord {
  @Column(.primaryKey, .generated) let id: ID<RowRecord, Int64>
}
