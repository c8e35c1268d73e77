/// How the rows of an insert are split into statements.
@usableFromInline struct InsertPlan: Sendable {
  typealias Group = InsertRows.Group

  let table: TableSchema
  private(set) var groups: ContiguousArray<Group>
  let conflict: Conflict?

  @usableFromInline init(_ table: TableSchema, _ rows: InsertRows, _ conflict: Conflict?) {
    self.table = table
    groups = rows.groups
    self.conflict = conflict
  }

  /// The statement that inserts the rows of `group`.
  func statement(_ group: Group, returning: Fields? = nil) -> Statement {
    statement(group.columns, .values(group.values, rows: group.rows), returning)
  }

  private func statement(
    _ columns: ContiguousArray<UInt16>, _ source: InsertStatement.Source, _ returning: Fields? = nil
  ) -> Statement {
    var insert = InsertStatement(table: table, columns: columns, source: source)
    insert.conflict = conflict
    insert.returning = returning
    return .insert(insert)
  }

  /// The insert as statements, for those who cannot run one over many rows of values.
  func statements(_ capabilities: Capabilities) -> [Statement] {
    groups.flatMap { group -> [Statement] in
      if case .columnArrays = capabilities.bulkInsert, group.rows > 1, arraysApply(group) { return [arrays(group)] }
      return batches(group, capabilities).map { statement(group.columns, .values($0.values, rows: $0.rows)) }
    }
  }

  /// Runs the insert: one statement as it is, several inside a transaction.
  /// - Throws: ``RowanError/Code/encodingFailed`` where a draft has set other than one value a column: a model's own
  ///   code may, and rows are told apart by counting.
  @usableFromInline func check() throws {
    for group in groups where group.values.count != group.rows * group.columns.count {
      throw RowEncoder.uneven(table)
    }
  }

  @usableFromInline consuming func run(_ db: some QueryExecutor) async throws -> WriteResult {
    try check()
    guard let first = groups.first else { return WriteResult(affectedRows: 0) }
    let capabilities = db.dialect.capabilities
    if groups.count == 1 {
      switch form(of: first, capabilities) {
      case .arrays: return try await db.runStatement(arrays())
      case .rows: return try await db.runStatement(statement(first))
      case .several: break
      }
    }
    return try await runAll(db, capabilities)
  }

  /// One statement over arrays; the only group is moved into them, value by value.
  private consuming func arrays() -> Statement {
    let group = groups.removeLast()
    return arrays(group)
  }

  private func runAll(_ db: some QueryExecutor, _ capabilities: Capabilities) async throws -> WriteResult {
    return try await db.atomically(access: .write) { transaction in
      var result = WriteResult(affectedRows: 0)
      for group in groups { result.add(try await run(group, in: transaction, capabilities)) }
      return result
    }
  }

  /// How a group travels.
  private enum Form {
    /// As one statement with its rows.
    case rows
    /// As one statement with an array per column.
    case arrays
    /// As more than one statement, or one run many times.
    case several
  }

  private func form(of group: Group, _ capabilities: Capabilities) -> Form {
    if group.rows == 1 { return .rows }
    switch capabilities.bulkInsert {
    case .columnArrays where arraysApply(group): return .arrays
    case .executeMany where !group.columns.isEmpty: return .several
    default: return batch(group.rows, batchSize(group, capabilities)) == group.rows ? .rows : .several
    }
  }

  private func run(
    _ group: Group, in transaction: Transaction, _ capabilities: Capabilities
  ) async throws -> WriteResult {
    switch form(of: group, capabilities) {
    case .arrays: return try await transaction.runStatement(arrays(group))
    case .rows: return try await transaction.runStatement(statement(group))
    case .several: break
    }
    let width = group.columns.count
    if case .executeMany = capabilities.bulkInsert, width > 0 {
      let single = statement(group.columns, .values(ContiguousArray(group.values.prefix(width)), rows: 1))
      if let changed = try await transaction.executeMany(single, values: group.values, rows: group.rows) {
        return WriteResult(affectedRows: changed)
      }
    }
    var result = WriteResult(affectedRows: 0)
    for batch in batches(group, capabilities) {
      let statement = statement(group.columns, .values(batch.values, rows: batch.rows))
      result.add(try await transaction.runStatement(statement))
    }
    return result
  }

  /// The rows of `group` in batches that fit the engine.
  private func batches(
    _ group: Group, _ capabilities: Capabilities
  ) -> [(values: ContiguousArray<SQLValue>, rows: Int)] {
    let width = group.columns.count
    let size = batchSize(group, capabilities)
    var batches: [(values: ContiguousArray<SQLValue>, rows: Int)] = []
    var start = 0
    while start < group.rows {
      let count = batch(group.rows - start, size)
      batches.append((ContiguousArray(group.values[(start * width)..<((start + count) * width)]), count))
      start += count
    }
    return batches
  }

  /// Whether the rows can travel as one array per column: an array of arrays would be flattened.
  func arraysApply(_ group: Group) -> Bool {
    guard !group.columns.isEmpty else { return false }
    return group.columns.allSatisfy {
      switch table.columns[Int($0)].type {
      case .array, .custom: false
      default: true
      }
    }
  }

  /// One array per column. Of a group that nobody else holds the values are moved there, not copied.
  func arrays(_ group: consuming Group) -> Statement {
    let (columns, width, rows) = (group.columns, group.columns.count, group.rows)
    var arrays = ContiguousArray<Expr>()
    arrays.reserveCapacity(width)
    group.values.withUnsafeMutableBufferPointer { source in
      for (offset, column) in columns.enumerated() {
        let values = ContiguousArray<SQLValue>(unsafeUninitializedCapacity: rows) { target, count in
          while count < rows {
            let index = count &* width &+ offset
            target.initializeElement(at: count, to: source.moveElement(from: index))
            source.initializeElement(at: index, to: .null)
            count &+= 1
          }
        }
        arrays.append(.bind(.array(SQLArray(element: table.columns[Int(column)].type, values: values))))
      }
    }
    return statement(columns, .columnArrays(arrays))
  }

  /// Rows of a full batch, within the placeholders that the engine takes.
  private func batchSize(_ group: Group, _ capabilities: Capabilities) -> Int {
    guard !group.columns.isEmpty else { return 1 }
    var size = 50
    if case .multiRow(let rows) = capabilities.bulkInsert { size = rows }
    return Swift.max(1, Swift.min(size, capabilities.maxBinds / group.columns.count))
  }

  /// Rows of the next batch: a full one, or for what is left ten or one. Few shapes, each prepared once.
  private func batch(_ left: Int, _ size: Int) -> Int { left >= size ? size : left >= 10 && size > 10 ? 10 : 1 }

  /// Every row as a group of its own, in the order of the drafts.
  func inOrder() -> [Group] {
    var rows: [(Int, Group)] = []
    for group in groups {
      let width = group.columns.count
      for (row, ordinal) in group.ordinals.enumerated() {
        let values = ContiguousArray(group.values[(row * width)..<((row + 1) * width)])
        rows.append((ordinal, Group(columns: group.columns, values: values, ordinals: [ordinal])))
      }
    }
    return rows.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

extension WriteResult {
  fileprivate mutating func add(_ part: WriteResult) {
    affectedRows += part.affectedRows
    lastInsertID = part.lastInsertID ?? lastInsertID
  }
}
