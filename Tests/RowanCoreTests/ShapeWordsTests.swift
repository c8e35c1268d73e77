import Testing

@testable import RowanCore

/// The numbers that a shape hashes to say what the shape is: two statements have the same ones just when the comparison
/// of their trees finds them equal.
@Suite struct ShapeWordsTests {
  private static let table = TableSchema(
    "things", columns: [ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("name", String.self)])
  private static let other = TableSchema("others", columns: [ColumnSchema("id", Int64.self, .primaryKey)])
  private static let id = ColumnRef(Slot(0), 0)
  private static let name = ColumnRef(Slot(0), 1)

  private static func select(_ change: (inout Select) -> Void = { _ in }) -> Statement {
    var select = Select(scope: 0, base: .table(table))
    change(&select)
    return .select(select)
  }

  private static func insert(
    _ source: InsertStatement.Source, _ change: (inout InsertStatement) -> Void = { _ in }
  ) -> Statement {
    var insert = InsertStatement(table: table, columns: [0, 1], source: source)
    change(&insert)
    return .insert(insert)
  }

  private static func update(_ change: (inout UpdateStatement) -> Void) -> Statement {
    var update = UpdateStatement(scope: 0, table: table, assignments: [Assignment(1, .bind(.text("a")))])
    change(&update)
    return .update(update)
  }

  private static func delete(_ change: (inout DeleteStatement) -> Void) -> Statement {
    var delete = DeleteStatement(scope: 0, table: table)
    change(&delete)
    return .delete(delete)
  }

  private static let conditions: [Expr] = [
    .compare(.equal, id, .int(1)), .compare(.equal, id, .int(2)), .compare(.less, id, .int(1)),
    .compare(.equal, name, .text("a")), .isNull(id), .isNull(name), .column(id), .bind(.int(0)), .bind(.bool(true)),
    .all([]), .any([]), .all([.isNull(id)]), .all([.isNull(id), .isNull(id)]),
    .all([.all([.isNull(id)]), .isNull(id)]),
    .all([.all([.isNull(id), .isNull(id)])]), .any([.isNull(id), .isNull(id)]), .not(.isNull(id)),
    .not(.not(.isNull(id))), .binary(.equal, .column(id), .column(name)), .binary(.equal, .column(id), .bind(.null)),
    .binary(.less, .column(id), .column(name)),
  ]

  private static let statements: [Statement] =
    conditions.map { condition in select { $0.filter = condition } }
    + conditions.map { condition in
      select {
        $0.joins = [Join(.table(other), .left, on: condition)]
        $0.having = condition
      }
    }
    + conditions.map { condition in delete { $0.filter = condition } }
    + conditions.map { condition in update { $0.filter = condition } }
    + conditions.map { condition in update { $0.assignments = [Assignment(0, condition)] } }
    + [
      select(), select { $0.scope = 1 }, select { $0.base = .table(other) },
      select { $0.base = .select(Select(scope: 0, base: .table(table))) },
      select { $0.limit = .bind(.int(1)) }, select { $0.limit = .bind(.int(2)) }, select { $0.offset = .bind(.int(1)) },
      select { $0.limit = .bind(.int(-1)) }, select { $0.limit = .bind(.null) }, select { $0.limit = .column(id) },
      select {
        $0.limit = .bind(.int(1))
        $0.offset = .bind(.int(1))
      },
      select { $0.distinct = true }, select { $0.lock = RowLock(.update) }, select { $0.lock = RowLock(.share) },
      select { $0.lock = RowLock(.update, .skipLocked) },
      select { $0.order = [Ordering(.column(id), SortOrder())] },
      select { $0.order = [Ordering(.column(id), SortOrder(descending: true))] },
      select { $0.order = [Ordering(.column(id), SortOrder()), Ordering(.column(id), SortOrder())] },
      select { $0.group = [.column(id)] }, select { $0.having = .isNull(id) },
      select { $0.joins = [Join(.table(other), .inner, on: .isNull(id))] },
      select { $0.joins = [Join(.table(other), .cross, on: nil)] },
      select { $0.combined = [SetArm(.union, Select(scope: 0, base: .table(table)))] },
      select { $0.combined = [SetArm(.except, Select(scope: 0, base: .table(table)))] },
      select { $0.fields = .list([Field(.column(id), type: nil)]) },
      select { $0.fields = .list([Field(.column(id), type: .bigint)]) },
      select { $0.fields = .list([Field(.column(id), as: Int64.self)]) },
      select { $0.fields = .list([Field(.column(id), as: Int.self)]) },
      select { $0.fields = .list([Field(.column(id), type: nil), Field(.column(id), type: nil)]) },
      insert(.values([.int(1), .text("a")], rows: 1)), insert(.values([.int(2), .null], rows: 1)),
      insert(.values([.int(1), .null, .int(2), .null], rows: 2)),
      insert(.expressions([.bind(.int(1)), .bind(.null)], rows: 1)),
      insert(.expressions([.bind(.int(1)), .column(id)], rows: 1)),
      insert(.columnArrays([.bind(.int(1)), .bind(.null)])), insert(.select(Select(scope: 0, base: .table(table)))),
      insert(.values([.int(1), .null], rows: 1)) { $0.columns = [0] },
      insert(.values([.int(1), .null], rows: 1)) { $0.conflict = Conflict(target: [], action: .ignore) },
      insert(.values([.int(1), .null], rows: 1)) { $0.conflict = Conflict(target: [0], action: .ignore) },
      insert(.values([.int(1), .null], rows: 1)) { $0.conflict = Conflict(target: [0], action: .update([])) },
      insert(.values([.int(1), .null], rows: 1)) { $0.returning = .rows },
      update { $0.allRows = true }, update { $0.returning = .rows }, delete { $0.allRows = true },
      delete { $0.returning = .rows }, delete { $0.scope = 1 },
    ]

  /// Whether both have words, and the same.
  private static func haveSameWords(_ left: Statement, _ right: Statement) -> Bool? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 96) { a in
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 96) { b in
        var first = ShapeWalk(hasher: ShapeHasher(noting: a))
        var second = ShapeWalk(hasher: ShapeHasher(noting: b))
        first.statement(left)
        second.statement(right)
        let (some, others) = (first.hasher.noted(of: a), second.hasher.noted(of: b))
        return some.isEmpty || others.isEmpty ? nil : some == others
      }
    }
  }

  @Test func wordsAgreeWithTheTrees() {
    for (index, left) in Self.statements.enumerated() {
      for (place, right) in Self.statements.enumerated() {
        #expect(Self.haveSameWords(left, right) == ShapeEquality.same(left, right), "\(index) and \(place)")
      }
    }
  }

  @Test func whatIsHashedItselfHasNoWords() {
    let node = Self.select { $0.filter = .node(.isNull, [.column(Self.id)]) }
    #expect(Self.haveSameWords(node, node) == nil)
    let raw = Statement.raw(RawStatement(parts: ["SELECT 1"], args: [], access: .read))
    #expect(Self.haveSameWords(raw, raw) == nil)
    let long = Self.select { $0.filter = .all(ContiguousArray(repeating: .isNull(Self.id), count: 100)) }
    #expect(Self.haveSameWords(long, long) == nil)
  }

  @Test func aLimitIsWhatItWasSetTo() {
    var select = Select(scope: 0, base: .table(Self.table))
    #expect(select.limit == nil)
    for limit: Expr in [.bind(.int(0)), .bind(.int(.max)), .bind(.int(-2)), .bind(.text("a")), .column(Self.id)] {
      let before = select
      select.limit = limit
      #expect(select.limit.map { ShapeEquality.same($0, limit) } == true)
      if case .bind(let value) = limit {
        guard case .bind(value)? = select.limit else {
          Issue.record("the value was not kept")
          continue
        }
      }
      select.limit = nil
      #expect(select.limit == nil)
      #expect(before.limit == nil)
    }
  }
}
