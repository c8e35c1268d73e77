// swift-format-ignore-file
import Rowan

@Table("users")
struct SQLiteUser {
  @Column(.primaryKey, .generated) let id: ID<SQLiteUser, Int64>
  var name: String?
}
