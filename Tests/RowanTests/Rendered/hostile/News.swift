// swift-format-ignore-file
import Rowan

@Table("news")
struct News {
  @Column(.primaryKey, .generated) let id: ID<News, Int64>
}
