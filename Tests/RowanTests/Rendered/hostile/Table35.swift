// swift-format-ignore-file
import Rowan

@Table("💥")
struct Table35 {
  @Column(.primaryKey, .generated) let id: ID<Table35, Int64>
}
