// swift-format-ignore-file
import Rowan

@Table("tables")
struct TableRecord {
  @Column(.primaryKey, .generated) let id: ID<TableRecord, Int64>
}
