import Testing

@testable import RowanCore

/// Which values a statement has encoded, and what of its rows is decoded.
@Suite struct CodecPassTests {
  private typealias T = CodecTables

  private func isCoded(_ compiled: Compiled) -> [Bool] { (compiled.coding?.results ?? []).map { $0 != nil } }

  @Test func statementsWithoutCodedColumnsAreLeftAlone() throws {
    let other = TableSchema("others", columns: [ColumnSchema("id", Int64.self), ColumnSchema("name", String.self)])
    var select = T.select(from: other)
    select.filter = .compare(.equal, ColumnRef(Slot(0), 1), .text("x"))
    #expect(try T.compile(.select(select)).coding == nil)
    // A table with codecs of whose columns none is used.
    let compiled = try T.compile(.select(T.select(T.column(0))))
    #expect(compiled.coding == nil)
    #expect(try T.compile(.select(T.select()), []).coding == nil)
  }

  @Test func typesAreThoseStored() throws {
    var select = T.select()
    select.filter = .compare(.equal, ColumnRef(Slot(0), 1), .text("x"))
    let compiled = try T.compile(.select(select))
    #expect(compiled.bindTypes == [.varchar(99)])
    #expect(compiled.results.map(\.type) == [.bigint, .varchar(99), .varchar(99), .text])
    #expect(compiled.results.map(\.swiftType) == ["Int64", "String", "Optional<String>", "Optional<String>"])
    #expect(isCoded(compiled) == [false, true, true, false])
    // A selected column's own type would be that of the Swift value.
    #expect(try T.compile(.select(T.select(T.column(3), T.column(2)))).results.map(\.type) == [.text, .varchar(99)])
  }

  @Test func comparedValues() throws {
    var select = T.select()
    select.filter = .all([
      .compare(.equal, ColumnRef(Slot(0), 1), .text("a")), .compare(.equal, ColumnRef(Slot(0), 3), .text("b")),
      .binary(.notEqual, .bind(.text("c")), T.column(1)),
      .node(.isDistinct(negated: false), [T.column(1), .bind(.text("d"))]),
      .node(.inList(padded: 2), [T.column(1), .bind(.array(SQLArray(element: .text, values: [.text("e"), .null])))]),
    ])
    #expect(
      try T.binds(.select(select)) == [.text("c:a"), .text("b"), .text("c:c"), .text("c:d"), .text("c:e"), .null])
  }

  @Test func writtenValues() throws {
    let insert = InsertStatement(
      table: T.notes, columns: [0, 1, 2, 3],
      source: .values([.int(1), .text("a"), .null, .text("p"), .int(2), .text("b"), .text("x"), .null], rows: 2))
    let rows: [SQLValue] = [.int(1), .text("c:a"), .null, .text("p"), .int(2), .text("c:b"), .text("t:x"), .null]
    #expect(try T.binds(.insert(insert)) == rows)

    var upsert = insert
    upsert.conflict = Conflict(
      target: [1], action: .update([Assignment(2, .node(.excluded(2))), Assignment(1, .bind(.text("n")))]))
    #expect(try T.binds(.insert(upsert)) == rows + [.text("c:n")])

    var update = UpdateStatement(
      scope: 0, table: T.notes, assignments: [Assignment(1, .bind(.text("a"))), Assignment(2, T.column(2))])
    update.filter = .compare(.equal, ColumnRef(Slot(0), 1), .text("b"))
    update.returning = .rows
    #expect(try T.binds(.update(update)) == [.text("c:a"), .text("c:b")])
    #expect(isCoded(try T.compile(.update(update))) == [false, true, true, false])
  }

  @Test func rowsOfAQueryThatAreInserted() throws {
    func insert(_ select: Select) -> Statement {
      .insert(InsertStatement(table: T.notes, columns: [1, 3], source: .select(select)))
    }
    #expect(
      try T.binds(insert(T.select(.bind(.text("v")), T.column(3)))) == [.text("c:v")])
    #expect(try T.binds(insert(T.select(T.column(1), T.column(3)))).isEmpty)
    for select in [
      T.select(T.column(3), T.column(3)), T.select(T.column(1), T.column(1)), T.select(T.column(2), T.column(3)),
    ] {
      #expect(throws: RowanError.self) { try T.compile(insert(select)) }
    }
  }

  @Test func manyRowsOfValues() throws {
    let insert = InsertStatement(table: T.notes, columns: [0, 1], source: .values([.int(1), .text("a")], rows: 1))
    let coding = try #require(try T.compile(.insert(insert)).coding)
    #expect(
      try coding.encode(rows: [.int(1), .text("a"), .int(2), .null, .int(3), .text("b")], width: 2)
        == [.int(1), .text("c:a"), .int(2), .null, .int(3), .text("c:b")])
  }

  @Test func valuesOfPluginsAndOfTheHandle() throws {
    var select = T.select()
    select.filter = .compare(.equal, ColumnRef(Slot(0), 3), .text("own"))
    let plugins: [any DatabasePlugin] = [T.codecs, ContextPlugin()]
    #expect(try T.binds(.select(select), plugins) == [.text("own"), .text("c:me")])
    var update = UpdateStatement(scope: 0, table: T.notes, assignments: [Assignment(3, .bind(.text("own")))])
    update.allRows = true
    #expect(try T.binds(.update(update), plugins) == [.text("own"), .text("c:constant")])
  }

  @Test func columnsThroughSubQueries() throws {
    // SELECT t0.c1, t0.c0 FROM (SELECT t1_0.plain, t1_0.code FROM notes AS t1_0) AS t0 WHERE t0.c1 = ?
    var outer = Select(scope: 0, base: .select(T.select(T.column(3, scope: 1), T.column(1, scope: 1), scope: 1)))
    outer.fields = .list([Field(T.column(1), type: .text), Field(T.column(0), type: .text)])
    outer.filter = .compare(.equal, ColumnRef(Slot(0), 1), .text("a"))
    #expect(try T.binds(.select(outer)) == [.text("c:a")])
    #expect(isCoded(try T.compile(.select(outer))) == [true, false])
    outer.order = [Ordering(T.column(1), SortOrder())]
    #expect(throws: RowanError.self) { try T.compile(.select(outer)) }

    let scalar = Expr.node(.scalar(T.select(T.column(2, scope: 1), scope: 1)))
    #expect(isCoded(try T.compile(.select(T.select(scalar, T.column(3))))) == [true, false])
    #expect(throws: RowanError.self) {
      try T.compile(.select(T.select(.node(.function(.lower), [scalar]))))
    }
    // A grouping key passes on what it is made of.
    let value = Expr.node(.scalar(T.select(T.column(1, scope: 1), scope: 1)))
    var grouped = T.select(value.asGroupKey(scope: 0, index: 0))
    grouped.group = [value]
    #expect(isCoded(try T.compile(.select(grouped))) == [true])
    grouped.fields = .list([Field(.node(.function(.lower), [value.asGroupKey(scope: 0, index: 0)]), type: .text)])
    #expect(throws: RowanError.self) { try T.compile(.select(grouped)) }
    // A column of the query around, selected inside.
    let correlated = Expr.node(.scalar(T.select(T.column(1), scope: 1, from: T.lines)))
    #expect(isCoded(try T.compile(.select(T.select(correlated)))) == [true])
  }

  @Test func rowsOfSQLWrittenByHand() throws {
    var raw = RawStatement(parts: ["SELECT * FROM notes WHERE code = ", ""], args: [.bind(.text("x"))], access: .read)
    raw.table = T.notes
    raw.types = ContiguousArray(T.notes.columns.map(\.type))
    let compiled = try T.compile(.raw(raw))
    #expect(isCoded(compiled) == [false, true, true, false])
    #expect(compiled.results.map(\.type) == [.bigint, .varchar(99), .varchar(99), .text])
    #expect(try T.binds(.raw(raw)) == [.text("x")])
  }

  /// The stored table differs in the types of its columns alone.
  @Test func theStoredTableKeepsItsKey() throws {
    let table = TableSchema(
      "members",
      columns: [
        ColumnSchema("team", Int64.self, .primaryKey), ColumnSchema("id", Int64.self, .primaryKey),
        ColumnSchema("code", String.self),
      ], primaryKey: PrimaryKeySchema(["id", "team"], name: "members_key"))
    let stored = try #require(try CodecLookup(plugins: [T.codecs]).codings(of: table)?.stored)
    #expect(stored.columns.map(\.type) == [.bigint, .bigint, .varchar(99)])
    #expect(stored.keyConstraint == table.keyConstraint)
  }

  @Test func severalCodecsOfOneColumn() throws {
    let second = CodecsByName(name: "second", codecs: ["code": Marking(mark: "2:", storedType: .bytes)])
    var select = T.select()
    select.filter = .compare(.equal, ColumnRef(Slot(0), 1), .text("a"))
    let plugins: [any DatabasePlugin] = [T.codecs, IdentityPlugin(), second]
    #expect(try T.binds(.select(select), plugins) == [.text("2:c:a")])
    let coding = try #require(try T.compile(.select(select), plugins).coding?.results[1])
    #expect(try coding.decode(.text("2:c:a")) == .text("a"))
    #expect(coding.storedType == .bytes)
    let salted = CodecsByName(name: "third", codecs: ["code": Marking(mark: "3:", isDeterministic: false)])
    #expect(throws: RowanError.self) { try T.compile(.select(select), [T.codecs, salted]) }
  }

  @Test func groupingKeysKeepTheirNames() throws {
    let remainder = Expr.node(.arithmetic(.remainder), [T.column(0), .bind(.int(2))])
    let other = Expr.node(.arithmetic(.remainder), [T.column(0), .bind(.int(3))])
    var select = T.select(remainder.asGroupKey(scope: 0, index: 0), T.column(1))
    select.group = [remainder, other, T.column(1)]
    select.order = [
      Ordering(other.asGroupKey(scope: 0, index: 1), SortOrder()),
      Ordering(remainder.asGroupKey(scope: 0, index: 0), SortOrder()),
    ]
    let sql = try T.compile(.select(select)).sql
    #expect(sql.hasSuffix("GROUP BY 1, t0.\"id\" % ?, t0.\"code\" ORDER BY t0.\"id\" % ?, 1"))
    #expect(try T.compile(.select(select), []).sql == sql)
  }
}
