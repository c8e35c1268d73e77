import RowanCore

/// A composite key.
struct Membership: Hashable {
  let userID: Int64
  let groupID: Int64
  var role: String
}

extension Membership: KeyedTable {
  typealias Row = Membership
  typealias AsNullable = Outer<Membership>

  struct PrimaryKey: Hashable, Sendable {
    var userID: Int64
    var groupID: Int64
    init(_ userID: Int64, _ groupID: Int64) {
      self.userID = userID
      self.groupID = groupID
    }
  }

  static let schema = TableSchema(
    "memberships",
    columns: [
      ColumnSchema("user_id", property: "userID", Int64.self, .primaryKey),
      ColumnSchema("group_id", property: "groupID", Int64.self, .primaryKey),
      ColumnSchema("role", String.self, .varchar(40), default: "member"),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    userID = try Int64.read(&row)
    groupID = try Int64.read(&row)
    role = try String.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, userID)
    row.set(1, groupID)
    row.set(2, role)
  }

  static func primaryKey(of record: Membership) -> PrimaryKey { PrimaryKey(record.userID, record.groupID) }
  static func keyValues(_ key: PrimaryKey) -> ContiguousArray<SQLValue> {
    [key.userID.sqlValue, key.groupID.sqlValue]
  }

  struct Columns: TableColumns {
    typealias Root = Membership
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var userID: Column<Membership, Int64> { Column(rowanSlot, 0) }
    var groupID: Column<Membership, Int64> { Column(rowanSlot, 1) }
    var role: Column<Membership, String> { Column(rowanSlot, 2) }
  }

  struct Draft: TableDraft {
    typealias Model = Membership
    var userID: Int64
    var groupID: Int64
    var role: String?

    init(_ userID: Int64, _ groupID: Int64, _ role: String? = nil) {
      self.userID = userID
      self.groupID = groupID
      self.role = role
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, userID)
      row.set(1, groupID)
      row.setIfPresent(2, role)
    }
  }
}
