// swift-format-ignore-file
import Rowan

@Table("addresses")
struct Address {
  @Column(.primaryKey, .generated) let id: ID<Address, Int64>
}
