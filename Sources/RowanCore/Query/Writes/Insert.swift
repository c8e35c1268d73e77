/// An INSERT of one or many rows, as a value.
/// ```swift
/// let user = try await User.insert(.init(email: "a@b.c")).returning().fetchOne(db)
/// // INSERT INTO "users" ("email") VALUES (?) RETURNING "id", "email", …
/// ```
/// Many rows go in batches of a fixed size, or as one array per column, as suits the engine; all or none of them.
public struct Insert<T: Table>: Runnable {
  /// The rows.
  public let rows: [T.Draft]
  /// What happens where a row exists already.
  public var conflict: Conflict?

  @inlinable init(_ rows: [T.Draft]) { self.rows = rows }

  /// The statement, where there is one row.
  @inlinable var single: Statement? {
    guard rows.count == 1 else { return nil }
    var row = RowEncoder()
    row.columns.reserveCapacity(T.schema.columns.count)
    row.values.reserveCapacity(T.schema.columns.count)
    rows[0].encode(into: &row)
    // One that is not even is refused with the plan.
    guard row.columns.count == row.values.count else { return nil }
    var insert = InsertStatement(table: T.schema, columns: row.columns, source: .values(row.values, rows: 1))
    insert.conflict = conflict
    return .insert(insert)
  }

  /// The statements, by the columns that rows set.
  @inlinable var plan: InsertPlan {
    InsertPlan(T.schema, InsertRows(rows, width: T.schema.columns.count), conflict)
  }

  /// Where a row exists already, by any unique key, it stays as it is.
  ///
  /// ``WriteResult/affectedRows`` counts the inserted rows; MySQL and MariaDB count those that stayed too.
  public consuming func ignoringConflicts() -> Insert {
    conflict = Conflict(target: [], action: .ignore)
    return self
  }

  /// Where a row with the same `target` exists already, it is changed (upsert).
  ///
  /// SQL: `ON CONFLICT (target) DO UPDATE SET …`; on MySQL and MariaDB `ON DUPLICATE KEY UPDATE …`, where any unique
  /// key decides.
  /// - Parameters:
  ///   - target: the unique column, or the columns that are unique together: `{ ($0.tenant, $0.email) }`.
  ///   - changes: what is set; the second argument is the row that could not be inserted.
  public consuming func onConflict<each V>(
    _ target: (T.Columns) -> (repeat Column<T, each V>),
    update changes: (inout Changes<T.Columns>, ExcludedRow<T.Columns>) -> Void
  ) -> Insert {
    let columns = T.Columns(Slot(0))
    var decisive: ContiguousArray<UInt16> = []
    for column in repeat each target(columns) { decisive.append(column.ref.column) }
    var set = Changes(rowanColumns: columns)
    Scope.inside(0) { changes(&set, ExcludedRow(rowanColumns: columns)) }
    conflict = Conflict(target: decisive, action: .update(set.rowanAssignments))
    return self
  }

  /// The inserted rows, as stored.
  ///
  /// SQL: `… RETURNING`. On engines without it, each row is inserted alone and read back by its key, inside a
  /// transaction: two statements a row.
  public func returning() -> InsertReturning<T> { InsertReturning(self) }

  /// Runs the insert.
  @discardableResult @inlinable public func run(_ db: some QueryExecutor) async throws -> WriteResult {
    if let hooks = T.rowanHooks { return try await run(db, hooks) }
    return try await send(db)
  }

  @inlinable func send(_ db: some QueryExecutor) async throws -> WriteResult {
    if let single { return try await db.runStatement(single) }
    return try await plan.run(db)
  }
}

/// The row that an upsert could not insert: `excluded` in SQL.
@dynamicMemberLookup public struct ExcludedRow<C: TableColumns> {
  @usableFromInline let rowanColumns: C
  @inlinable init(rowanColumns: C) { self.rowanColumns = rowanColumns }

  /// The value that could not be inserted.
  @inlinable @inline(__always)
  public subscript<V>(dynamicMember member: KeyPath<C, Column<C.Root, V>>) -> Computed<V> {
    Computed(.node(.excluded(rowanColumns[keyPath: member].ref.column)))
  }
}

extension Table {
  /// Inserts one row.
  @inlinable public static func insert(_ draft: Draft) -> Insert<Self> { Insert([draft]) }
  // Disfavoured, or `insert(.init())`, a row of defaults, would be an empty array and insert nothing.
  /// Inserts many rows, all or none of them.
  @_disfavoredOverload @inlinable public static func insert(_ drafts: [Draft]) -> Insert<Self> { Insert(drafts) }
}
