extension Database {
  /// Creates `tables` with their keys, constraints and indexes, referenced ones first. Columns with codecs get the type
  /// that is stored.
  ///
  /// For tests and small programs; a service that lives on uses migrations.
  /// - Throws: ``RowanError``; on engines without transactional DDL the tables before the failing one stay.
  public func createTables(_ tables: [any Table.Type], ifNotExists: Bool = false) async throws {
    let emitter = dialect.makeDDLEmitter()
    for table in TableOrder.referencedFirst(try tables.map { try core.stored($0.schema) }) {
      for sql in try emitter.createTable(table, ifNotExists: ifNotExists) { try await runDDL(sql) }
    }
  }

  /// Drops `tables`, referring ones first.
  public func dropTables(_ tables: [any Table.Type], ifExists: Bool = false) async throws {
    let emitter = dialect.makeDDLEmitter()
    for table in TableOrder.referencedFirst(tables.map { $0.schema }).reversed() {
      for sql in try emitter.dropTable(table, ifExists: ifExists) { try await runDDL(sql) }
    }
  }

  /// Runs one statement that the dialect's own DDL emitter wrote; it is not kept prepared.
  func runDDL(_ sql: String) async throws {
    try await core.run(core.oneOff(sql), label: context.label) { source in
      while try source.next() {}
    }
  }
}

/// The order in which tables can be created.
enum TableOrder {
  /// `tables` with every table after those it refers to; ties and cycles keep the given order.
  static func referencedFirst(_ tables: [TableSchema]) -> [TableSchema] {
    var placed: [TableSchema] = []
    var names: Set<String> = []
    var rest = tables
    while !rest.isEmpty {
      let waiting = Set(rest.map(\.name))
      let ready = rest.firstIndex { table in
        table.columns.allSatisfy { column in
          guard let target = column.references?.table, target != table.name else { return true }
          return names.contains(target) || !waiting.contains(target)
        }
      }
      let next = rest.remove(at: ready ?? 0)
      names.insert(next.name)
      placed.append(next)
    }
    return placed
  }
}
