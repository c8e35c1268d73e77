import Testing

@testable import RowanCore

/// What a codec's column cannot be used for, and how that is said.
@Suite struct CodecRefusalTests {
  private typealias T = CodecTables

  private func refusal(_ statement: Statement, _ plugins: [any DatabasePlugin] = [T.codecs]) -> RowanError? {
    let error = #expect(throws: RowanError.self) { try T.compile(statement, plugins) }
    #expect(error?.code == .codedColumn)
    #expect(error?.table == "notes" || error?.table == "lines")
    return error
  }

  private func refusal(where filter: Expr) -> String? {
    var select = T.select()
    select.filter = filter
    let error = refusal(.select(select))
    #expect(error?.columns.count == 1)
    return error?.message
  }

  @Test func messagesNameTableColumnAndUse() {
    let code = T.column(1)
    let value = Expr.bind(.text("s3cr3t"))
    let prefix = "column 'code' of 'notes' has a codec and cannot be "
    #expect(refusal(where: .binary(.less, code, value)) == prefix + "compared by order")
    #expect(refusal(where: .node(.between, [code, value, value])) == prefix + "compared by order")
    #expect(
      refusal(where: .node(.like(.prefix, caseInsensitive: false), [code, value])) == prefix + "matched with a pattern")
    #expect(
      refusal(where: .binary(.equal, .node(.function(.lower), [code]), value)) == prefix
        + "passed to the function lower")
    #expect(
      refusal(where: .binary(.equal, .node(.arithmetic(.add), [code, value]), value)) == prefix + "calculated with")
    #expect(refusal(where: .binary(.equal, .node(.cast(.bigint), [code]), value)) == prefix + "cast")
    #expect(refusal(where: .binary(.equal, code, T.column(3))) == prefix + "compared with anything but a value")
    #expect(refusal(where: .binary(.equal, code, T.column(2))) == prefix + "compared with another column")
    #expect(
      refusal(where: .node(.raw(["", " = 1"]), [code])) == prefix + "used in SQL written by hand")
    #expect(refusal(where: .node(.dialect("plain.thing"), [code])) == prefix + "passed to plain.thing")
    #expect(refusal(where: .node(.cases(hasElse: false), [.node(.constant(true)), code])) == prefix + "used in CASE")
    #expect(
      refusal(where: .compare(.equal, ColumnRef(Slot(0), 2), .text("s3cr3t")))
        == "column 'text' of 'notes' has a codec and cannot be compared: its codec gives equal values different stored "
        + "forms")
  }

  @Test func orderingGroupingAndFolding() {
    var ordered = T.select()
    ordered.order = [Ordering(T.column(1), SortOrder())]
    #expect(refusal(.select(ordered))?.message.hasSuffix("ordered by") == true)
    var grouped = T.select(T.column(2))
    grouped.group = [T.column(2)]
    #expect(refusal(.select(grouped))?.columns == ["text"])
    grouped = T.select(T.column(1))
    grouped.group = [T.column(1)]
    #expect(throws: Never.self) { try T.compile(.select(grouped)) }
    var distinct = T.select()
    distinct.distinct = true
    #expect(refusal(.select(distinct))?.columns == ["text"])
    _ = refusal(.select(T.select(.node(.aggregate(.maximum, distinct: false), [T.column(1)]))))
    _ = refusal(.select(T.select(.node(.aggregate(.count, distinct: true), [T.column(2)]))))
    #expect(throws: Never.self) {
      try T.compile(.select(T.select(.node(.aggregate(.count, distinct: false), [T.column(2)]))))
    }
    let window: NodeKind = .window(partition: 1, order: [SortOrder()])
    let number = Expr.node(.function(.rowNumber))
    _ = refusal(.select(T.select(.node(window, [number, T.column(2), T.column(0)]))))
    _ = refusal(.select(T.select(.node(window, [number, T.column(3), T.column(1)]))))
    #expect(throws: Never.self) {
      try T.compile(.select(T.select(.node(window, [number, T.column(1), T.column(0)]))))
    }
  }

  @Test func setOperationsAndMembership() {
    func combined(_ kind: SetArm.Kind, _ left: UInt16, _ right: UInt16) -> Statement {
      var select = T.select(T.column(left))
      select.combined = [SetArm(kind, T.select(T.column(right)))]
      return .select(select)
    }
    _ = refusal(combined(.unionAll, 1, 3))
    _ = refusal(combined(.unionAll, 3, 1))
    _ = refusal(combined(.unionAll, 1, 2))
    _ = refusal(combined(.union, 2, 2))
    #expect(throws: Never.self) { try T.compile(combined(.union, 1, 1)) }
    #expect(throws: Never.self) { try T.compile(combined(.unionAll, 2, 2)) }

    func member(_ column: UInt16, of inner: Select) -> Statement {
      var select = T.select()
      select.filter = .node(.inSelect(inner), [T.column(column)])
      return .select(select)
    }
    _ = refusal(member(1, of: T.select(T.column(3, scope: 1), scope: 1)))
    _ = refusal(member(3, of: T.select(T.column(1, scope: 1), scope: 1)))
    // Another table's column of the same name has stored forms of its own.
    _ = refusal(member(1, of: T.select(T.column(1, scope: 1), scope: 1, from: T.lines)))
    #expect(throws: Never.self) { try T.compile(member(1, of: T.select(T.column(1, scope: 1), scope: 1))) }
  }

  @Test func writesThatCopyOrCompute() {
    func update(_ column: UInt16, _ value: Expr) -> Statement {
      var update = UpdateStatement(scope: 0, table: T.notes, assignments: [Assignment(column, value)])
      update.allRows = true
      return .update(update)
    }
    #expect(refusal(update(3, T.column(1)))?.columns == ["code"])
    #expect(refusal(update(1, T.column(3)))?.columns == ["code"])
    #expect(refusal(update(1, T.column(2)))?.columns == ["text"])
    #expect(refusal(update(1, .node(.raw(["'x'"]))))?.columns == ["code"])
    #expect(refusal(update(3, .node(.function(.upper), [T.column(1)])))?.columns == ["code"])
    var insert = InsertStatement(table: T.notes, columns: [0, 2], source: .values([.int(1), .text("a")], rows: 1))
    insert.conflict = Conflict(target: [2], action: .ignore)
    #expect(refusal(.insert(insert))?.columns == ["text"])
    insert.conflict = Conflict(target: [0], action: .update([Assignment(3, .node(.excluded(2)))]))
    #expect(refusal(.insert(insert))?.columns == ["text"])
  }

  @Test func columnsThatCannotHaveOne() {
    let table = TableSchema(
      "lines",
      columns: [
        ColumnSchema("id", Int64.self, .primaryKey, .generated), ColumnSchema("made", String.self, default: "x"),
        ColumnSchema("free", String.self),
      ])
    for (column, type) in [("id", SQLType.text), ("made", .text), ("free", .array(.text)), ("free", .custom("x"))] {
      let plugin = CodecsByName(codecs: [column: Marking(mark: "", storedType: type)])
      let error = refusal(.select(T.select(from: table)), [plugin])
      #expect(error?.columns == [column])
      #expect(error?.message.contains("'by name'") == true)
    }
  }

  @Test func failuresHoldNoValue() throws {
    var update = UpdateStatement(scope: 0, table: T.notes, assignments: [Assignment(1, .bind(.int(45_104_510)))])
    update.allRows = true
    let error = #expect(throws: RowanError.self) { try T.binds(.update(update)) }
    #expect(error?.code == .encodingFailed)
    #expect(error?.table == "notes")
    #expect(error?.columns == ["code"])
    #expect("\(String(describing: error))".contains("not a text"))
    #expect(!"\(String(describing: error))".contains("45104510"))
    let coding = try #require(try T.compile(.select(T.select())).coding?.results[1])
    let decoding = #expect(throws: RowanError.self) { try coding.decode(.text("s3cr3t")) }
    #expect(decoding?.code == .decodingFailed)
    #expect(!"\(String(describing: decoding))".contains("s3cr3t"))
  }
}
