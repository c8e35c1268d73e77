/// The rows of an update or delete that gives them back.
public struct Returning<T: Table>: Sendable {
  let statement: Statement

  init(_ statement: Statement) { self.statement = statement }

  /// Every row the statement touched.
  public func fetchAll(_ db: some QueryExecutor) async throws -> [T] {
    try await ReturningPlan<T>(statement).fetchAll(db)
  }

  /// The only row the statement touched.
  /// - Throws: ``RowanError/Code/notFound`` when it touched none, ``RowanError/Code/tooManyRows`` when several; the
  ///   change stands in either case unless it is inside a transaction that is rolled back.
  public func fetchOne(_ db: some QueryExecutor) async throws -> T { try await fetchAll(db).only() }

  /// The first row the statement touched, or nil.
  public func fetchFirst(_ db: some QueryExecutor) async throws -> T? { try await fetchAll(db).first }
}

/// The rows of an insert that gives them back, in the order of its drafts.
public struct InsertReturning<T: Table>: Sendable {
  let insert: Insert<T>

  init(_ insert: Insert<T>) { self.insert = insert }

  /// Every inserted row, as stored, in the order of the drafts. Rows that an upsert left alone are absent.
  public func fetchAll(_ db: some QueryExecutor) async throws -> [T] {
    if let hooks = T.rowanHooks { return try await fetchAll(db, hooks) }
    return try await InsertReturningPlan<T>(insert).fetchAll(db)
  }

  /// The only inserted row, as stored.
  public func fetchOne(_ db: some QueryExecutor) async throws -> T { try await fetchAll(db).only() }

  /// The first inserted row, or nil where a conflict was ignored.
  public func fetchFirst(_ db: some QueryExecutor) async throws -> T? { try await fetchAll(db).first }
}

extension Array {
  /// The only element.
  func only() throws -> Element {
    guard let first else { throw RowanError(.notFound, "the statement touched no row") }
    guard count == 1 else { throw RowanError(.tooManyRows, "the statement touched \(count) rows, not one") }
    return first
  }
}
