import RowanCore

/// A column whose default is the current instant.
struct Stamped: Hashable {
  let id: Int64
  var createdAt: Timestamp
}

extension Stamped: KeyedTable {
  typealias Row = Stamped
  typealias AsNullable = Outer<Stamped>
  typealias PrimaryKey = Int64

  static let schema = TableSchema(
    "stamped",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey),
      ColumnSchema("created_at", property: "createdAt", Timestamp.self, default: .now),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    createdAt = try Timestamp.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, createdAt)
  }

  static func primaryKey(of record: Stamped) -> Int64 { record.id }
  static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Stamped
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Stamped, Int64> { Column(rowanSlot, 0) }
    var createdAt: Column<Stamped, Timestamp> { Column(rowanSlot, 1) }
    var primaryKey: Column<Stamped, Int64> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Stamped
    var id: Int64
    var createdAt: Timestamp?

    init(id: Int64, createdAt: Timestamp? = nil) {
      self.id = id
      self.createdAt = createdAt
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, id)
      row.setIfPresent(1, createdAt)
    }
  }
}
