// swift-format-ignore-file
import Rowan

@Table("outputs")
struct OutputRecord {
  @Column(.primaryKey, .generated) let id: ID<OutputRecord, Int64>
}
