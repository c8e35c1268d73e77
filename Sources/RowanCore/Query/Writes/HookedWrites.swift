// Writes of models with hooks. The hooks of all rows have run before the first row is sent.

extension Insert {
  /// The insert with the drafts that the model's hooks made of its own.
  @usableFromInline func hooked(_ hooks: ModelHookSet<T>) throws -> Insert {
    var rows = rows
    for index in rows.indices { try hooks.willInsert(&rows[index]) }
    var insert = Insert(rows)
    insert.conflict = conflict
    return insert
  }

  /// Tells the model that its drafts have been written.
  @usableFromInline func tell(_ hooks: ModelHookSet<T>) {
    for row in rows { if conflict == nil { hooks.didInsert(row) } else { hooks.didUpsert(row) } }
  }

  @usableFromInline func run(_ db: some QueryExecutor, _ hooks: ModelHookSet<T>) async throws -> WriteResult {
    let insert = try hooked(hooks)
    let result = try await insert.send(db)
    insert.tell(hooks)
    return result
  }
}

extension InsertReturning {
  func fetchAll(_ db: some QueryExecutor, _ hooks: ModelHookSet<T>) async throws -> [T] {
    let insert = try insert.hooked(hooks)
    let rows = try await InsertReturningPlan<T>(insert).fetchAll(db)
    insert.tell(hooks)
    return rows
  }
}

extension RecordUpdate {
  @usableFromInline func run(_ db: some QueryExecutor, _ hooks: ModelHookSet<T>) async throws -> WriteResult {
    if try changes().isEmpty { return WriteResult(affectedRows: 0) }
    var changed = self
    try hooks.willUpdate(&changed.record)
    try T.checkKey(of: changed.record, is: record)
    let result = try await changed.send(db)
    // The hook may have taken back what made the difference.
    if result.affectedRows > 0 { hooks.didUpdate(changed.record) }
    return result
  }
}

extension RecordSave {
  @usableFromInline func run(_ db: some QueryExecutor, _ hooks: ModelHookSet<T>) async throws -> WriteResult {
    var changed = self
    try hooks.willSave(&changed.record)
    try T.checkKey(of: changed.record, is: record)
    let result = try await changed.send(db)
    hooks.didSave(changed.record)
    return result
  }
}

extension RecordDelete {
  @usableFromInline func run(_ db: some QueryExecutor, _ hooks: ModelHookSet<T>) async throws -> WriteResult {
    try hooks.willDelete(record)
    let result = try await send(db)
    if result.affectedRows > 0 { hooks.didDelete(record) }
    return result
  }
}

extension KeyedTable {
  fileprivate static func checkKey(of changed: Self, is original: Self) throws {
    if primaryKey(of: changed) == primaryKey(of: original) { return }
    throw RowanError(
      .hookFailed, "a hook of '\(schema.name)' changed the key of the record to write",
      hint: "the row is found by its key; leave it as it is", server: ServerReport(table: schema.name))
  }
}
