import Rowan

/// The body that creates a task.
struct NewTask: Decodable {
  let projectID: ProjectID
  let title: String
  let details: String?
  let status: TaskStatus?
  let priority: Priority?
  let assigneeID: UserID?
  let dueOn: CalendarDate?
  let metadata: TaskMetadata?
  let labelIDs: [LabelID]?

  func draft() throws -> TaskItem.Draft {
    TaskItem.Draft(
      projectID: projectID,
      title: try FieldRules.line(title, "title", 1...200),
      details: try details.map { try FieldRules.text($0, "details", 0...20_000) },
      status: status ?? .todo,
      priority: priority ?? .normal,
      assigneeID: assigneeID,
      dueOn: try dueOn.map { try FieldRules.dueDate($0, "dueOn") },
      metadata: JSON(try FieldRules.metadata(metadata ?? TaskMetadata(), "metadata")))
  }
}

/// The body that changes a task. To move it to another project there is `POST /tasks/move`.
struct TaskChange: Decodable {
  private(set) var title: Change<String>
  private(set) var details: Change<String>
  let status: Change<TaskStatus>
  let priority: Change<Priority>
  let assigneeID: Change<UserID>
  let dueOn: Change<CalendarDate>
  private(set) var metadata: Change<TaskMetadata>
  /// The version the client has seen; nil to change the task whatever it has become.
  let version: Int?

  /// The same with checked values.
  func checked() throws -> TaskChange {
    var checked = self
    if let title = try title.required("title") { checked.title = .set(try FieldRules.line(title, "title", 1...200)) }
    if let details = details.value { checked.details = .set(try FieldRules.text(details, "details", 0...20_000)) }
    if let metadata = try metadata.required("metadata") {
      checked.metadata = .set(try FieldRules.metadata(metadata, "metadata"))
    }
    if let date = dueOn.value { _ = try FieldRules.dueDate(date, "dueOn") }
    _ = try status.required("status")
    _ = try priority.required("priority")
    let isEmpty =
      title.isAbsent && details.isAbsent && status.isAbsent && priority.isAbsent && assigneeID.isAbsent
      && dueOn.isAbsent && metadata.isAbsent
    if isEmpty { throw APIError.nothingToChange }
    return checked
  }

  func apply(to task: inout Changes<TaskItem.Columns>) {
    if let title = title.value { task.title = title }
    if !details.isAbsent { task.details = details.value }
    if let status = status.value { task.status = status }
    if let priority = priority.value { task.priority = priority }
    if !assigneeID.isAbsent { task.assigneeID = assigneeID.value }
    if !dueOn.isAbsent { task.dueOn = dueOn.value }
    if let metadata = metadata.value { task.metadata = JSON(metadata) }
  }
}
