import Hummingbird
import Rowan

/// `/projects`
struct ProjectRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.group("projects")
      .get(use: list)
      .post(use: create)
      .get(":id", use: show)
      .patch(":id", use: change)
      .delete(":id", use: remove)
  }

  enum Sort: String, SortKey {
    case name, createdAt

    func ordering(_ project: Project.Columns) -> Ordering {
      switch self {
      case .name: project.name.ascending()
      case .createdAt: project.createdAt.ascending()
      }
    }
  }

  @Sendable func list(_ request: Request, context: AppContext) async throws -> Page<Project> {
    let parameters = try QueryParameters(
      request, allowed: Paging.parameters.union(["workspace", "archived", "search", "sort"]))
    let sort = try SortTerm<Sort>.read(parameters, default: [SortTerm(key: .name, descending: false)])
    var projects = Project.all().order(by: { project in sort.map { $0.ordering(project) } + [project.id.ascending()] })
    if let id = try parameters.id("workspace", of: Workspace.self) {
      projects = projects.where { $0.workspaceID == id }
    }
    if let archived = try parameters.flag("archived") { projects = projects.where { $0.isArchived == archived } }
    if let text = parameters.text("search") {
      projects = projects.where { $0.name.contains(text, caseInsensitive: true) }
    }
    return try await projects.page(Paging(parameters), db.labelled(context.requestID))
  }

  @Sendable func show(_ request: Request, context: AppContext) async throws -> Project {
    let id = try context.id(of: Project.self)
    guard let project = try await Project.find(id).fetchFirst(db.labelled(context.requestID)) else {
      throw APIError.notFound("project")
    }
    return project
  }

  struct NewProject: Decodable {
    let workspaceID: WorkspaceID
    let name: String
    let summary: String?

    func draft() throws -> Project.Draft {
      Project.Draft(
        workspaceID: workspaceID, name: try FieldRules.line(name, "name", 1...100),
        summary: try summary.map { try FieldRules.text($0, "summary", 0...2000) })
    }
  }

  @Sendable func create(_ request: Request, context: AppContext) async throws -> Created<Project> {
    let draft = try await request.decode(as: NewProject.self, context: context).draft()
    return try await refusingDuplicates(of: "name") {
      try await db.labelled(context.requestID).transaction { tx in
        try await References.require(workspace: draft.workspaceID, "workspaceID", tx)
        return Created(try await Project.insert(draft).returning().fetchOne(tx))
      }
    }
  }

  struct ProjectChange: Decodable {
    let name: Change<String>
    let summary: Change<String>
    let isArchived: Change<Bool>
  }

  @Sendable func change(_ request: Request, context: AppContext) async throws -> Project {
    let id = try context.id(of: Project.self)
    let change = try await request.decode(as: ProjectChange.self, context: context)
    let name = try change.name.required("name").map { try FieldRules.line($0, "name", 1...100) }
    let summary = try change.summary.value.map { try FieldRules.text($0, "summary", 0...2000) }
    let isArchived = try change.isArchived.required("isArchived")
    if name == nil && isArchived == nil && change.summary.isAbsent { throw APIError.nothingToChange }
    let update = Project.update { project in
      if let name { project.name = name }
      if !change.summary.isAbsent { project.summary = summary }
      if let isArchived { project.isArchived = isArchived }
    }
    let changed = try await refusingDuplicates(of: "name") {
      try await update.where { $0.id == id }.returning().fetchFirst(db.labelled(context.requestID))
    }
    guard let changed else { throw APIError.notFound("project") }
    return changed
  }

  /// Deletes the project with its tasks, as the foreign keys say.
  @Sendable func remove(_ request: Request, context: AppContext) async throws -> HTTPResponse.Status {
    let id = try context.id(of: Project.self)
    let result = try await Project.delete().where { $0.id == id }.run(db.labelled(context.requestID))
    if result.affectedRows == 0 { throw APIError.notFound("project") }
    return .noContent
  }
}
