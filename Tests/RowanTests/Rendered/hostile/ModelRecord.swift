// swift-format-ignore-file
import Rowan

@Table("models")
struct ModelRecord {
  @Column(.primaryKey, .generated) let id: ID<ModelRecord, Int64>
}
