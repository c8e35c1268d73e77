/// A query whose rows can be fetched.
public protocol Fetchable<Row>: Sendable {
  /// What one row yields.
  associatedtype Row: Sendable
  /// The statement.
  var statement: Statement { get }
  /// The same with at most `count` rows; nil where the statement takes no limit of its own.
  func limited(to count: Int64) -> Statement?
  /// Reads one row.
  func decode(_ row: inout RowReader) throws(DecodeFailure) -> Row
}

extension Fetchable {
  /// A limit of its own is kept, and nil the answer.
  @inlinable public func limited(to count: Int64) -> Statement? {
    guard case .select(var select) = statement else { return nil }
    guard select.limit == nil else { return nil }
    select.limit = .bind(.int(count))
    return .select(select)
  }

  /// Every row.
  ///
  /// SQL: the query as it stands.
  /// - Throws: ``RowanError``; ``RowanError/Code/decodingFailed`` names the table, column, Swift type and wire type.
  @inlinable public func fetchAll(_ db: some QueryExecutor) async throws -> [Row] {
    try await db.perform(statement) { source in try self.rows(source) }
  }

  /// The only row.
  /// - Throws: ``RowanError/Code/notFound`` when there is none, ``RowanError/Code/tooManyRows`` when there are several.
  @inlinable public func fetchOne(_ db: some QueryExecutor) async throws -> Row {
    let rows = try await db.perform(limited(to: 2) ?? statement) { source in try self.rows(source, limit: 2) }
    guard let row = rows.first else {
      throw RowanError(.notFound, "the query has no row", hint: "use fetchFirst, which returns nil then")
    }
    guard rows.count == 1 else {
      throw RowanError(.tooManyRows, "the query has more than one row", hint: "use fetchFirst or fetchAll")
    }
    return row
  }

  /// The first row, or nil.
  ///
  /// SQL: the query with `LIMIT 1`, unless it has a limit of its own.
  @inlinable public func fetchFirst(_ db: some QueryExecutor) async throws -> Row? {
    try await db.perform(limited(to: 1) ?? statement) { source in try self.firstRow(source) }
  }

  /// One row needs no array around it.
  @inlinable func firstRow(_ source: RowSource) throws -> Row? {
    var reader = RowReader(cells: source.cells, count: source.columnCount)
    guard try source.next() else { return nil }
    let row = try decode(&reader)
    if let failure = reader.failure { throw failure }
    source.rowsRead += 1
    return row
  }

  @inlinable func rows(_ source: RowSource, limit: Int = .max) throws -> [Row] {
    var rows: [Row] = []
    var reader = RowReader(cells: source.cells, count: source.columnCount)
    while rows.count < limit, try source.next() {
      reader.rewind()
      // Appended before the check: a row in between would be copied, string by string.
      rows.append(try decode(&reader))
      if let failure = reader.failure { throw failure }
    }
    source.rowsRead += rows.count
    return rows
  }
}
