import Hummingbird
import Rowan

/// `/labels`, and which tasks have them.
struct LabelRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.group("labels")
      .get(use: list)
      .post(use: create)
      .patch(":id", use: change)
      .delete(":id", use: remove)
    router.group("tasks/:id/labels/:label")
      .put(use: attach)
      .delete(use: detach)
  }

  /// A label and on how many tasks it is.
  struct UsedLabel: Encodable {
    let label: Label
    let tasks: Int

    private enum CodingKeys: CodingKey { case tasks }

    func encode(to encoder: any Encoder) throws {
      try label.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(tasks, forKey: .tasks)
    }
  }

  @Sendable func list(_ request: Request, context: AppContext) async throws -> Page<UsedLabel> {
    let parameters = try QueryParameters(request, allowed: Paging.parameters.union(["workspace"]))
    var labels = Label.all().order(by: { [$0.name.ascending(), $0.id.ascending()] })
    if let id = try parameters.id("workspace", of: Workspace.self) { labels = labels.where { $0.workspaceID == id } }
    return try await labels.page(Paging(parameters), db.labelled(context.requestID)) { labels, tx in
      let counts = try await TaskLabel.where { $0.labelID.in(labels.map(\.id)) }
        .group { $0.labelID }.select { label, link in (label, link.taskID.count()) }.fetchAll(tx)
      let uses = Dictionary(uniqueKeysWithValues: counts)
      return labels.map { UsedLabel(label: $0, tasks: uses[$0.id] ?? 0) }
    }
  }

  struct NewLabel: Decodable {
    let workspaceID: WorkspaceID
    let name: String
    let color: String?

    func draft() throws -> Label.Draft {
      Label.Draft(
        workspaceID: workspaceID, name: try FieldRules.line(name, "name", 1...50),
        color: try FieldRules.color(color ?? "#8b949e", "color"))
    }
  }

  @Sendable func create(_ request: Request, context: AppContext) async throws -> Created<Label> {
    let draft = try await request.decode(as: NewLabel.self, context: context).draft()
    return try await refusingDuplicates(of: "name") {
      try await db.labelled(context.requestID).transaction { tx in
        try await References.require(workspace: draft.workspaceID, "workspaceID", tx)
        return Created(try await Label.insert(draft).returning().fetchOne(tx))
      }
    }
  }

  struct LabelChange: Decodable {
    let name: Change<String>
    let color: Change<String>
  }

  @Sendable func change(_ request: Request, context: AppContext) async throws -> Label {
    let id = try context.id(of: Label.self)
    let change = try await request.decode(as: LabelChange.self, context: context)
    let name = try change.name.required("name").map { try FieldRules.line($0, "name", 1...50) }
    let color = try change.color.required("color").map { try FieldRules.color($0, "color") }
    if name == nil && color == nil { throw APIError.nothingToChange }
    let update = Label.update { label in
      if let name { label.name = name }
      if let color { label.color = color }
    }
    let changed = try await refusingDuplicates(of: "name") {
      try await update.where { $0.id == id }.returning().fetchFirst(db.labelled(context.requestID))
    }
    guard let changed else { throw APIError.notFound("label") }
    return changed
  }

  @Sendable func remove(_ request: Request, context: AppContext) async throws -> HTTPResponse.Status {
    let id = try context.id(of: Label.self)
    let result = try await Label.delete().where { $0.id == id }.run(db.labelled(context.requestID))
    if result.affectedRows == 0 { throw APIError.notFound("label") }
    return .noContent
  }

  /// Marks a task. Doing it twice changes nothing.
  @Sendable func attach(_ request: Request, context: AppContext) async throws -> TaskView {
    let taskID = try context.id(of: TaskItem.self)
    let labelID = try context.id("label", of: Label.self)
    return try await db.labelled(context.requestID).transaction { tx in
      let found = try await TaskItem.join(Project.self) { $0.projectID == $1.id }
        .where { task, _ in task.id == taskID }
        .select { task, project in (task, project.workspaceID) }.fetchFirst(tx)
      guard let (task, workspace) = found else { throw APIError.notFound("task") }
      guard let label = try await Label.find(labelID).fetchFirst(tx) else { throw APIError.notFound("label") }
      if label.workspaceID != workspace {
        throw APIError.conflict("other_workspace", "the label belongs to another workspace than the task")
      }
      try await TaskLabel.insert(TaskLabel.Draft(taskID: taskID, labelID: labelID)).ignoringConflicts().run(tx)
      return try await TaskView.view(of: task, tx)
    }
  }

  @Sendable func detach(_ request: Request, context: AppContext) async throws -> HTTPResponse.Status {
    let taskID = try context.id(of: TaskItem.self)
    let labelID = try context.id("label", of: Label.self)
    let result = try await TaskLabel.delete().where { $0.taskID == taskID && $0.labelID == labelID }
      .run(db.labelled(context.requestID))
    if result.affectedRows == 0 { throw APIError.notFound("label on this task") }
    return .noContent
  }
}
