import RowanCore

/// A key of text.
struct Setting: Hashable {
  let id: ID<Setting, String>
  var value: String
}

extension Setting: KeyedTable {
  typealias Row = Setting
  typealias AsNullable = Outer<Setting>
  typealias PrimaryKey = ID<Setting, String>

  static let schema = TableSchema(
    "settings",
    columns: [
      ColumnSchema("id", ID<Setting, String>.self, .primaryKey, .varchar(100)),
      ColumnSchema("value", String.self),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try ID<Setting, String>.read(&row)
    value = try String.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, value)
  }

  static func primaryKey(of record: Setting) -> ID<Setting, String> { record.id }
  static func keyValues(_ key: ID<Setting, String>) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Setting
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Setting, ID<Setting, String>> { Column(rowanSlot, 0) }
    var value: Column<Setting, String> { Column(rowanSlot, 1) }
    var primaryKey: Column<Setting, ID<Setting, String>> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Setting
    var id: ID<Setting, String>
    var value: String

    init(_ id: String, _ value: String) {
      self.id = ID(id)
      self.value = value
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, id)
      row.set(1, value)
    }
  }
}
