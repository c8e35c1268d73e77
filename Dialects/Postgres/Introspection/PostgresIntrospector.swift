import RowanCore

/// Reads the schema of a database from `pg_catalog`, in a fixed number of queries.
///
/// Objects of extensions are left out, the extensions themselves are not.
/// https://www.postgresql.org/docs/current/catalogs.html
struct PostgresIntrospector: SchemaIntrospector {
  func introspect(_ executor: some QueryExecutor, _ options: IntrospectionOptions) async throws -> IntrospectedSchema {
    let scope = try await CatalogScope.read(executor, options)
    var tables = TableCatalog(scope: scope)
    try await tables.readTables(executor)
    try await tables.readColumns(executor)
    try await tables.readConstraints(executor)
    try await tables.readIndexes(executor)
    let found = tables.tables.values.filter { !options.excludedTables.contains($0.name) }
    let enums = try await scope.enums(executor)
    let views = try await scope.views(executor).filter { !options.excludedTables.contains($0.name) }
    let bare = found.filter(\.columns.isEmpty).map { table in
      UnrepresentedObject(kind: "table", name: "\(table.name)", reason: "it has no columns, and is left out")
    }
    let unrepresented = try await UnrepresentedCatalog(scope: scope).read(executor) + bare
    // `public` is in every database, wanted or not.
    let used =
      Set(found.compactMap(\.name.namespace)).union(enums.compactMap(\.name.namespace))
      .union(views.compactMap(\.name.namespace))
    let namespaces = scope.namespaces.filter {
      $0 != scope.defaultNamespace && ($0 != "public" || used.contains($0))
    }
    let schema = SchemaSnapshot(
      dialect: "postgres", namespaces: namespaces, extensions: try await scope.extensions(executor), enums: enums,
      tables: found.filter { !$0.columns.isEmpty }, views: views)
    return IntrospectedSchema(schema, unrepresented: unrepresented)
  }
}
