import RowanCore

/// A plugin whose hooks are closures.
struct HookPlugin: DatabasePlugin {
  let name: String
  var observesQueries: Bool { before != nil }
  var observesResults: Bool { results != nil }
  private let before: (@Sendable (Statement) throws -> BeforeQuery)?
  private let rewriting: (@Sendable (Statement) throws -> Statement)?
  private let results: (@Sendable (QueryResult) -> Void)?
  private let installing: (@Sendable (Database) async throws -> Void)?

  init(
    _ name: String, before: (@Sendable (Statement) throws -> BeforeQuery)? = nil,
    rewrite: (@Sendable (Statement) throws -> Statement)? = nil,
    results: (@Sendable (QueryResult) -> Void)? = nil, install: (@Sendable (Database) async throws -> Void)? = nil
  ) {
    self.name = name
    self.before = before
    rewriting = rewrite
    self.results = results
    installing = install
  }

  func beforeQuery(_ statement: Statement) throws -> BeforeQuery { try before?(statement) ?? .proceed }
  func rewrite(_ statement: Statement) throws -> Statement { try rewriting?(statement) ?? statement }
  func didRun(_ result: QueryResult) { results?(result) }
  func install(on database: Database) async throws { try await installing?(database) }
}

extension HookPlugin {
  /// Adds a condition to every query.
  static func filtering(_ name: String, _ condition: Expr) -> HookPlugin {
    HookPlugin(
      name,
      rewrite: { statement in
        guard case .select(var select) = statement else { return statement }
        select.and(condition)
        return .select(select)
      })
  }
}
