public import RowanCore

/// What the insert rows write: five columns, the key made by the database.
public struct Entry: Sendable, Hashable {
  public var id: Int64
  public var account: Int64
  public var title: String
  public var amount: Double
  public var cleared: Bool
  public var memo: String?

  @inlinable
  public init(id: Int64, account: Int64, title: String, amount: Double, cleared: Bool, memo: String?) {
    self.id = id
    self.account = account
    self.title = title
    self.amount = amount
    self.cleared = cleared
    self.memo = memo
  }
}

extension Entry: KeyedTable {
  public typealias Row = Entry
  public typealias AsNullable = Outer<Entry>
  public typealias PrimaryKey = Int64

  public static let schema = TableSchema(
    "bench_entries",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey, .generated),
      ColumnSchema("account", Int64.self),
      ColumnSchema("title", String.self, .varchar(64)),
      ColumnSchema("amount", Double.self),
      ColumnSchema("cleared", Bool.self),
      ColumnSchema("memo", String?.self, .varchar(64)),
    ])

  @inlinable
  public init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    account = try Int64.read(&row)
    title = try String.read(&row)
    amount = try Double.read(&row)
    cleared = try Bool.read(&row)
    memo = try String?.read(&row)
  }

  @inlinable
  public func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, account)
    row.set(2, title)
    row.set(3, amount)
    row.set(4, cleared)
    row.set(5, memo)
  }

  @inlinable public static func primaryKey(of record: Entry) -> Int64 { record.id }
  @inlinable public static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  public struct Columns: HasPrimaryKey {
    public typealias Root = Entry
    public let rowanSlot: Slot
    @inlinable public init(_ slot: Slot) { rowanSlot = slot }
    @inlinable public var id: Column<Entry, Int64> { Column(rowanSlot, 0) }
    @inlinable public var account: Column<Entry, Int64> { Column(rowanSlot, 1) }
    @inlinable public var title: Column<Entry, String> { Column(rowanSlot, 2) }
    @inlinable public var amount: Column<Entry, Double> { Column(rowanSlot, 3) }
    @inlinable public var cleared: Column<Entry, Bool> { Column(rowanSlot, 4) }
    @inlinable public var memo: Column<Entry, String?> { Column(rowanSlot, 5) }
    @inlinable public var primaryKey: Column<Entry, Int64> { id }
  }

  /// A row without its key.
  public struct Draft: TableDraft {
    public typealias Model = Entry
    public var account: Int64
    public var title: String
    public var amount: Double
    public var cleared: Bool
    public var memo: String?

    @inlinable
    public init(account: Int64, title: String, amount: Double, cleared: Bool, memo: String?) {
      self.account = account
      self.title = title
      self.amount = amount
      self.cleared = cleared
      self.memo = memo
    }

    @inlinable
    public func encode(into row: inout RowEncoder) {
      row.set(1, account)
      row.set(2, title)
      row.set(3, amount)
      row.set(4, cleared)
      row.set(5, memo)
    }
  }
}
