import Testing

@testable import RowanCore

@Suite struct StatementCheckTests {
  static let table = TableSchema(
    "notes", columns: [ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("text", String.self)])

  private func code(_ statement: Statement) -> RowanError.Code? {
    #expect(throws: RowanError.self) { try StatementCheck.check(statement) }?.code
  }

  @Test func changesOfEveryRowHaveToBeMeant() throws {
    var update = UpdateStatement(scope: 0, table: Self.table, assignments: [Assignment(1, .bind(.text("x")))])
    #expect(code(.update(update)) == .missingWhere)
    // Conditions put together at run time that came out empty.
    update.filter = .all([])
    #expect(code(.update(update)) == .missingWhere)
    update.allRows = true
    try StatementCheck.check(.update(update))
    var delete = DeleteStatement(scope: 0, table: Self.table)
    #expect(code(.delete(delete)) == .missingWhere)
    delete.filter = .compare(.equal, ColumnRef(Slot(0), 0), .int(1))
    try StatementCheck.check(.delete(delete))
  }

  @Test func emptyStatements() {
    var update = UpdateStatement(scope: 0, table: Self.table, assignments: [])
    update.allRows = true
    #expect(code(.update(update)) == .emptyStatement)
    #expect(
      code(.insert(InsertStatement(table: Self.table, columns: [1], source: .values([], rows: 0)))) == .emptyStatement)
    #expect(
      code(.insert(InsertStatement(table: Self.table, columns: [1], source: .values([.null], rows: 2))))
        == .internalError)
    #expect(
      code(.insert(InsertStatement(table: Self.table, columns: [9], source: .values([.null], rows: 1))))
        == .columnOutOfScope)
    #expect(code(.raw(RawStatement(parts: [" \n"], args: [], access: .read))) == .emptyStatement)
    var select = Select(scope: 0, base: .table(Self.table))
    select.fields = .list([])
    #expect(code(.select(select)) == .emptyStatement)
  }
}
