/// Runs an insert that gives its rows back: natively where the engine can, else by key.
///
/// Several rows are inserted one by one inside a transaction, since no engine promises that `RETURNING` keeps the order
/// of `VALUES` (https://sqlite.org/lang_returning.html says it does not).
struct InsertReturningPlan<T: Table>: Sendable {
  let insert: Insert<T>

  init(_ insert: Insert<T>) { self.insert = insert }

  func fetchAll(_ db: some QueryExecutor) async throws -> [T] {
    let plan = insert.plan
    try plan.check()
    if plan.groups.isEmpty { return [] }
    let capabilities = db.dialect.capabilities
    if isToldByError(capabilities) {
      let single = plain
      return try await eachRow(of: plan, db) { group, transaction in
        do {
          return try await self.row(single, group, transaction)
        } catch let error as RowanError where error.code == .uniqueViolation {
          return []
        }
      }
    }
    if capabilities.insertReturning, plan.groups.count == 1, let group = plan.groups.first, group.rows == 1 {
      return try await native(plan, group, db)
    }
    return try await eachRow(of: plan, db) { try await self.row(plan, $0, $1) }
  }

  /// The inserts, one a row. Where the engine has no `RETURNING`, a read by key follows each, which depends on it.
  func statements(_ capabilities: Capabilities) throws -> [Statement] {
    let plan = isToldByError(capabilities) ? plain : insert.plan
    try plan.check()
    return plan.inOrder().map { plan.statement($0, returning: capabilities.insertReturning ? .rows : nil) }
  }

  /// Where the engine counts a row it ignored, and gives it back, only the error of a plain insert tells them apart.
  private func isToldByError(_ capabilities: Capabilities) -> Bool {
    ignores && (capabilities.countsIgnoredRows || !capabilities.insertReturning)
  }

  /// The same rows, inserted whatever exists already.
  private var plain: InsertPlan {
    var plain = insert
    plain.conflict = nil
    return plain.plan
  }

  private var ignores: Bool { if case .ignore? = insert.conflict?.action { true } else { false } }

  private func eachRow(
    of plan: InsertPlan, _ db: some QueryExecutor,
    _ insert: @Sendable (InsertPlan.Group, Transaction) async throws -> [T]
  ) async throws -> [T] {
    try await db.atomically(access: .write) { transaction in
      var rows: [T] = []
      for group in plan.inOrder() { rows += try await insert(group, transaction) }
      return rows
    }
  }

  private func row(
    _ plan: InsertPlan, _ group: InsertPlan.Group, _ transaction: Transaction
  ) async throws -> [T] {
    transaction.dialect.capabilities.insertReturning
      ? try await native(plan, group, transaction) : try await emulated(plan, group, transaction)
  }

  private func native(_ plan: InsertPlan, _ group: InsertPlan.Group, _ db: some QueryExecutor) async throws -> [T] {
    let statement = plan.statement(group, returning: .rows)
    return try await db.execute(statement) { source in try Query<T>.rows(source) }
  }

  /// Inserts one row and reads it back by the key it set, or by the one the engine generated; an upsert's by the
  /// columns that decide.
  private func emulated(
    _ plan: InsertPlan, _ group: InsertPlan.Group, _ transaction: Transaction
  ) async throws -> [T] {
    let result = try await transaction.runStatement(plan.statement(group))
    var condition = try targetCondition(plan, group, transaction)
    for column in T.schema.primaryKey where plan.conflict == nil {
      let index = UInt16(truncatingIfNeeded: column)
      let value: SQLValue
      if let offset = group.columns.firstIndex(of: index) {
        value = group.values[offset]
      } else if T.schema.columns[column].isGenerated, let id = result.lastInsertID {
        value = .int(id)
      } else {
        throw RowanError.unsupported(
          "returning a row whose key the database makes by a default", dialect: transaction.dialect.name,
          alternative: "set the key in the draft, or declare the column .generated")
      }
      condition.append(.compare(.equal, ColumnRef(Slot(0), index), value))
    }
    guard !condition.isEmpty else {
      throw RowanError.unsupported(
        "returning a row of a table without a primary key", dialect: transaction.dialect.name,
        alternative: "give \(T.schema.name) a primary key")
    }
    var select = Select(scope: 0, base: .table(T.schema))
    select.filter = .all(condition)
    return try await transaction.execute(.select(select)) { source in try Query<T>.rows(source) }
  }

  /// What the row of an upsert has in the columns that decide, whether it was there before or not.
  private func targetCondition(
    _ plan: InsertPlan, _ group: InsertPlan.Group, _ transaction: Transaction
  ) throws -> ContiguousArray<Expr> {
    guard let conflict = plan.conflict, case .update(let assignments) = conflict.action else { return [] }
    return ContiguousArray(
      try conflict.target.map { column in
        guard let offset = group.columns.firstIndex(of: column), !group.values[offset].isNull,
          !assignments.contains(where: { $0.column == column })
        else {
          throw RowanError.unsupported(
            "returning the row of an upsert that leaves its target unset, or changes it",
            dialect: transaction.dialect.name, alternative: "set the target in the draft, and nothing else to it")
        }
        return .compare(.equal, ColumnRef(Slot(0), column), group.values[offset])
      })
  }
}

extension Query {
  /// Reads every row as a record.
  @inlinable static func rows(_ source: RowSource) throws -> [T] {
    var rows: [T] = []
    var reader = RowReader(cells: source.cells, count: source.columnCount)
    while try source.next() {
      reader.rewind()
      rows.append(try T.rowanRead(&reader))
      if let failure = reader.failure { throw failure }
    }
    source.rowsRead += rows.count
    return rows
  }
}

/// Runs an update or delete that gives its rows back: natively where the engine can, else by locking and reading them.
struct ReturningPlan<T: Table>: Sendable {
  let statement: Statement

  init(_ statement: Statement) { self.statement = statement }

  func fetchAll(_ db: some QueryExecutor) async throws -> [T] {
    let capabilities = db.dialect.capabilities
    switch statement {
    case .update(let update):
      if capabilities.updateReturning { return try await native(db) }
      return try await db.atomically(access: .write) { try await emulate(update, $0) }
    case .delete(let delete):
      if capabilities.deleteReturning { return try await native(db) }
      return try await db.atomically(access: .write) { try await emulate(delete, $0) }
    default: throw RowanError.internalFailure("only updates and deletes are planned here")
    }
  }

  private func native(_ db: some QueryExecutor) async throws -> [T] {
    try await db.execute(statement) { source in try Query<T>.rows(source) }
  }

  private func emulate(_ update: UpdateStatement, _ transaction: Transaction) async throws -> [T] {
    var plain = update
    plain.returning = nil
    // Below, the rows are found by their keys: nothing would tell a filter that is none.
    try StatementCheck.check(.update(plain))
    let keys = try primaryKey(transaction)
    for column in keys where plain.assignments.contains(where: { Int($0.column) == column }) {
      throw RowanError.unsupported(
        "returning the rows of an update that changes their key '\(T.schema.columns[column].name)'",
        dialect: transaction.dialect.name, alternative: "update, then fetch by the new key")
    }
    let found = try await lockedKeys(update.filter, scope: update.scope, keys, transaction)
    if found.isEmpty { return [] }
    var rows: [T] = []
    for batch in found.inBatches(of: 500) {
      let condition = keyCondition(batch, keys, scope: update.scope)
      plain.filter = condition
      try await transaction.runStatement(.update(plain))
      var select = Select(scope: update.scope, base: .table(T.schema))
      select.filter = condition
      rows += try await transaction.execute(.select(select)) { source in try Query<T>.rows(source) }
    }
    return rows
  }

  private func emulate(_ delete: DeleteStatement, _ transaction: Transaction) async throws -> [T] {
    var plain = delete
    plain.returning = nil
    try StatementCheck.check(.delete(plain))
    var select = Select(scope: delete.scope, base: .table(T.schema))
    select.filter = delete.filter
    if transaction.dialect.capabilities.rowLocks { select.lock = RowLock(.update) }
    let rows = try await transaction.execute(.select(select)) { source in try Query<T>.rows(source) }
    let keys = T.schema.primaryKey
    if keys.isEmpty {
      try await transaction.runStatement(.delete(plain))
      return rows
    }
    // By their keys: the filter may meet rows by now that were not there, or not committed, when it was read.
    for batch in rows.map({ key(of: $0, keys) }).inBatches(of: 500) {
      plain.filter = keyCondition(batch, keys, scope: delete.scope)
      try await transaction.runStatement(.delete(plain))
    }
    return rows
  }

  private func key(of row: T, _ keys: [Int]) -> [SQLValue] {
    var encoder = RowEncoder()
    row.encode(into: &encoder)
    return keys.compactMap { $0 < encoder.values.count ? encoder.values[$0] : nil }
  }

  private func primaryKey(_ transaction: Transaction) throws -> [Int] {
    guard !T.schema.primaryKey.isEmpty else {
      throw RowanError.unsupported(
        "returning rows of a table without a primary key", dialect: transaction.dialect.name,
        alternative: "give \(T.schema.name) a primary key")
    }
    return T.schema.primaryKey
  }

  private func lockedKeys(
    _ filter: Expr?, scope: UInt8, _ keys: [Int], _ transaction: Transaction
  ) async throws -> [[SQLValue]] {
    var select = Select(scope: scope, base: .table(T.schema))
    select.filter = filter
    if transaction.dialect.capabilities.rowLocks { select.lock = RowLock(.update) }
    return try await transaction.execute(.select(select)) { source in
      var found: [[SQLValue]] = []
      var reader = RowReader(cells: source.cells, count: source.columnCount)
      while try source.next() {
        reader.rewind()
        // Not `rowanRead`: these records are nobody's.
        let row = try T(row: &reader)
        if let failure = reader.failure { throw failure }
        found.append(key(of: row, keys))
      }
      source.rowsRead += found.count
      return found
    }
  }

  private func keyCondition(_ rows: ArraySlice<[SQLValue]>, _ keys: [Int], scope: UInt8) -> Expr {
    .any(
      ContiguousArray(
        rows.map { row in
          .all(
            ContiguousArray(
              zip(keys, row).map { key, value in
                .compare(.equal, ColumnRef(Slot(scope: scope, 0), UInt16(truncatingIfNeeded: key)), value)
              }))
        }))
  }
}

extension Array {
  /// Slices of at most `size` elements, in order.
  func inBatches(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: Swift.max(1, size)).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
