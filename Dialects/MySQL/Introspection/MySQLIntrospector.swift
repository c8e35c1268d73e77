internal import RowanCore

/// Reads the schema of the connection's database.
struct MySQLIntrospector: SchemaIntrospector {
  let flavor: MySQLDialect.Flavor

  func introspect(
    _ executor: some QueryExecutor, _ options: IntrospectionOptions
  ) async throws -> IntrospectedSchema {
    let dialect = executor.dialect as? MySQLDialect ?? MySQLDialect(flavor: flavor)
    let catalog = try await MySQLCatalog(executor, flavor: dialect.flavor)
    let excluded = Set(options.excludedTables.map(\.name))
    var reader = MySQLTableReader(catalog: catalog, emitter: MySQLDDLEmitter(dialect))
    var tables: [TableSnapshot] = []
    for row in catalog.tables where !excluded.contains(row.name) {
      if let table = reader.table(row) { tables.append(table) }
    }
    let views = catalog.views.filter { !excluded.contains($0.name) }.compactMap { reader.view($0) }
    let programs = catalog.programs.filter { program in
      !(program.kind == "trigger" && excluded.contains { program.name.hasPrefix("\($0).") })
    }
    let schema = SchemaSnapshot(dialect: dialect.name, tables: tables, views: views)
    return IntrospectedSchema(
      schema, unrepresented: reader.unrepresented + programs + MySQLReplacedText.found(in: schema))
  }
}
