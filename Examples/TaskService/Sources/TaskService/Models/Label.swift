import Hummingbird
import Rowan

typealias LabelID = ID<Label, Int64>

/// A word tasks can be marked with. Its name is unique inside its workspace.
@Table("labels", uniques: [UniqueSchema(["workspace_id", "name"], name: "labels_name_in_workspace")])
struct Label: ResponseEncodable {
  @Column(.primaryKey, .generated) let id: LabelID
  @Column(.references("workspaces", onDelete: .cascade)) var workspaceID: WorkspaceID
  @Column(.varchar(50)) var name: String
  @Column(.char(7)) var color: String
}

/// That a task has a label.
@Table("task_labels")
struct TaskLabel {
  @Column(.primaryKey, .references("tasks", onDelete: .cascade)) let taskID: TaskID
  @Column(.primaryKey, .indexed, .references("labels", onDelete: .cascade)) let labelID: LabelID
}
