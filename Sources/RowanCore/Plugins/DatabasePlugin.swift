/// A value that takes part in every statement of a database.
///
/// Order: plugins rewrite in the order in which they were installed, then the dialect lowers. A rewrite runs once per
/// shape, never sees a bound value, and must be a pure function of the tree and the plugin's own configuration; what
/// changes from call to call (tenant, user) is a `.context` node, filled from `db.with(key, value)`.
public protocol DatabasePlugin: Sendable {
  /// A stable name, for error messages.
  var name: String { get }

  /// The statement to compile in place of `statement`.
  func rewrite(_ statement: Statement) throws -> Statement

  /// Called once when the plugin is installed; the place to listen for events.
  func install(on database: Database) async throws

  /// Called on the caller before every statement.
  func beforeQuery(_ statement: Statement) throws -> BeforeQuery

  /// Whether ``beforeQuery(_:)`` does anything; without it the hook costs nothing.
  var observesQueries: Bool { get }
}

extension DatabasePlugin {
  /// Changes nothing.
  public func rewrite(_ statement: Statement) throws -> Statement { statement }
  /// Does nothing.
  public func install(on database: Database) async throws {}
  /// Lets the statement pass.
  public func beforeQuery(_ statement: Statement) throws -> BeforeQuery { .proceed }
  /// The hook is off.
  public var observesQueries: Bool { false }
}

/// What happens with a statement that is about to run. To veto it, throw.
public enum BeforeQuery: Sendable {
  /// It runs.
  case proceed
  /// Another statement runs in its place, under its own shape. It must yield the same columns.
  case replace(Statement)
  /// It runs with `/* text */` after it, for the server's log. The text is part of the statement's shape, so it should
  /// take few different values (a route, not a request). Letters, digits and ` _-=:.,'` only.
  case tag(String)
}
