import RowanCore

/// Which namespaces are read, and how what is found in them is called.
struct CatalogScope: Sendable {
  /// The version that keeps expressions in the form read.
  let version: String
  /// The namespace of objects that state none.
  let defaultNamespace: String
  /// The namespaces that are read, the default one among them.
  let namespaces: [String]

  static func read(_ executor: some QueryExecutor, _ options: IntrospectionOptions) async throws -> CatalogScope {
    let rows = try await SQL(
      """
      SELECT (current_setting('server_version_num')::integer / 10000)::text,
        coalesce(current_schema()::text, 'public'), n.nspname::text
      FROM pg_catalog.pg_namespace n
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
      ORDER BY n.nspname
      """
    ).as(String.self, String.self, String.self).fetchAll(executor)
    guard let first = rows.first else {
      throw RowanError(
        .unknownTable, "the database has no namespace to read", hint: "create one: CREATE SCHEMA public")
    }
    let wanted = options.namespaces.map { Set($0).union([first.1]) }
    return CatalogScope(
      version: first.0, defaultNamespace: first.1,
      namespaces: rows.map(\.2).filter { wanted?.contains($0) ?? true })
  }

  /// The name of an object in `namespace`.
  func object(_ namespace: String, _ name: String) -> ObjectName {
    ObjectName(name, namespace: namespace == defaultNamespace ? nil : namespace)
  }

  /// An expression as the server wrote it out.
  func expression(_ text: String) -> SchemaExpression {
    let plain = SettledExpression.settled(SQLText.unwrapped(text))
    return SchemaExpression(plain, canonical: canonical(plain))
  }

  /// The server's own form of an expression. It changes with major versions.
  func canonical(_ text: String) -> CanonicalSQL {
    CanonicalSQL(engine: "postgres", version: version, text: text)
  }

  func extensions(_ executor: some QueryExecutor) async throws -> [String] {
    try await SQL("SELECT extname::text FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")
      .as(String.self).fetchAll(executor)
  }

  func enums(_ executor: some QueryExecutor) async throws -> [EnumSnapshot] {
    let rows = try await SQL(
      """
      SELECT n.nspname::text, t.typname::text,
        ARRAY(
          SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder),
        pg_catalog.obj_description(t.oid, 'pg_type')
      FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
      WHERE t.typtype = 'e' AND n.nspname = ANY (\(namespaces)::text[])
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
      """
    ).as(String.self, String.self, [String].self, String?.self).fetchAll(executor)
    return rows.map { EnumSnapshot(object($0.0, $0.1), values: $0.2, comment: $0.3) }
  }

  func views(_ executor: some QueryExecutor) async throws -> [ViewSnapshot] {
    let rows = try await SQL(
      """
      SELECT n.nspname::text, c.relname::text, pg_catalog.pg_get_viewdef(c.oid), c.relkind = 'm',
        pg_catalog.obj_description(c.oid, 'pg_class')
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND n.nspname = ANY (\(namespaces)::text[])
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      """
    ).as(String.self, String.self, String.self, Bool.self, String?.self).fetchAll(executor)
    return rows.map { row in
      let query = SettledExpression.settled(row.2.withoutSemicolon)
      return ViewSnapshot(
        object(row.0, row.1), query: SchemaExpression(query, canonical: canonical(query)), isMaterialized: row.3,
        comment: row.4)
    }
  }
}
