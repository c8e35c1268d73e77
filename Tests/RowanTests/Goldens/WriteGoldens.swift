import RowanCore

enum WriteGoldens {
  static var all: [Golden] { inserts + upserts + changes + others }

  private static let users = GoldenTables.users

  private static func insert(
    _ table: TableSchema, _ columns: ContiguousArray<UInt16>, _ values: ContiguousArray<SQLValue>, rows: Int = 1,
    _ change: (inout InsertStatement) -> Void = { _ in }
  ) -> Statement {
    var insert = InsertStatement(table: table, columns: columns, source: .values(values, rows: rows))
    change(&insert)
    return .insert(insert)
  }

  private static var inserts: [Golden] {
    let chosen = Select(users).fields((.users(.id), .bigint), (.users(.email), .text))
      .filter(.compare(.greater, .users(.age), .int(30)))
    var selected = InsertStatement(table: GoldenTables.posts, columns: [1, 2], source: .select(chosen))
    selected.returning = nil
    let arrays = InsertStatement(
      table: GoldenTables.posts, columns: [1, 2],
      source: .columnArrays([
        .bind(.array(SQLArray(element: .bigint, values: [.int(1), .int(2)]))),
        .bind(.array(SQLArray(element: .text, values: [.text("a"), .text("b")]))),
      ]))
    return [
      Golden("insert one", insert(users, [1, 3], [.text("new@x"), .int(5)])),
      Golden("insert several", insert(users, [1, 2], [.text("n1@x"), .null, .text("n2@x"), .text("N")], rows: 2)),
      Golden("insert a key alone", insert(GoldenTables.alias, [0], [.int(77)])),
      Golden("insert defaults", insert(GoldenTables.counters, [], [])),
      Golden("insert rows of defaults", insert(GoldenTables.counters, [], [], rows: 2)),
      Golden("insert returning", insert(users, [1], [.text("r@x")]) { $0.returning = .rows }),
      Golden(
        "insert returning one column",
        insert(users, [1], [.text("r1@x")]) {
          $0.returning = .list([
            Field(.users(.id), type: .bigint), Field(.call(.length, .users(.email)), type: .bigint),
          ])
        }),
      Golden(
        "insert expressions",
        .insert(
          InsertStatement(
            table: users, columns: [1, 3],
            source: .expressions([.math(.concatenate, .text("e"), .text("@x")), .int(4)], rows: 1)))),
      Golden("insert from a query", .insert(selected)),
      Golden("insert from arrays", .insert(arrays)),
    ]
  }

  private static var upserts: [Golden] {
    let row: ContiguousArray<SQLValue> = [.int(1), .text("swift"), .int(2)]
    let uses = Expr.column(ColumnRef(Slot(0), 2))
    let previous = Expr.column(ColumnRef(Slot(0), 3))
    func upsert(_ target: ContiguousArray<UInt16>, _ action: Conflict.Action) -> Statement {
      insert(GoldenTables.tags, [0, 1, 2], row) { $0.conflict = Conflict(target: target, action: action) }
    }
    var selected = InsertStatement(
      table: GoldenTables.tags, columns: [0, 1, 2],
      source: .select(
        Select(GoldenTables.posts).fields((.posts(.id), .bigint), (.text("sel"), .text), (.posts(.id), .bigint))))
    selected.conflict = Conflict(target: [0, 1], action: .update([Assignment(2, .node(.excluded(2)))]))
    return [
      Golden("ignore a conflict", upsert([0, 1], .ignore)),
      Golden("ignore any conflict", upsert([], .ignore)),
      Golden("upsert", upsert([0, 1], .update([Assignment(2, .math(.add, uses, .node(.excluded(2))))]))),
      Golden(
        "upsert that reads what it sets",
        upsert(
          [0, 1],
          .update([Assignment(2, .math(.add, uses, .int(1))), Assignment(3, .call(.coalesce, uses, previous))]))),
      Golden("upsert on any key", upsert([], .update([Assignment(2, .int(9))]))),
      Golden(
        "upsert on one of several keys",
        insert(users, [0, 1], [.int(50), .text("ann@x")]) {
          $0.conflict = Conflict(target: [1], action: .update([Assignment(2, .text("again"))]))
        }),
      Golden(
        "upsert with returning",
        insert(users, [1, 3], [.text("ann@x"), .int(8)]) {
          $0.conflict = Conflict(target: [1], action: .update([Assignment(3, .node(.excluded(3)))]))
          $0.returning = .list([Field(.users(.id), type: .bigint)])
        }),
      Golden("upsert from a query", .insert(selected)),
    ]
  }

  private static var changes: [Golden] {
    func update(_ assignments: ContiguousArray<Assignment>, _ filter: Expr?, _ returning: Fields? = nil) -> Statement {
      var update = UpdateStatement(scope: 0, table: users, assignments: assignments)
      update.filter = filter
      update.allRows = filter == nil
      update.returning = returning
      return .update(update)
    }
    func delete(_ table: TableSchema, _ filter: Expr?, _ returning: Fields? = nil) -> Statement {
      var delete = DeleteStatement(scope: 0, table: table)
      delete.filter = filter
      delete.allRows = filter == nil
      delete.returning = returning
      return .delete(delete)
    }
    let first = Expr.compare(.equal, .users(.id), .int(1))
    let written = Select(GoldenTables.posts, scope: 1).filter(.binary(.equal, .posts(.authorID, scope: 1), .users(.id)))
    var circle = UpdateStatement(
      scope: 0, table: GoldenTables.tags,
      assignments: [
        Assignment(2, .call(.coalesce, .column(ColumnRef(Slot(0), 3)), .int(0))),
        Assignment(3, .column(ColumnRef(Slot(0), 2))),
      ])
    circle.allRows = true
    let swap = Statement.update(circle)
    let shadow = Select(GoldenTables.alias, scope: 1).filter(
      .binary(.equal, .column(ColumnRef(Slot(scope: 1, 0), 0)), .column(ColumnRef(Slot(0), 1))))
    return [
      Golden("update", update([Assignment(2, .text("Anna")), Assignment(3, .int(31))], first)),
      Golden("update to null", update([Assignment(2, .bind(.null))], first)),
      Golden("update from itself", update([Assignment(3, .math(.add, .users(.age), .int(1)))], nil)),
      Golden(
        "update that reads what it sets",
        update([Assignment(3, .math(.add, .users(.age), .int(1))), Assignment(4, .users(.age))], first)),
      Golden("update in a circle", swap),
      Golden("update where exists", update([Assignment(8, .bind(.bool(false)))], .node(.exists(written)))),
      Golden("update returning", update([Assignment(3, .int(1))], first, .list([Field(.users(.age), type: .bigint)]))),
      Golden("delete", delete(GoldenTables.tags, .compare(.equal, ColumnRef(Slot(0), 1), .text("swift")))),
      Golden("delete all", delete(GoldenTables.tags, nil)),
      Golden("delete where not exists", delete(users, .not(.node(.exists(written))))),
      Golden("delete returning", delete(GoldenTables.alias, .compare(.equal, ColumnRef(Slot(0), 0), .int(1)), .rows)),
      Golden("delete from a table named like an alias", delete(GoldenTables.alias, .node(.exists(shadow)))),
    ]
  }

  private static var others: [Golden] {
    let hostile = GoldenTables.hostile
    let name = ColumnRef(Slot(0), 1)
    var change = UpdateStatement(scope: 0, table: hostile, assignments: [Assignment(1, .text("'; --"))])
    change.filter = .compare(.equal, ColumnRef(Slot(0), 2), .text("`\"'\\"))
    var raw = RawStatement(
      parts: ["SELECT ", " FROM ", " WHERE ", " ORDER BY 1"],
      args: [
        .node(.identifier(["users", "id"])), .node(.identifier(["users"])),
        .node(.raw(["age > ", " AND email <> ", ""]), [.int(3), .text("' OR 1=1 --")]),
      ], access: .read)
    raw.types = [.bigint]
    let locked = Select(users).fields((.users(.id), .bigint))
      .join(GoldenTables.posts, .left, on: .binary(.equal, .users(.id), .posts(.authorID, slot: 1)))
    return [
      Golden("hostile names", Select(hostile).filter(.compare(.equal, name, .text("\"; '")))),
      Golden("hostile insert", insert(hostile, [0, 2], [.int(1), .text("y")])),
      Golden("hostile update", .update(change)),
      Golden("raw statement", .raw(raw)),
      Golden("row lock", Select(users).fields((.users(.id), .bigint)).changed { $0.lock = RowLock(.update) }),
      Golden("row lock of an outer join", locked.changed { $0.lock = RowLock(.update, .skipLocked) }),
      Golden(
        "shared row lock", Select(users).fields((.users(.id), .bigint)).changed { $0.lock = RowLock(.share, .noWait) }),
      Golden("context value", where: .binary(.equal, .users(.id), .node(.context("tenant", .bigint)))),
    ]
  }
}
