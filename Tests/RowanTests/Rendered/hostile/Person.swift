// swift-format-ignore-file
import Rowan

@Table("Person")
struct Person {
  @Column(.primaryKey, .generated) let id: ID<Person, Int64>
}
