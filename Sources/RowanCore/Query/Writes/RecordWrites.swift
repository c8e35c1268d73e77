extension KeyedTable {
  /// Updates the row with `record`'s key: every column but the key.
  ///
  /// SQL: `UPDATE … SET every column WHERE key = ?`.
  public static func update(_ record: Self) -> RecordUpdate<Self> { RecordUpdate(record, since: nil) }

  /// Updates the row with `record`'s key: only the columns that differ from `original`. Nothing is sent when none do.
  public static func update(_ record: Self, since original: Self) -> RecordUpdate<Self> {
    RecordUpdate(record, since: original)
  }

  /// Deletes the row with `record`'s key.
  public static func delete(_ record: Self) -> RecordDelete<Self> { RecordDelete(record) }

  /// Inserts `record`, or updates the row with its key if there is one.
  ///
  /// SQL: the engine's upsert on the primary key.
  public static func save(_ record: Self) -> RecordSave<Self> { RecordSave(record) }
}

/// An update of one record by its key.
public struct RecordUpdate<T: KeyedTable>: Runnable {
  var record: T
  let original: T?

  init(_ record: T, since original: T?) {
    self.record = record
    self.original = original
  }

  /// Runs the update.
  /// - Throws: ``RowanError/Code/notFound`` when no row has the key.
  @discardableResult @inlinable public func run(_ db: some QueryExecutor) async throws -> WriteResult {
    if let hooks = T.rowanHooks { return try await run(db, hooks) }
    return try await send(db)
  }

  /// The columns to set.
  /// - Throws: ``RowanError/Code/encodingFailed`` for a model that sets other than one value a column.
  func changes() throws -> ContiguousArray<Assignment> {
    var new = RowEncoder()
    record.encode(into: &new)
    try new.check(T.schema)
    var old = RowEncoder()
    original?.encode(into: &old)
    var assignments = ContiguousArray<Assignment>()
    for (offset, column) in new.columns.enumerated()
    where !T.schema.primaryKey.contains(Int(column)) && !T.schema.isComputed(column) {
      if offset < old.values.count, old.values[offset].isStored(as: new.values[offset]) { continue }
      assignments.append(Assignment(column, .bind(new.values[offset])))
    }
    return assignments
  }

  /// The statement; nil where nothing is to be set.
  /// - Throws: what ``changes()`` throws.
  func statement() throws -> Statement? {
    let assignments = try changes()
    if assignments.isEmpty { return nil }
    var update = UpdateStatement(scope: 0, table: T.schema, assignments: assignments)
    update.filter = T.keyCondition(Slot(0), T.keyValues(T.primaryKey(of: record)))
    return .update(update)
  }

  @usableFromInline func send(_ db: some QueryExecutor) async throws -> WriteResult {
    guard let statement = try statement() else { return WriteResult(affectedRows: 0) }
    let result = try await db.runStatement(statement)
    if result.affectedRows == 0 { throw RowanError.noSuchRecord(T.schema) }
    return result
  }
}

/// A delete of one record by its key.
public struct RecordDelete<T: KeyedTable>: Runnable {
  let record: T

  init(_ record: T) { self.record = record }

  /// Runs the delete. Deleting what is gone already changes nothing and is no error.
  @discardableResult @inlinable public func run(_ db: some QueryExecutor) async throws -> WriteResult {
    if let hooks = T.rowanHooks { return try await run(db, hooks) }
    return try await send(db)
  }

  /// The statement.
  var statement: Statement {
    var delete = DeleteStatement(scope: 0, table: T.schema)
    delete.filter = T.keyCondition(Slot(0), T.keyValues(T.primaryKey(of: record)))
    return .delete(delete)
  }

  @usableFromInline func send(_ db: some QueryExecutor) async throws -> WriteResult {
    try await db.runStatement(statement)
  }
}

/// An upsert of one record by its key.
///
/// SQL: the engine's upsert on the primary key. Where the engine cannot name the key that decides and the table has
/// other unique keys (MySQL), an update by key and, if it finds no row, an insert, inside a transaction.
public struct RecordSave<T: KeyedTable>: Runnable {
  var record: T

  init(_ record: T) { self.record = record }

  /// Runs the upsert.
  @discardableResult @inlinable public func run(_ db: some QueryExecutor) async throws -> WriteResult {
    if let hooks = T.rowanHooks { return try await run(db, hooks) }
    return try await send(db)
  }

  /// How an engine saves the record.
  enum Form {
    /// By one upsert.
    case upsert(Statement)
    /// By an update, and where it finds no row, this insert.
    case updateOrInsert(Statement)
  }

  /// How an engine with these capabilities saves the record.
  /// - Throws: ``RowanError/Code/encodingFailed`` for a model that sets other than one value a column.
  func form(_ capabilities: Capabilities) throws -> Form {
    var row = RowEncoder()
    record.encode(into: &row)
    try row.check(T.schema)
    if T.schema.hasComputedColumns { row.drop(where: T.schema.isComputed) }
    var insert = InsertStatement(table: T.schema, columns: row.columns, source: .values(row.values, rows: 1))
    let keys = T.schema.primaryKey
    let set = row.columns.filter { !keys.contains(Int($0)) }
    if !capabilities.conflictTarget && T.schema.hasUniqueKeysBesidePrimary && !set.isEmpty {
      return .updateOrInsert(.insert(insert))
    }
    let target = ContiguousArray(keys.map { UInt16(truncatingIfNeeded: $0) })
    insert.conflict = Conflict(
      target: target,
      action: set.isEmpty
        ? .ignore : .update(ContiguousArray(set.map { Assignment($0, .node(.excluded($0))) })))
    return .upsert(.insert(insert))
  }

  @usableFromInline func send(_ db: some QueryExecutor) async throws -> WriteResult {
    switch try form(db.dialect.capabilities) {
    case .upsert(let statement): return try await db.runStatement(statement)
    case .updateOrInsert(let insert):
      return try await db.atomically(access: .write) { transaction in
        do {
          return try await RecordUpdate(record, since: nil).send(transaction)
        } catch let error as RowanError where error.code == .notFound {
          return try await transaction.runStatement(insert)
        }
      }
    }
  }
}

extension TableSchema {
  /// Whether a row can clash with another although its primary key is new.
  var hasUniqueKeysBesidePrimary: Bool {
    !uniques.isEmpty || columns.contains(where: \.isUnique) || indexes.contains(where: \.isUnique)
  }
}

extension RowanError {
  static func noSuchRecord(_ table: TableSchema) -> RowanError {
    RowanError(
      .notFound, "no row of '\(table.name)' has the record's key",
      hint: "it was deleted, or never inserted; save(_:) inserts it in that case",
      server: ServerReport(table: table.name))
  }
}
