import RowanCore

/// A table of one column type: the value once as it is and once optional. Each kind names its Swift type and table.
struct Stored<Kind: StoredKind> {
  let id: Int64
  var value: Kind.Value
  var maybe: Kind.Value?
}

/// A Swift type and the table that stores it.
protocol StoredKind: Sendable {
  associatedtype Value: ColumnValue
  static var schema: TableSchema { get }
}

extension TableSchema {
  /// The table of a ``Stored`` kind.
  static func stored<Value: ColumnValue>(_ name: String, _: Value.Type, as type: SQLType? = nil) -> TableSchema {
    let type = type ?? Value.sqlType
    return TableSchema(
      "stored_\(name)",
      columns: [
        ColumnSchema("id", Int64.self, .primaryKey),
        ColumnSchema("value", Value.self, .type(type)),
        ColumnSchema("maybe", Value?.self, .type(type)),
      ])
  }
}

extension Stored: KeyedTable {
  typealias Row = Stored<Kind>
  typealias AsNullable = Outer<Stored<Kind>>
  typealias PrimaryKey = Int64

  static var schema: TableSchema { Kind.schema }

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    value = try Kind.Value.read(&row)
    maybe = try Kind.Value?.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, value)
    row.set(2, maybe)
  }

  static func primaryKey(of record: Stored) -> Int64 { record.id }
  static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Stored<Kind>
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Stored<Kind>, Int64> { Column(rowanSlot, 0) }
    var value: Column<Stored<Kind>, Kind.Value> { Column(rowanSlot, 1) }
    var maybe: Column<Stored<Kind>, Kind.Value?> { Column(rowanSlot, 2) }
    var primaryKey: Column<Stored<Kind>, Int64> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Stored<Kind>
    var id: Int64
    var value: Kind.Value
    var maybe: Kind.Value?

    init(_ id: Int64, _ value: Kind.Value, _ maybe: Kind.Value? = nil) {
      self.id = id
      self.value = value
      self.maybe = maybe
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, id)
      row.set(1, value)
      row.set(2, maybe)
    }
  }
}
