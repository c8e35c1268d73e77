// swift-format-ignore-file
import Rowan

@Table("statuses")
struct Status {
  @Column(.primaryKey, .generated) let id: ID<Status, Int64>
}
