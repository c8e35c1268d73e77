import Rowan

@Table("users")
struct User: Equatable {
  @Column(.primaryKey, .generated) let id: Int64
  @Column(.varchar(255), .unique) var email: String
  var name: String?
  @Column(default: 0) var score: Double = 0
  @Column(.references("users", onDelete: .setNull)) var managerID: Int64?
}
