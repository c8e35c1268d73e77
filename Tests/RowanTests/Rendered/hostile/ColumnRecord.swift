// swift-format-ignore-file
import Rowan

@Table("columns")
struct ColumnRecord {
  @Column(.primaryKey, .generated) let id: ID<ColumnRecord, Int64>
}
