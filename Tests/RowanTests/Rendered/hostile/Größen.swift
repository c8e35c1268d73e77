// swift-format-ignore-file
import Rowan

@Table("größen")
struct Größen {
  @Column(.primaryKey, .generated) let id: ID<Größen, Int64>
}
