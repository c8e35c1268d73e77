// swift-format-ignore-file
import Rowan

@Table("data")
struct DataRecord {
  @Column(.primaryKey, .generated) let id: ID<DataRecord, Int64>
}
