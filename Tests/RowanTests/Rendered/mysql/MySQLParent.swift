// swift-format-ignore-file
import Rowan

@Table("parent", uniques: [UniqueSchema(["id", "other"], name: "uq_parent")])
struct MySQLParent {
  @Column(.primaryKey, .generated) let id: ID<MySQLParent, Int64>
  var other: Int
}
