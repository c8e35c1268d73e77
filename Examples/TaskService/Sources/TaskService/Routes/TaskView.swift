import Hummingbird
import Rowan

/// A task as clients see it: its own fields, and its labels.
struct TaskView: ResponseEncodable {
  let task: TaskItem
  let labels: [LabelView]

  struct LabelView: Encodable {
    let id: LabelID
    let name: String
    let color: String
  }

  private enum CodingKeys: CodingKey { case labels }

  func encode(to encoder: any Encoder) throws {
    try task.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(labels, forKey: .labels)
  }

  /// Adds their labels to `tasks`, in one query for all of them.
  static func views(of tasks: [TaskItem], _ db: some QueryExecutor) async throws -> [TaskView] {
    if tasks.isEmpty { return [] }
    let rows = try await TaskLabel.join(Label.self) { $0.labelID == $1.id }
      .where { link, _ in link.taskID.in(tasks.map(\.id)) }
      .order { _, label in label.name.ascending() }
      .select { link, label in (link.taskID, label) }
      .fetchAll(db)
    var labels: [TaskID: [LabelView]] = [:]
    for (task, label) in rows {
      labels[task, default: []].append(LabelView(id: label.id, name: label.name, color: label.color))
    }
    return tasks.map { TaskView(task: $0, labels: labels[$0.id] ?? []) }
  }

  static func view(of task: TaskItem, _ db: some QueryExecutor) async throws -> TaskView {
    TaskView(task: task, labels: try await views(of: [task], db).first?.labels ?? [])
  }
}
