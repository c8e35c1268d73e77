import RowanCore

/// A table of 500 columns.
struct Wide: Hashable {
  var values: [Int64?]
}

extension Wide: Table {
  typealias Row = Wide
  typealias AsNullable = Outer<Wide>

  static let width = 500

  static let schema = TableSchema("wide", columns: (0..<width).map { ColumnSchema("column_\($0)", Int64?.self) })

  init(row: inout RowReader) throws(DecodeFailure) {
    values = []
    for _ in 0..<Wide.width { values.append(try Int64?.read(&row)) }
  }

  func encode(into row: inout RowEncoder) {
    for (index, value) in values.enumerated() { row.set(UInt16(index), value) }
  }

  struct Columns: TableColumns {
    typealias Root = Wide
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var first: Column<Wide, Int64?> { Column(rowanSlot, 0) }
    var last: Column<Wide, Int64?> { Column(rowanSlot, 499) }
  }

  struct Draft: TableDraft {
    typealias Model = Wide
    var values: [Int64?]

    func encode(into row: inout RowEncoder) {
      for (index, value) in values.enumerated() { row.set(UInt16(index), value) }
    }
  }
}
