// swift-format-ignore-file
import Rowan

@Table("user-urls")
struct UserURL {
  @Column(.primaryKey, .generated) let id: ID<UserURL, Int64>
}
