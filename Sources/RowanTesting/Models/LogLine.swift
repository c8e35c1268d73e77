import RowanCore

/// No key.
struct LogLine: Hashable {
  var level: Int
  var text: String
}

extension LogLine: Table {
  typealias Row = LogLine
  typealias AsNullable = Outer<LogLine>

  static let schema = TableSchema(
    "log_lines", columns: [ColumnSchema("level", Int.self), ColumnSchema("text", String.self)])

  init(row: inout RowReader) throws(DecodeFailure) {
    level = try Int.read(&row)
    text = try String.read(&row)
  }

  init(_ level: Int, _ text: String) {
    self.level = level
    self.text = text
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, level)
    row.set(1, text)
  }

  struct Columns: TableColumns {
    typealias Root = LogLine
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var level: Column<LogLine, Int> { Column(rowanSlot, 0) }
    var text: Column<LogLine, String> { Column(rowanSlot, 1) }
  }

  struct Draft: TableDraft {
    typealias Model = LogLine
    var level: Int
    var text: String

    init(_ level: Int, _ text: String) {
      self.level = level
      self.text = text
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, level)
      row.set(1, text)
    }
  }
}
