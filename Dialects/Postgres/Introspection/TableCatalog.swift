import RowanCore

/// The tables of a database, put together from the catalogs one kind of part after the other.
struct TableCatalog {
  let scope: CatalogScope
  /// What has been read.
  var tables: [ObjectName: TableSnapshot] = [:]

  init(scope: CatalogScope) { self.scope = scope }

  /// Partitioned tables and their partitions are left to ``UnrepresentedCatalog``.
  mutating func readTables(_ executor: some QueryExecutor) async throws {
    let rows = try await SQL(
      """
      SELECT n.nspname::text, c.relname::text, c.relpersistence = 'u', coalesce(c.reloptions, '{}')::text[],
        ARRAY(SELECT 'toast.' || o FROM unnest(t.reloptions) AS o)::text[],
        pg_catalog.obj_description(c.oid, 'pg_class')
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid
      WHERE c.relkind = 'r' AND NOT c.relispartition AND n.nspname = ANY (\(scope.namespaces)::text[])
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
      """
    ).as(String.self, String.self, Bool.self, [String].self, [String].self, String?.self).fetchAll(executor)
    for row in rows {
      let name = scope.object(row.0, row.1)
      var options: [String: String] = row.2 ? ["unlogged": "true"] : [:]
      for option in row.3 + row.4 {
        let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        options[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
      }
      tables[name] = TableSnapshot(name, comment: row.5, columns: [], options: options)
    }
  }

  /// A column is `serial` when its default takes numbers from a sequence that it owns.
  mutating func readColumns(_ executor: some QueryExecutor) async throws {
    let rows = try await SQL(
      """
      SELECT n.nspname::text, c.relname::text, a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod),
        a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid),
        CASE WHEN a.attidentity <> '' THEN a.attidentity::text
          WHEN a.attgenerated <> '' THEN 'g' || a.attgenerated::text
          WHEN a.attnotnull AND a.atttypid IN (
              'smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
            AND pg_catalog.pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%::regclass)'
            AND EXISTS (
              SELECT FROM pg_catalog.pg_depend own JOIN pg_catalog.pg_depend use
                ON use.refclassid = own.classid AND use.refobjid = own.objid
                AND use.classid = 'pg_catalog.pg_attrdef'::regclass AND use.objid = d.oid
              WHERE own.classid = 'pg_catalog.pg_class'::regclass AND own.deptype = 'a'
                AND own.refclassid = 'pg_catalog.pg_class'::regclass AND own.refobjid = a.attrelid
                AND own.refobjsubid = a.attnum) THEN 's'
          ELSE '' END,
        CASE WHEN a.attcollation <> t.typcollation THEN (
          SELECT l.collname::text FROM pg_catalog.pg_collation l WHERE l.oid = a.attcollation) END,
        pg_catalog.col_description(c.oid, a.attnum)
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.relkind = 'r' AND NOT c.relispartition AND n.nspname = ANY (\(scope.namespaces)::text[])
        AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY c.oid, a.attnum
      """
    ).as(
      String.self, String.self, String.self, String.self, Bool.self, String?.self, String.self, String?.self,
      String?.self
    ).fetchAll(executor)
    for row in rows {
      var column = ColumnSnapshot(
        row.2, PostgresTypeName.logical(row.3), isNullable: !row.4, collation: row.7, comment: row.8)
      switch row.6 {
      case "a": column.identity = .always
      case "d": column.identity = .byDefault
      case "s": column.identity = .serial
      case "gs", "gv":
        column.computed = row.5.map { ComputedSnapshot(scope.expression($0), isStored: row.6 == "gs") }
      default:
        column.defaultValue = row.5.flatMap { text in
          PostgresDefault(type: column.type).read(text) { scope.canonical($0) }
        }
      }
      tables[scope.object(row.0, row.1)]?.columns.append(column)
    }
  }
}
