// swift-format-ignore-file
import Rowan

@Table("categories")
struct Category {
  @Column(.primaryKey, .generated) let id: ID<Category, Int64>
}
