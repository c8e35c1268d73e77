import RowanCore

/// The row of ``AppliedMigration`` as a table.
struct MigrationRow: Sendable {
  var migration: AppliedMigration
}

extension MigrationRow: KeyedTable {
  typealias Row = MigrationRow
  typealias AsNullable = Outer<MigrationRow>
  typealias PrimaryKey = String

  static let schema = TableSchema(
    "rowan_migrations",
    columns: [
      ColumnSchema("id", String.self, .primaryKey, .varchar(14)),
      ColumnSchema("name", String.self, .varchar(MigrationName.maxBytes)),
      ColumnSchema("hash", String.self, .varchar(64)),
      ColumnSchema("batch", Int.self),
      ColumnSchema("applied_at", Timestamp?.self),
      ColumnSchema("direction", String.self, .varchar(4)),
      ColumnSchema("statements_applied", Int.self),
      ColumnSchema("statements_total", Int.self),
      ColumnSchema("statement_underway", Int?.self),
      ColumnSchema("partial_hash", String?.self, .varchar(64)),
      ColumnSchema("started_at", Timestamp.self),
      ColumnSchema("finished_at", Timestamp?.self),
      ColumnSchema("error", String?.self),
      ColumnSchema("tool_version", String.self, .varchar(32)),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    let id = try String.read(&row), name = try String.read(&row), hash = try String.read(&row)
    let batch = try Int.read(&row), appliedAt = try Timestamp?.read(&row), direction = try String.read(&row)
    let applied = try Int.read(&row), total = try Int.read(&row), underway = try Int?.read(&row)
    let partial = try String?.read(&row), started = try Timestamp.read(&row), finished = try Timestamp?.read(&row)
    let error = try String?.read(&row), tool = try String.read(&row)
    guard let direction = MigrationDirection(rawValue: direction) else {
      throw row.invalid("neither up nor down")
    }
    migration = AppliedMigration(
      id: id, name: name, hash: hash, batch: batch, appliedAt: appliedAt, direction: direction,
      statementsApplied: applied, statementsTotal: total, partialHash: partial, startedAt: started,
      finishedAt: finished, error: error, toolVersion: tool)
    migration.underway = underway
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, migration.id)
    row.set(1, migration.name)
    row.set(2, migration.hash)
    row.set(3, migration.batch)
    row.set(4, migration.appliedAt)
    row.set(5, migration.direction.rawValue)
    row.set(6, migration.statementsApplied)
    row.set(7, migration.statementsTotal)
    row.set(8, migration.underway)
    row.set(9, migration.partialHash)
    row.set(10, migration.startedAt)
    row.set(11, migration.finishedAt)
    row.set(12, migration.error)
    row.set(13, migration.toolVersion)
  }

  static func primaryKey(of record: MigrationRow) -> String { record.migration.id }
  static func keyValues(_ key: String) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = MigrationRow
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<MigrationRow, String> { Column(rowanSlot, 0) }
    var primaryKey: Column<MigrationRow, String> { id }
  }

  struct Draft: TableDraft {
    typealias Model = MigrationRow
    var row: MigrationRow
    func encode(into encoder: inout RowEncoder) { row.encode(into: &encoder) }
  }
}
