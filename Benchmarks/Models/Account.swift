public import RowanCore

/// `pgbench`'s own table. https://www.postgresql.org/docs/current/pgbench.html
public struct Account: Sendable, Hashable {
  public var id: Int32
  public var branch: Int32?
  public var balance: Int32?
}

extension Account: KeyedTable {
  public typealias Row = Account
  public typealias AsNullable = Outer<Account>
  public typealias PrimaryKey = Int32

  public static let schema = TableSchema(
    "pgbench_accounts",
    columns: [
      ColumnSchema("aid", property: "id", Int32.self, .primaryKey),
      ColumnSchema("bid", property: "branch", Int32?.self),
      ColumnSchema("abalance", property: "balance", Int32?.self),
    ])

  @inlinable
  public init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int32.read(&row)
    branch = try Int32?.read(&row)
    balance = try Int32?.read(&row)
  }

  @inlinable
  public func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, branch)
    row.set(2, balance)
  }

  @inlinable public static func primaryKey(of record: Account) -> Int32 { record.id }
  @inlinable public static func keyValues(_ key: Int32) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  public struct Columns: HasPrimaryKey {
    public typealias Root = Account
    public let rowanSlot: Slot
    @inlinable public init(_ slot: Slot) { rowanSlot = slot }
    @inlinable public var id: Column<Account, Int32> { Column(rowanSlot, 0) }
    @inlinable public var branch: Column<Account, Int32?> { Column(rowanSlot, 1) }
    @inlinable public var balance: Column<Account, Int32?> { Column(rowanSlot, 2) }
    @inlinable public var primaryKey: Column<Account, Int32> { id }
  }

  public struct Draft: TableDraft {
    public typealias Model = Account
    public var account: Account
    @inlinable public init(_ account: Account) { self.account = account }
    @inlinable public func encode(into row: inout RowEncoder) { account.encode(into: &row) }
  }
}
