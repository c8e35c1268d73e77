public import RowanCore

extension Trial {
  /// Fails the case unless `query` is sent as the text given for this engine and has these rows, in this order.
  /// - Parameters:
  ///   - query: what to run.
  ///   - sql: the text, by engine; an engine without an entry is only asked for the rows.
  ///   - rows: every row.
  ///   - executor: where to run; ``db`` when nil.
  public func assertQuery<Q: Fetchable>(
    _ query: Q, sql: [EngineName: String] = [:], rows: [Q.Row], file: StaticString = #fileID, line: UInt = #line
  ) async throws where Q.Row: Equatable {
    try assertSQL(query.statement, sql, file: file, line: line)
    try expectEqual(try await query.fetchAll(db), rows, "rows", file: file, line: line)
  }

  /// The same for rows that are tuples, which are not `Equatable`: `by: ==`.
  public func assertQuery<Q: Fetchable>(
    _ query: Q, sql: [EngineName: String] = [:], rows: [Q.Row], by same: (Q.Row, Q.Row) -> Bool,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws {
    try assertSQL(query.statement, sql, file: file, line: line)
    try expectRows(try await query.fetchAll(db), rows, by: same, "rows", file: file, line: line)
  }

  /// Fails the case unless `statement` is sent as the text given for this engine.
  public func assertSQL(
    _ statement: Statement, _ sql: [EngineName: String], file: StaticString = #fileID, line: UInt = #line
  ) throws {
    guard let wanted = expected(sql) else { return }
    try expectEqual(try db.sql(statement), wanted, "SQL", file: file, line: line)
  }
}
