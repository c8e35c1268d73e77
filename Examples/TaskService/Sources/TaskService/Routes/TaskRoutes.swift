import Hummingbird
import Rowan

/// `/tasks`
struct TaskRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.group("tasks")
      .get(use: list)
      .post(use: create)
      .get(":id", use: show)
      .patch(":id", use: change)
      .delete(":id", use: remove)
  }

  enum Sort: String, SortKey {
    case priority, dueOn, title, status, createdAt, updatedAt

    func ordering(_ task: TaskItem.Columns) -> Ordering {
      switch self {
      case .priority: task.priority.ascending()
      case .dueOn: task.dueOn.ascending().nullsLast()
      case .title: task.title.ascending()
      case .status: task.status.ascending()
      case .createdAt: task.createdAt.ascending()
      case .updatedAt: task.updatedAt.ascending()
      }
    }
  }

  @Sendable func list(_ request: Request, context: AppContext) async throws -> Page<TaskView> {
    let parameters = try QueryParameters(
      request, allowed: TaskFilter.parameters.union(Paging.parameters).union(["sort"]), repeatable: ["label"])
    let sort = try SortTerm<Sort>.read(parameters, default: [SortTerm(key: .priority, descending: true)])
    return try await TaskFilter(parameters).query
      .order(by: { task in sort.map { $0.ordering(task) } + [task.id.ascending()] })
      .page(Paging(parameters), db.labelled(context.requestID)) { tasks, tx in try await TaskView.views(of: tasks, tx) }
  }

  @Sendable func show(_ request: Request, context: AppContext) async throws -> TaskView {
    let id = try context.id(of: TaskItem.self)
    return try await db.labelled(context.requestID).read { tx in
      guard let task = try await TaskItem.find(id).fetchFirst(tx) else { throw APIError.notFound("task") }
      return try await TaskView.view(of: task, tx)
    }
  }

  @Sendable func create(_ request: Request, context: AppContext) async throws -> Created<TaskView> {
    let new = try await request.decode(as: NewTask.self, context: context)
    let draft = try new.draft()
    return try await db.labelled(context.requestID).transaction { tx in
      let project = try await References.project(draft.projectID, "projectID", tx)
      if let assignee = draft.assigneeID { try await References.require(user: assignee, "assigneeID", tx) }
      let labels = try await References.labels(new.labelIDs ?? [], of: project.workspaceID, "labelIDs", tx)
      let task = try await TaskItem.insert(draft).returning().fetchOne(tx)
      try await TaskLabel.insert(labels.map { TaskLabel.Draft(taskID: task.id, labelID: $0.id) }).run(tx)
      return Created(try await TaskView.view(of: task, tx))
    }
  }

  /// Changes the fields named in the body. With `version` only if nobody else has changed the task since.
  @Sendable func change(_ request: Request, context: AppContext) async throws -> TaskView {
    let id = try context.id(of: TaskItem.self)
    let change = try await request.decode(as: TaskChange.self, context: context).checked()
    return try await db.labelled(context.requestID).transaction(retrying: .serializationFailures) { tx in
      if let assignee = change.assigneeID.value { try await References.require(user: assignee, "assigneeID", tx) }
      var update = TaskItem.update { task in
        change.apply(to: &task)
        task.version = task.version + 1
        task.updatedAt = .now()
      }.where { $0.id == id }
      if let version = change.version { update = update.where { $0.version == version } }
      guard let task = try await update.returning().fetchFirst(tx) else {
        guard let now = try await TaskItem.find(id).fetchFirst(tx) else { throw APIError.notFound("task") }
        throw APIError.conflict("stale_version", "the task is at version \(now.version)", field: "version")
      }
      return try await TaskView.view(of: task, tx)
    }
  }

  @Sendable func remove(_ request: Request, context: AppContext) async throws -> HTTPResponse.Status {
    let id = try context.id(of: TaskItem.self)
    let result = try await TaskItem.delete().where { $0.id == id }.run(db.labelled(context.requestID))
    if result.affectedRows == 0 { throw APIError.notFound("task") }
    return .noContent
  }
}
