import Hummingbird
import Rowan

/// `/workspaces`
struct WorkspaceRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.group("workspaces")
      .get(use: list)
      .post(use: create)
      .get(":id", use: show)
      .get(":id/summary", use: summary)
      .patch(":id", use: change)
      .delete(":id", use: remove)
  }

  @Sendable func list(_ request: Request, context: AppContext) async throws -> Page<Workspace> {
    let parameters = try QueryParameters(request, allowed: Paging.parameters.union(["owner"]))
    var workspaces = Workspace.order { $0.slug.ascending() }
    if let owner = try parameters.id("owner", of: User.self) { workspaces = workspaces.where { $0.ownerID == owner } }
    return try await workspaces.page(Paging(parameters), db.labelled(context.requestID))
  }

  @Sendable func show(_ request: Request, context: AppContext) async throws -> Workspace {
    let id = try context.id(of: Workspace.self)
    guard let workspace = try await Workspace.find(id).fetchFirst(db.labelled(context.requestID)) else {
      throw APIError.notFound("workspace")
    }
    return workspace
  }

  /// How much there is to do in a workspace.
  struct Summary: ResponseEncodable {
    let projects: Int
    let tasks: [String: Int]
    let unassigned: Int
    let busiest: [Load]

    struct Load: Encodable {
      let userID: UserID
      let name: String
      let openTasks: Int
    }
  }

  @Sendable func summary(_ request: Request, context: AppContext) async throws -> Summary {
    let id = try context.id(of: Workspace.self)
    return try await db.labelled(context.requestID).read { tx in
      guard try await Workspace.find(id).exists(tx) else { throw APIError.notFound("workspace") }
      let tasks = TaskItem.join(Project.self) { $0.projectID == $1.id }.where { $1.workspaceID == id }
      let open = tasks.where { task, _ in task.status.notIn([.done, .cancelled]) }

      let projects = try await Project.where { $0.workspaceID == id }.fetchCount(tx)
      let byStatus = try await tasks.group { task, _ in task.status }
        .select { status, task, _ in (status, task.id.count()) }.fetchAll(tx)
      let unassigned = try await open.where { task, _ in task.assigneeID.isNull }.fetchCount(tx)
      let busiest = try await open.join(User.self) { task, _, user in task.assigneeID == user.id }
        .group { _, _, user in (user.id, user.name) }
        .order { _, task, _, _ in task.id.count().descending() }
        .order { user, _, _, _ in user.0.ascending() }
        .select { user, task, _, _ in (user.0, user.1, task.id.count()) }.limit(3).fetchAll(tx)

      return Summary(
        projects: projects, tasks: Dictionary(uniqueKeysWithValues: byStatus.map { ($0.rawValue, $1) }),
        unassigned: unassigned, busiest: busiest.map { Summary.Load(userID: $0, name: $1, openTasks: $2) })
    }
  }

  struct NewWorkspace: Decodable {
    let slug: String
    let name: String
    let ownerID: UserID

    func draft() throws -> Workspace.Draft {
      Workspace.Draft(
        slug: try FieldRules.slug(slug, "slug"), name: try FieldRules.line(name, "name", 1...100), ownerID: ownerID)
    }
  }

  @Sendable func create(_ request: Request, context: AppContext) async throws -> Created<Workspace> {
    let draft = try await request.decode(as: NewWorkspace.self, context: context).draft()
    return try await refusingDuplicates(of: "slug") {
      try await db.labelled(context.requestID).transaction { tx in
        try await References.require(user: draft.ownerID, "ownerID", tx)
        return Created(try await Workspace.insert(draft).returning().fetchOne(tx))
      }
    }
  }

  struct WorkspaceChange: Decodable {
    let name: Change<String>
    let ownerID: Change<UserID>
  }

  @Sendable func change(_ request: Request, context: AppContext) async throws -> Workspace {
    let id = try context.id(of: Workspace.self)
    let change = try await request.decode(as: WorkspaceChange.self, context: context)
    let name = try change.name.required("name").map { try FieldRules.line($0, "name", 1...100) }
    let owner = try change.ownerID.required("ownerID")
    if name == nil && owner == nil { throw APIError.nothingToChange }
    return try await db.labelled(context.requestID).transaction { tx in
      if let owner { try await References.require(user: owner, "ownerID", tx) }
      let changed = try await Workspace.update { workspace in
        if let name { workspace.name = name }
        if let owner { workspace.ownerID = owner }
      }.where { $0.id == id }.returning().fetchFirst(tx)
      guard let changed else { throw APIError.notFound("workspace") }
      return changed
    }
  }

  @Sendable func remove(_ request: Request, context: AppContext) async throws -> HTTPResponse.Status {
    let id = try context.id(of: Workspace.self)
    let result = try await refusingWhileInUse("workspace") {
      try await Workspace.delete().where { $0.id == id }.run(db.labelled(context.requestID))
    }
    if result.affectedRows == 0 { throw APIError.notFound("workspace") }
    return .noContent
  }
}
