// swift-format-ignore-file
import Rowan

@Table("schemas")
struct SchemaRecord {
  @Column(.primaryKey, .generated) let id: ID<SchemaRecord, Int64>
}
