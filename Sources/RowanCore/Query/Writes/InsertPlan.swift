/// How the rows of an insert are split into statements: rows that set the same columns go together.
struct InsertPlan<T: Table>: Sendable {
  /// Rows that set the same columns.
  struct Group: Sendable {
    let columns: ContiguousArray<UInt16>
    var values: ContiguousArray<SQLValue> = []
    /// Where each row stood in the list of drafts.
    var ordinals: ContiguousArray<Int> = []
    var rows: Int { ordinals.count }
  }

  let groups: [Group]
  let conflict: Conflict?

  init(_ insert: Insert<T>) {
    var groups: [Group] = []
    var encoder = RowEncoder()
    for (ordinal, draft) in insert.rows.enumerated() {
      encoder.columns.removeAll(keepingCapacity: true)
      encoder.values.removeAll(keepingCapacity: true)
      draft.encode(into: &encoder)
      let index: Int
      if let last = groups.indices.last, groups[last].columns == encoder.columns {
        index = last
      } else if let found = groups.firstIndex(where: { $0.columns == encoder.columns }) {
        index = found
      } else {
        index = groups.count
        var group = Group(columns: encoder.columns)
        group.values.reserveCapacity(encoder.values.count * Swift.min(insert.rows.count - ordinal, 4096))
        groups.append(group)
      }
      groups[index].values.append(contentsOf: encoder.values)
      groups[index].ordinals.append(ordinal)
    }
    self.groups = groups
    conflict = insert.conflict
  }

  /// The statement that inserts `rows` rows of values.
  func statement(_ group: Group, _ values: ContiguousArray<SQLValue>, rows: Int, returning: Fields?) -> Statement {
    var insert = InsertStatement(table: T.schema, columns: group.columns, source: .values(values, rows: rows))
    insert.conflict = conflict
    insert.returning = returning
    return .insert(insert)
  }

  /// One thing to send.
  private enum Step: Sendable {
    case statement(Statement)
    case many(Statement, values: ContiguousArray<SQLValue>, rows: Int)
  }

  /// Runs the insert: one statement as it is, several inside a transaction.
  func run(_ db: some QueryExecutor) async throws -> WriteResult {
    let steps = groups.flatMap { self.steps($0, db.dialect.capabilities) }
    if steps.isEmpty { return WriteResult(affectedRows: 0) }
    if steps.count == 1, case .statement(let only)? = steps.first { return try await db.runStatement(only) }
    return try await db.atomically(access: .write) { transaction in
      var result = WriteResult(affectedRows: 0)
      for step in steps {
        switch step {
        case .statement(let statement):
          let part = try await transaction.runStatement(statement)
          result.affectedRows += part.affectedRows
          result.lastInsertID = part.lastInsertID ?? result.lastInsertID
        case .many(let statement, let values, let rows):
          result.affectedRows += try await transaction.executeMany(statement, values: values, rows: rows)
        }
      }
      return result
    }
  }

  private func steps(_ group: Group, _ capabilities: Capabilities) -> [Step] {
    if group.rows == 1 { return [.statement(statement(group, group.values, rows: 1, returning: nil))] }
    switch capabilities.bulkInsert {
    case .columnArrays where arraysApply(group): return [.statement(arrays(group, returning: nil))]
    case .executeMany where !group.columns.isEmpty:
      let single = statement(group, ContiguousArray(group.values.prefix(group.columns.count)), rows: 1, returning: nil)
      return [.many(single, values: group.values, rows: group.rows)]
    default:
      return batches(group, capabilities).map {
        .statement(statement($0, $0.values, rows: $0.rows, returning: nil))
      }
    }
  }

  /// Whether the rows can travel as one array per column: an array of arrays would be flattened.
  func arraysApply(_ group: Group) -> Bool {
    guard !group.columns.isEmpty else { return false }
    return group.columns.allSatisfy {
      switch T.schema.columns[Int($0)].type {
      case .array, .custom: false
      default: true
      }
    }
  }

  /// One array per column.
  func arrays(_ group: Group, returning: Fields?) -> Statement {
    let width = group.columns.count
    var arrays = ContiguousArray<Expr>()
    for (offset, column) in group.columns.enumerated() {
      var values = ContiguousArray<SQLValue>()
      values.reserveCapacity(group.rows)
      for index in stride(from: offset, to: group.values.count, by: width) { values.append(group.values[index]) }
      arrays.append(.bind(.array(SQLArray(element: T.schema.columns[Int(column)].type, values: values))))
    }
    var insert = InsertStatement(table: T.schema, columns: group.columns, source: .columnArrays(arrays))
    insert.conflict = conflict
    insert.returning = returning
    return .insert(insert)
  }

  /// The group in batches of the engine's size and, for what is left, of ten and of one: few shapes, each prepared once.
  func batches(_ group: Group, _ capabilities: Capabilities) -> [Group] {
    let width = group.columns.count
    var size = 50
    if case .multiRow(let rows) = capabilities.bulkInsert { size = rows }
    if width > 0 { size = Swift.max(1, Swift.min(size, capabilities.maxBinds / width)) } else { size = 1 }
    var batches: [Group] = []
    var start = 0
    while start < group.rows {
      let left = group.rows - start
      let count = left >= size ? size : left >= 10 && size > 10 ? 10 : 1
      batches.append(
        Group(
          columns: group.columns,
          values: ContiguousArray(group.values[(start * width)..<((start + count) * width)]),
          ordinals: ContiguousArray(group.ordinals[start..<(start + count)])))
      start += count
    }
    return batches
  }
}
