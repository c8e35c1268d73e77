import RowanCore

/// The only row of `rowan_migrations_lock`.
struct LockRow: Sendable {
  static let onlyKey = 1

  var holder: LockHolder?

  init(holder: LockHolder? = nil) { self.holder = holder }
}

extension LockRow: KeyedTable {
  typealias Row = LockRow
  typealias AsNullable = Outer<LockRow>
  typealias PrimaryKey = Int

  static let schema = TableSchema(
    "rowan_migrations_lock",
    columns: [
      ColumnSchema("id", Int.self, .primaryKey),
      ColumnSchema("owner", String?.self, .varchar(64)),
      ColumnSchema("host", String?.self, .varchar(255)),
      ColumnSchema("pid", Int?.self),
      ColumnSchema("acquired_at", Timestamp?.self),
      ColumnSchema("expires_at", Timestamp?.self),
    ])

  init(row: inout RowReader) throws(DecodeFailure) {
    _ = try Int.read(&row)
    let owner = try String?.read(&row), host = try String?.read(&row), pid = try Int?.read(&row)
    let acquired = try Timestamp?.read(&row), expires = try Timestamp?.read(&row)
    guard let owner, let acquired, let expires else { return }
    holder = LockHolder(
      owner: MigrationOwner(id: owner, host: host ?? "", pid: pid ?? 0), acquiredAt: acquired, expiresAt: expires)
  }

  func encode(into row: inout RowEncoder) {
    row.set(0, Self.onlyKey)
    row.set(1, holder?.owner.id)
    row.set(2, holder?.owner.host)
    row.set(3, holder?.owner.pid)
    row.set(4, holder?.acquiredAt)
    row.set(5, holder?.expiresAt)
  }

  static func primaryKey(of record: LockRow) -> Int { onlyKey }
  static func keyValues(_ key: Int) -> ContiguousArray<SQLValue> { [key.sqlValue] }

  struct Columns: HasPrimaryKey {
    typealias Root = LockRow
    let rowanSlot: Slot
    init(_ slot: Slot) { rowanSlot = slot }
    var id: Column<LockRow, Int> { Column(rowanSlot, 0) }
    var owner: Column<LockRow, String?> { Column(rowanSlot, 1) }
    var host: Column<LockRow, String?> { Column(rowanSlot, 2) }
    var pid: Column<LockRow, Int?> { Column(rowanSlot, 3) }
    var acquiredAt: Column<LockRow, Timestamp?> { Column(rowanSlot, 4) }
    var expiresAt: Column<LockRow, Timestamp?> { Column(rowanSlot, 5) }
    var primaryKey: Column<LockRow, Int> { id }
  }

  struct Draft: TableDraft {
    typealias Model = LockRow
    var row = LockRow()
    func encode(into encoder: inout RowEncoder) { row.encode(into: &encoder) }
  }
}

extension LockRow {
  /// Takes the lock of `owner` for longer.
  /// - Returns: whether `owner` still had it.
  static func renew(
    _ owner: MigrationOwner, until expiry: Timestamp, _ executor: some QueryExecutor
  ) async throws -> Bool {
    try await LockRow.update { $0.expiresAt = expiry }
      .where { $0.id == LockRow.onlyKey && $0.owner == owner.id }.run(executor).affectedRows == 1
  }

  /// When a lease that is taken now ends.
  static func expiry(_ now: Timestamp, _ lease: Duration) throws(RowanError) -> Timestamp {
    let microseconds = lease.components.seconds.multipliedReportingOverflow(by: 1_000_000)
    let until = now.microseconds.addingReportingOverflow(microseconds.partialValue)
    guard !microseconds.overflow, !until.overflow else {
      throw RowanError(.invalidConfiguration, "the lease of the migrations' lock is too long", hint: "make it a minute")
    }
    return Timestamp(microseconds: until.partialValue)
  }

  /// The error of a runner that is no longer the holder.
  static func lost(to holder: LockHolder?) -> RowanError {
    RowanError(
      .migrationLockLost,
      "the lock of the migrations was lost during the run; it is held by \(holder.map { "\($0)" } ?? "nobody")",
      hint: "see what status says before running again; a proxy that shares connections needs a session of its own")
  }
}
