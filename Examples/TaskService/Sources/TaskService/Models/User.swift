import Hummingbird
import Rowan

typealias UserID = ID<User, Int64>

/// Someone who can be given tasks and write comments.
@Table("users")
struct User: ResponseEncodable {
  @Column(.primaryKey, .generated) let id: UserID
  @Column(.varchar(255), .unique) var email: String
  @Column(.varchar(100)) var name: String
  @Column(default: .now) var createdAt: Timestamp
}
