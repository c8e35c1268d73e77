public import RowanCore

extension Trial {
  /// Fails the case unless `query` is sent as the text given for this engine and has these rows, in this order.
  /// - Parameters:
  ///   - query: what to run.
  ///   - sql: the text, by engine; an engine without an entry is only asked for the rows.
  ///   - rows: every row.
  public func assertQuery<Q: Fetchable>(
    _ query: Q, sql: [EngineName: String] = [:], rows: [Q.Row], file: StaticString = #fileID, line: UInt = #line
  ) async throws where Q.Row: Equatable {
    try await assertQuery(query, sql: sql, rows: rows, by: ==, file: file, line: line)
  }

  /// The same for rows that are tuples, which are not `Equatable`: `by: ==`.
  public func assertQuery<Q: Fetchable>(
    _ query: Q, sql: [EngineName: String] = [:], rows: [Q.Row], by same: (Q.Row, Q.Row) -> Bool,
    file: StaticString = #fileID, line: UInt = #line
  ) async throws {
    let expectation = QueryExpectation(query, sql: sql, binds: [:], rows: rows, file: file, line: line)
    try await expectation.check(db, as: engine.name, by: same)
  }

  /// Fails the case unless `statement` is sent as the text given for this engine.
  public func assertSQL(
    _ statement: Statement, _ sql: [EngineName: String], file: StaticString = #fileID, line: UInt = #line
  ) throws {
    guard let wanted = expected(sql) else { return }
    try expectEqual(try db.sql(statement), wanted, "SQL on \(engine.name)", file: file, line: line)
  }
}

/// What a query is expected to be sent as and to find, on any engine.
struct QueryExpectation<Q: Fetchable> {
  private let query: Q
  private let sql: [EngineName: String]
  private let binds: [EngineName: [SQLValue]]
  private let rows: [Q.Row]
  private let file: StaticString
  private let line: UInt

  init(
    _ query: Q, sql: [EngineName: String], binds: [EngineName: [SQLValue]], rows: [Q.Row], file: StaticString,
    line: UInt
  ) {
    self.query = query
    self.sql = sql
    self.binds = binds
    self.rows = rows
    self.file = file
    self.line = line
  }

  /// Fails unless all of it holds on the engine called `name`.
  func check(_ db: Database, as name: EngineName, by same: (Q.Row, Q.Row) -> Bool) async throws {
    if let wanted = sql[name] {
      try expectEqual(try db.sql(query.statement), wanted, "SQL on \(name)", file: file, line: line)
    }
    if let wanted = binds[name] {
      let found = try query.sql(for: db.dialect).binds
      try expectEqual(found, wanted, "bound values on \(name)", file: file, line: line)
    }
    try expectRows(try await query.fetchAll(db), rows, by: same, "rows on \(name)", file: file, line: line)
  }
}
