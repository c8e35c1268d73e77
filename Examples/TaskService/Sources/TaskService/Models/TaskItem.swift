import Hummingbird
import Rowan

typealias TaskID = ID<TaskItem, Int64>

/// One thing to do. Called so since `Task` is Swift's.
@Table(
  "tasks",
  indexes: [
    IndexSchema(["project_id", "status"], name: "tasks_by_project_and_status"),
    IndexSchema(["assignee_id"], name: "tasks_by_assignee"),
  ])
struct TaskItem: Encodable {
  @Column(.primaryKey, .generated) let id: TaskID
  @Column(.references("projects", onDelete: .cascade)) var projectID: ProjectID
  @Column(.varchar(200)) var title: String
  var details: String?
  @Column(.varchar(20)) var status: TaskStatus = .todo
  var priority: Priority = .normal
  @Column(.references("users", onDelete: .setNull)) var assigneeID: UserID?
  var dueOn: CalendarDate?
  var metadata: JSON<TaskMetadata> = JSON(TaskMetadata())
  /// Counts the changes, so that a client can say which one it has seen.
  var version: Int = 1
  @Column(default: .now) var createdAt: Timestamp
  @Column(default: .now) var updatedAt: Timestamp
}
