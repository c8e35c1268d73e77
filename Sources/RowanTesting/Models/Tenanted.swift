import RowanCore

/// A table whose rows belong to tenants; the draft leaves the tenant to a plugin.
struct Project: Hashable {
  let id: Int64
  var tenantID: Int64
  var name: String
}

extension Project: KeyedTable {
  typealias Row = Project
  typealias AsNullable = Outer<Project>
  typealias PrimaryKey = Int64

  static let schema = TableSchema(
    "projects",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("tenant_id", property: "tenantID", Int64.self),
      ColumnSchema("name", String.self),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    tenantID = try Int64.read(&row)
    name = try String.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, tenantID)
    row.set(2, name)
  }

  static func primaryKey(of record: Project) -> Int64 { record.id }
  static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Project
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Project, Int64> { Column(rowanSlot, 0) }
    var tenantID: Column<Project, Int64> { Column(rowanSlot, 1) }
    var name: Column<Project, String> { Column(rowanSlot, 2) }
    var primaryKey: Column<Project, Int64> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Project
    var id: Int64
    var name: String

    init(_ id: Int64, _ name: String) {
      self.id = id
      self.name = name
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, id)
      row.set(2, name)
    }
  }
}

/// Another one, which refers to the first without a foreign key: also to rows of other tenants.
struct Ticket: Hashable {
  let id: Int64
  var projectID: Int64
  var points: Int
  var tenantID: Int64
}

extension Ticket: KeyedTable {
  typealias Row = Ticket
  typealias AsNullable = Outer<Ticket>
  typealias PrimaryKey = Int64

  static let schema = TableSchema(
    "tickets",
    columns: [
      ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("project_id", property: "projectID", Int64.self),
      ColumnSchema("points", Int.self), ColumnSchema("tenant_id", property: "tenantID", Int64.self),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    id = try Int64.read(&row)
    projectID = try Int64.read(&row)
    points = try Int.read(&row)
    tenantID = try Int64.read(&row)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, id)
    row.set(1, projectID)
    row.set(2, points)
    row.set(3, tenantID)
  }

  static func primaryKey(of record: Ticket) -> Int64 { record.id }
  static func keyValues(_ key: Int64) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = Ticket
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<Ticket, Int64> { Column(rowanSlot, 0) }
    var projectID: Column<Ticket, Int64> { Column(rowanSlot, 1) }
    var points: Column<Ticket, Int> { Column(rowanSlot, 2) }
    var tenantID: Column<Ticket, Int64> { Column(rowanSlot, 3) }
    var primaryKey: Column<Ticket, Int64> { id }
  }

  struct Draft: TableDraft {
    typealias Model = Ticket
    var id: Int64
    var projectID: Int64
    var points: Int

    init(_ id: Int64, of project: Int64, points: Int) {
      self.id = id
      projectID = project
      self.points = points
    }

    func encode(into row: inout RowEncoder) {
      row.set(0, id)
      row.set(1, projectID)
      row.set(2, points)
    }
  }
}
