import RowanCore

/// Every column has a default.
struct Tally: Hashable {
  let id: Int64
  var count: Int
  var label: String
  var note: String?
}

extension Tally: KeyedTable {
  typealias Row = Tally
  typealias AsNullable = Outer<Tally>
  typealias PrimaryKey = Int64

  static let schema = TableSchema(
    "tallies",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("count", Int.self, default: 7),
      ColumnSchema("label", String.self, .varchar(40), default: "it's"),
      ColumnSchema("note", String?.self),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    count = try Int.read(&row)
    label = try String.read(&row)
    note = try String?.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, count)
    row.set(2, label)
    row.set(3, note)
  }

  static func primaryKey(of record: Tally) -> Int64 { record.id }
  static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Tally
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Tally, Int64> { Column(rowanSlot, 0) }
    var count: Column<Tally, Int> { Column(rowanSlot, 1) }
    var label: Column<Tally, String> { Column(rowanSlot, 2) }
    var note: Column<Tally, String?> { Column(rowanSlot, 3) }
    var primaryKey: Column<Tally, Int64> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Tally
    var id: Int64?
    var count: Int?
    var label: String?
    /// Nil leaves it to the database, `.some(nil)` is `NULL`.
    var note: String??

    init(id: Int64? = nil, count: Int? = nil, label: String? = nil, note: String?? = nil) {
      self.id = id
      self.count = count
      self.label = label
      self.note = note
    }

    func encode(into row: inout RowEncoder) {
      row.setIfPresent(0, id)
      row.setIfPresent(1, count)
      row.setIfPresent(2, label)
      row.setIfPresent(3, note)
    }
  }
}
