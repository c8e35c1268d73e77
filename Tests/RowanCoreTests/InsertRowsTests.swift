import Testing

@testable import RowanCore

struct InsertRowsTests {
  /// A draft that sets the columns it is told to, each to its own index.
  private struct Draft: TableDraft {
    typealias Model = Sheet
    let columns: [UInt16]

    func encode(into row: inout RowEncoder) {
      for column in columns { row.set(column, Int64(column)) }
    }
  }

  private struct Sheet: Table {
    typealias Row = Sheet
    typealias AsNullable = Outer<Sheet>
    static let schema = TableSchema("sheets", columns: [ColumnSchema("a", Int64.self), ColumnSchema("b", Int64.self)])

    init(row: inout RowReader) throws(DecodeFailure) {}
    func encode(into row: inout RowEncoder) {}

    struct Columns: TableColumns {
      typealias Root = Sheet
      let rowanSlot: Slot
      init(_ slot: Slot) { rowanSlot = slot }
    }

    typealias Draft = InsertRowsTests.Draft
  }

  private func rows(_ columns: [UInt16]...) -> InsertRows { InsertRows(columns.map { Draft(columns: $0) }, width: 3) }

  @Test func equalColumnsAreOneGroup() {
    let rows = rows([0, 1], [0, 1], [0, 1])
    #expect(rows.groups.count == 1)
    #expect(rows.groups.first?.columns == [0, 1])
    #expect(rows.groups.first?.values == [.int(0), .int(1), .int(0), .int(1), .int(0), .int(1)])
    #expect(rows.groups.first?.ordinals == [0, 1, 2])
  }

  @Test func alternatingColumnsComeBackToTheirGroup() {
    let rows = rows([0], [0, 1], [0], [0, 1], [1])
    #expect(rows.groups.map(\.columns) == [[0], [0, 1], [1]])
    #expect(rows.groups.map(\.ordinals) == [[0, 2], [1, 3], [4]])
    #expect(rows.groups.map(\.values) == [[.int(0), .int(0)], [.int(0), .int(1), .int(0), .int(1)], [.int(1)]])
  }

  @Test func rowsOfDefaultsHaveNoValues() {
    let rows = rows([], [], [0])
    #expect(rows.groups.map(\.columns) == [[], [0]])
    #expect(rows.groups.map(\.rows) == [2, 1])
    #expect(rows.groups.first?.values == [])
  }

  /// A draft of a model's own making that loses values, or columns.
  private struct Careless: TableDraft {
    typealias Model = Sheet
    let losesColumns: Bool

    func encode(into row: inout RowEncoder) {
      if !losesColumns { row = RowEncoder() }
      row.set(0, Int64(1))
      row.set(1, Int64(2))
      if losesColumns { row.columns.removeLast() }
    }
  }

  @Test(arguments: [true, false]) func otherThanOneValueAColumnIsRefused(_ losesColumns: Bool) {
    let rows = InsertRows(Array(repeating: Careless(losesColumns: losesColumns), count: 3), width: 2)
    let error = #expect(throws: RowanError.self) { try InsertPlan(Sheet.schema, rows, nil).check() }
    #expect(error?.code == .encodingFailed)
    var row = RowEncoder()
    row.set(0, Int64(1))
    row.columns.append(1)
    #expect(throws: RowanError.self) { try row.check(Sheet.schema) }
    #expect(error?.message.contains("'sheets'") == true)
  }

  @Test func noRowsAreNoGroups() { #expect(rows().groups.isEmpty) }

  @Test func rowsInTheOrderOfTheDrafts() {
    let plan = InsertPlan(Sheet.schema, rows([0], [0, 1], [0]), nil)
    #expect(plan.inOrder().map(\.columns) == [[0], [0, 1], [0]])
    #expect(plan.inOrder().map(\.ordinals) == [[0], [1], [2]])
  }
}
