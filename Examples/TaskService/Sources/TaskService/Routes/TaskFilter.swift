import Hummingbird
import Rowan

/// Which tasks are asked for. Every part that is given narrows the list.
struct TaskFilter {
  static let parameters: Set<String> = [
    "workspace", "project", "status", "priority", "assignee", "label", "text", "dueBefore",
  ]

  enum Assignee {
    case nobody
    case user(UserID)
  }

  let workspace: WorkspaceID?
  let project: ProjectID?
  let statuses: [TaskStatus]
  let priorities: [Priority]
  let assignee: Assignee?
  /// Names of labels, all of which the task must have.
  let labels: [String]
  /// Part of the title or of the details.
  let text: String?
  let dueBefore: CalendarDate?

  init(_ query: QueryParameters) throws {
    workspace = try query.id("workspace", of: Workspace.self)
    project = try query.id("project", of: Project.self)
    statuses = try query.list("status", known: TaskStatus.allCases.map(\.rawValue)) { TaskStatus(rawValue: $0) }
    priorities = try query.list("priority", known: Priority.allCases.map(\.name)) { Priority(name: $0) }
    assignee =
      query.text("assignee") == "none" ? .nobody : try query.id("assignee", of: User.self).map(Assignee.user)
    labels = query.all("label")
    text = query.text("text")
    dueBefore = try query.date("dueBefore")
    if labels.count > 5 { throw APIError.malformed("invalid_parameter", "there can be five labels", field: "label") }
  }

  var query: Query<TaskItem> {
    var tasks = TaskItem.all()
    if let workspace {
      tasks = tasks.where { task in
        task.projectID.in(Project.where { $0.workspaceID == workspace }.select { $0.id })
      }
    }
    if let project { tasks = tasks.where { $0.projectID == project } }
    if !statuses.isEmpty { tasks = tasks.where { $0.status.in(statuses) } }
    if !priorities.isEmpty { tasks = tasks.where { $0.priority.in(priorities) } }
    switch assignee {
    case .nobody: tasks = tasks.where { $0.assigneeID.isNull }
    case .user(let user): tasks = tasks.where { $0.assigneeID == user }
    case nil: break
    }
    for label in labels {
      tasks = tasks.where { task in
        TaskLabel.join(Label.self) { $0.labelID == $1.id }
          .where { link, named in link.taskID == task.id && named.name == label }.exists()
      }
    }
    if let text {
      tasks = tasks.where {
        $0.title.contains(text, caseInsensitive: true) || $0.details.contains(text, caseInsensitive: true)
      }
    }
    if let dueBefore { tasks = tasks.where { $0.dueOn < dueBefore && $0.status.notIn([.done, .cancelled]) } }
    return tasks
  }
}
