// swift-format-ignore-file
import Rowan

@Table("types")
struct TypeRecord {
  @Column(.primaryKey, .generated) let id: ID<TypeRecord, Int64>
}
