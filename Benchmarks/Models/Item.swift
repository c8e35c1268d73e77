public import RowanCore

/// Six columns: the narrow row of the point reads, the 10 000-row reads and the streams.
public struct Item: Sendable, Hashable {
  public var id: Int64
  public var name: String
  public var email: String
  public var score: Double
  public var active: Bool
  public var note: String?

  @inlinable
  public init(id: Int64, name: String, email: String, score: Double, active: Bool, note: String?) {
    self.id = id
    self.name = name
    self.email = email
    self.score = score
    self.active = active
    self.note = note
  }
}

extension Item: KeyedTable {
  public typealias Row = Item
  public typealias AsNullable = Outer<Item>
  public typealias PrimaryKey = Int64

  public static let schema = TableSchema(
    "bench_items",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey),
      ColumnSchema("name", String.self, .varchar(64)),
      ColumnSchema("email", String.self, .varchar(64)),
      ColumnSchema("score", Double.self),
      ColumnSchema("active", Bool.self),
      ColumnSchema("note", String?.self, .varchar(64)),
    ])

  @inlinable
  public init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    name = try String.read(&row)
    email = try String.read(&row)
    score = try Double.read(&row)
    active = try Bool.read(&row)
    note = try String?.read(&row)
  }

  @inlinable
  public func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, name)
    row.set(2, email)
    row.set(3, score)
    row.set(4, active)
    row.set(5, note)
  }

  @inlinable public static func primaryKey(of record: Item) -> Int64 { record.id }
  @inlinable public static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  public struct Columns: HasPrimaryKey {
    public typealias Root = Item
    public let rowanSlot: Slot
    @inlinable public init(_ slot: Slot) { rowanSlot = slot }
    @inlinable public var id: Column<Item, Int64> { Column(rowanSlot, 0) }
    @inlinable public var name: Column<Item, String> { Column(rowanSlot, 1) }
    @inlinable public var email: Column<Item, String> { Column(rowanSlot, 2) }
    @inlinable public var score: Column<Item, Double> { Column(rowanSlot, 3) }
    @inlinable public var active: Column<Item, Bool> { Column(rowanSlot, 4) }
    @inlinable public var note: Column<Item, String?> { Column(rowanSlot, 5) }
    @inlinable public var primaryKey: Column<Item, Int64> { id }
  }

  /// The whole row: the key is the caller's.
  public struct Draft: TableDraft {
    public typealias Model = Item
    public var item: Item
    @inlinable public init(_ item: Item) { self.item = item }
    @inlinable public func encode(into row: inout RowEncoder) { item.encode(into: &row) }
  }
}
