import Hummingbird
import Rowan

typealias CommentID = ID<Comment, Int64>

/// What someone said about a task.
@Table("comments")
struct Comment: ResponseEncodable {
  @Column(.primaryKey, .generated) let id: CommentID
  @Column(.indexed, .references("tasks", onDelete: .cascade)) var taskID: TaskID
  @Column(.references("users")) var authorID: UserID
  var body: String
  @Column(default: .now) var createdAt: Timestamp
}
