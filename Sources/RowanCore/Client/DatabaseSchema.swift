extension Database {
  /// Creates `tables` with their keys, constraints and indexes, referenced ones first. Columns with codecs get the type
  /// that is stored. Foreign keys that close a circle of tables are made once all tables are there.
  ///
  /// For tests and small programs; a service that lives on uses migrations.
  /// - Parameters:
  ///   - tables: in any order.
  ///   - ifNotExists: whether tables that are there are left as they are. Indexes they lack, and foreign keys that close
  ///     a circle, are made; on MySQL, which has no `CREATE INDEX IF NOT EXISTS`, an index that is there is an error.
  /// - Throws: ``RowanError``; the tables before the failing one stay.
  public func createTables(_ tables: [any Table.Type], ifNotExists: Bool = false) async throws {
    let emitter = dialect.makeDDLEmitter()
    let isHoisting = dialect.capabilities.alterForeignKeys
    var whole = try tables.map { try TableSnapshot(core.stored($0.schema), names: emitter.names) }
    var order = CreationOrder(whole, isHoisting: isHoisting)
    if isHoisting, order.isCircular {
      // The type of a column may depend on the keys it is in, those made later included.
      whole = try emitter.normalize(SchemaSnapshot(dialect: dialect.name, tables: whole)).tables
      order = CreationOrder(whole, isHoisting: true)
    }
    let creations = try order.tables.flatMap { try emitter.createTable($0, ifNotExists: ifNotExists) }
    let keys = try statements(for: order.keyAdditions, from: order.tables, to: whole, emitter)
    for sql in creations { try await runDDL(sql) }
    for key in try await ifNotExists ? due(keys, whole) : keys { try await runDDL(key.sql) }
  }

  /// Drops `tables`, referring ones first. Where tables refer to each other in a circle, the foreign keys that close it
  /// go before.
  /// - Throws: ``RowanError``; the tables before the failing one are gone. Of a circle, none is on PostgreSQL and SQLite;
  ///   on MariaDB and MySQL the keys that close it are gone as well. SQLite checks all of the database's foreign keys
  ///   before it lets a circle go.
  public func dropTables(_ tables: [any Table.Type], ifExists: Bool = false) async throws {
    let emitter = dialect.makeDDLEmitter()
    let isHoisting = dialect.capabilities.alterForeignKeys
    let whole = try tables.map { try TableSnapshot($0.schema, names: emitter.names) }
    let order = CreationOrder(whole, isHoisting: isHoisting)
    let drops = try order.tables.reversed().flatMap { try emitter.dropTable($0.name, ifExists: ifExists) }
    // An engine that cannot drop foreign keys alone looks away until all tables are gone.
    if order.isCircular, !isHoisting { return try await runTogether(drops, emitter.migrationHooks(for: drops)) }
    let keys = try statements(for: order.keyDrops, from: whole, to: order.tables, emitter)
    let all = try await (ifExists ? due(keys, whole) : keys).map(\.sql) + drops
    // A key that is gone while its tables stay would be missed by nobody.
    if !keys.isEmpty, dialect.capabilities.transactionalDDL { return try await runTogether(all, MigrationHooks()) }
    for sql in all { try await runDDL(sql) }
  }

  /// Runs one statement that the dialect's own DDL emitter wrote; it is not kept prepared.
  func runDDL(_ sql: String) async throws {
    try await core.run(core.oneOff(sql), label: context.label) { source in
      while try source.next() {}
    }
  }

  private func statements(
    for changes: [SchemaChange], from before: [TableSnapshot], to after: [TableSnapshot], _ emitter: any DDLEmitter
  ) throws -> [SchemaStatement] {
    // A dialect that changes no tables is not asked.
    if changes.isEmpty { return [] }
    return try emitter.statements(
      for: changes, from: SchemaSnapshot(dialect: dialect.name, tables: before),
      to: SchemaSnapshot(dialect: dialect.name, tables: after), options: DDLOptions())
  }

  /// Those of `statements` about `tables` whose outcome is not there yet.
  private func due(_ statements: [SchemaStatement], _ tables: [TableSnapshot]) async throws -> [SchemaStatement] {
    if statements.isEmpty { return [] }
    let options = IntrospectionOptions(namespaces: Array(Set(tables.compactMap(\.name.namespace))))
    let found = try await dialect.makeIntrospector().introspect(self, options).schema
    return statements.filter { statement in
      statement.facts.isEmpty || !statement.facts.allSatisfy { $0.holds(in: found) }
    }
  }

  /// Runs statements of the dialect's own DDL emitter in one transaction.
  private func runTogether(_ statements: [String], _ hooks: MigrationHooks) async throws {
    try await withSchemaSession { session in
      try await session.transaction(hooks: hooks) { hooked in
        for sql in statements { try await hooked.run(text: sql) }
      }
    }
  }
}
