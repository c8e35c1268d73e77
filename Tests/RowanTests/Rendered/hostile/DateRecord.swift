// swift-format-ignore-file
import Rowan

@Table("dates")
struct DateRecord {
  @Column(.primaryKey, .generated) let id: ID<DateRecord, Int64>
}
