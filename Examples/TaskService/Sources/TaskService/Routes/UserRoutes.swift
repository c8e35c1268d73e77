import Hummingbird
import Rowan

/// `/users`
struct UserRoutes {
  let db: Database

  func add(to router: some RouterMethods<AppContext>) {
    router.group("users")
      .get(use: list)
      .post(use: create)
      .get(":id", use: show)
      .patch(":id", use: change)
      .delete(":id", use: remove)
  }

  enum Sort: String, SortKey {
    case name, email, createdAt

    func ordering(_ user: User.Columns) -> Ordering {
      switch self {
      case .name: user.name.ascending()
      case .email: user.email.ascending()
      case .createdAt: user.createdAt.ascending()
      }
    }
  }

  @Sendable func list(_ request: Request, context: AppContext) async throws -> Page<User> {
    let parameters = try QueryParameters(request, allowed: Paging.parameters.union(["search", "sort"]))
    let sort = try SortTerm<Sort>.read(parameters, default: [SortTerm(key: .name, descending: false)])
    var users = User.all().order(by: { user in sort.map { $0.ordering(user) } + [user.id.ascending()] })
    if let text = parameters.text("search") {
      users = users.where { user in
        user.name.contains(text, caseInsensitive: true) || user.email.contains(text, caseInsensitive: true)
      }
    }
    return try await users.page(Paging(parameters), db.labelled(context.requestID))
  }

  @Sendable func show(_ request: Request, context: AppContext) async throws -> User {
    let id = try context.id(of: User.self)
    guard let user = try await User.find(id).fetchFirst(db.labelled(context.requestID)) else {
      throw APIError.notFound("user")
    }
    return user
  }

  struct NewUser: Decodable {
    let email: String
    let name: String

    func draft() throws -> User.Draft {
      User.Draft(email: try FieldRules.email(email, "email"), name: try FieldRules.line(name, "name", 1...100))
    }
  }

  @Sendable func create(_ request: Request, context: AppContext) async throws -> Created<User> {
    let draft = try await request.decode(as: NewUser.self, context: context).draft()
    return try await refusingDuplicates(of: "email") {
      Created(try await User.insert(draft).returning().fetchOne(db.labelled(context.requestID)))
    }
  }

  struct UserChange: Decodable {
    let email: Change<String>
    let name: Change<String>
  }

  @Sendable func change(_ request: Request, context: AppContext) async throws -> User {
    let id = try context.id(of: User.self)
    let change = try await request.decode(as: UserChange.self, context: context)
    let email = try change.email.required("email").map { try FieldRules.email($0, "email") }
    let name = try change.name.required("name").map { try FieldRules.line($0, "name", 1...100) }
    if email == nil && name == nil { throw APIError.nothingToChange }
    let update = User.update { user in
      if let email { user.email = email }
      if let name { user.name = name }
    }
    let changed = try await refusingDuplicates(of: "email") {
      try await update.where { $0.id == id }.returning().fetchFirst(db.labelled(context.requestID))
    }
    guard let changed else { throw APIError.notFound("user") }
    return changed
  }

  @Sendable func remove(_ request: Request, context: AppContext) async throws -> HTTPResponse.Status {
    let id = try context.id(of: User.self)
    let result = try await refusingWhileInUse("user") {
      try await User.delete().where { $0.id == id }.run(db.labelled(context.requestID))
    }
    if result.affectedRows == 0 { throw APIError.notFound("user") }
    return .noContent
  }
}
