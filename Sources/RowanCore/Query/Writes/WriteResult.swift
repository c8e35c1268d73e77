/// What a statement without rows changed.
public struct WriteResult: Sendable, Hashable {
  /// Rows inserted, updated or deleted. An update counts the rows it found, changed or not.
  public var affectedRows: Int
  /// The last key the engine generated, on engines that report one without `RETURNING`.
  public var lastInsertID: Int64?

  /// Makes a result.
  public init(affectedRows: Int, lastInsertID: Int64? = nil) {
    self.affectedRows = affectedRows
    self.lastInsertID = lastInsertID
  }
}

extension WriteResult {
  /// Runs to the end of `source`, and notes what it has changed.
  @usableFromInline init(of source: RowSource) throws {
    while try source.next() {}
    self.init(affectedRows: source.affectedRows, lastInsertID: source.lastInsertID)
  }
}

/// A statement that changes rows and yields none.
public protocol Runnable: Sendable {
  /// Runs it.
  /// - Throws: ``RowanError``: a violated constraint by name, a value that does not fit, a lost connection.
  @discardableResult func run(_ db: some QueryExecutor) async throws -> WriteResult
}

extension QueryExecutor {
  /// Runs a statement whose rows nobody wants.
  @discardableResult @inlinable
  func runStatement(_ statement: Statement) async throws -> WriteResult {
    try await perform(statement) { source in try WriteResult(of: source) }
  }
}
