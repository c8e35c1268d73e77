public import RowanCore

/// Fails unless `query` has these rows, in this order, on every one of `databases`, and is sent as the texts given.
/// ```swift
/// try await assertQuery(
///   User.where { $0.age > 18 }.select { $0.name }, on: [sqlite, postgres],
///   sql: [.postgres: #"SELECT t0."name" FROM "users" AS t0 WHERE t0."age" > $1"#],
///   binds: [.postgres: [.int(18)]], rows: ["Ada"])
/// ```
/// - Parameters:
///   - query: what to run.
///   - databases: where to run it, one after the other.
///   - sql: the text, by dialect, with what plugins of the database make of it; a dialect without an entry is not
///     asked.
///   - binds: the bound values in the order of the placeholders, by dialect, without what plugins make of them; a
///     dialect without an entry is not asked.
///   - rows: every row.
///   - file: where the expectation stands, for the failure.
///   - line: where the expectation stands, for the failure.
/// - Throws: ``ConformanceFailure``, which names the dialect, what was expected and what was found, for the first
///   database on which it does not hold; what the query throws where it cannot be run.
public func assertQuery<Q: Fetchable>(
  _ query: Q, on databases: [Database], sql: [EngineName: String] = [:], binds: [EngineName: [SQLValue]] = [:],
  rows: [Q.Row], file: StaticString = #fileID, line: UInt = #line
) async throws where Q.Row: Equatable {
  try await assertQuery(query, on: databases, sql: sql, binds: binds, rows: rows, by: ==, file: file, line: line)
}

/// The same for rows that are tuples, which are not `Equatable`: `by: ==`.
/// - Parameters:
///   - query: what to run.
///   - databases: where to run it, one after the other.
///   - sql: the text, by dialect; a dialect without an entry is not asked.
///   - binds: the bound values, by dialect; a dialect without an entry is not asked.
///   - rows: every row.
///   - same: whether two rows are equal.
///   - file: where the expectation stands, for the failure.
///   - line: where the expectation stands, for the failure.
/// - Throws: ``ConformanceFailure``, which names the dialect, what was expected and what was found; what the query
///   throws where it cannot be run.
public func assertQuery<Q: Fetchable>(
  _ query: Q, on databases: [Database], sql: [EngineName: String] = [:], binds: [EngineName: [SQLValue]] = [:],
  rows: [Q.Row], by same: (Q.Row, Q.Row) -> Bool, file: StaticString = #fileID, line: UInt = #line
) async throws {
  let expectation = QueryExpectation(query, sql: sql, binds: binds, rows: rows, file: file, line: line)
  for database in databases {
    try await expectation.check(database, as: EngineName(database.dialect.name), by: same)
  }
}
