// swift-format-ignore-file
import Rowan

@Table("people")
struct PersonRecord {
  @Column(.primaryKey, .generated) let id: ID<PersonRecord, Int64>
}
