/// Everything Rowan throws.
///
/// Match on ``code``, which never changes its meaning; ``message`` says what was wrong and where, ``hint`` what to do.
/// No part of it ever holds a bound value.
/// ```swift
/// do { try await User.insert(draft).run(db) }
/// catch let error as RowanError where error.code == .uniqueViolation { … error.constraint … }
/// ```
public struct RowanError: Error, Sendable {
  /// What kind of failure it is.
  public let code: Code
  /// What was wrong, and where.
  public var message: String
  /// What to do about it.
  public var hint: String?
  /// What the server said.
  public var server: ServerReport?
  /// The statement, with placeholders.
  public var sql: String?
  /// The error that led to this one.
  public var cause: (any Error)?

  /// Makes an error.
  public init(
    _ code: Code, _ message: String, hint: String? = nil, server: ServerReport? = nil, sql: String? = nil,
    cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.server = server
    self.sql = sql
    self.cause = cause
  }

  /// The violated constraint's name, where the engine reports one.
  public var constraint: String? { server?.constraint }
  /// The table concerned, where the engine reports one.
  public var table: String? { server?.table }
  /// The columns concerned, where the engine reports them.
  public var columns: [String] { server?.columns ?? [] }
}

/// What a server said about a failure, without any value of the user's.
public struct ServerReport: Sendable, Hashable {
  /// The five-character SQLSTATE, on engines that have it.
  public var sqlState: String?
  /// The engine's own number: a MySQL errno or SQLite's extended result code.
  public var number: Int?
  /// The violated constraint.
  public var constraint: String?
  /// The table concerned.
  public var table: String?
  /// The columns concerned.
  public var columns: [String]

  /// Makes a report.
  public init(
    sqlState: String? = nil, number: Int? = nil, constraint: String? = nil, table: String? = nil,
    columns: [String] = []
  ) {
    self.sqlState = sqlState
    self.number = number
    self.constraint = constraint
    self.table = table
    self.columns = columns
  }
}

extension RowanError: CustomStringConvertible {
  /// Code, message, what the server said, and the hint, on one line each.
  public var description: String {
    var text = "\(code.rawValue): \(message)"
    if let state = server?.sqlState { text += " [SQLSTATE \(state)]" }
    if let number = server?.number { text += " [\(number)]" }
    if let sql { text += "\n  in: \(sql)" }
    if let hint { text += "\n  hint: \(hint)" }
    if let cause { text += "\n  cause: \(cause)" }
    return text
  }
}
