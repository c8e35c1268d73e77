import RowanCore

/// Reads the schema of a SQLite database in two queries.
///
/// Names of constraints, CHECKs, computed values and collations are nowhere but in the texts of `sqlite_schema`
/// <https://sqlite.org/schematab.html>. What SQLite itself makes of them is asked too: a table whose columns are others
/// than those read from its text is reported, not guessed at.
struct SQLiteIntrospector: SchemaIntrospector {
  let dialect: SQLiteDialect

  func introspect(
    _ executor: some QueryExecutor, _ options: IntrospectionOptions
  ) async throws -> IntrospectedSchema {
    // Objects of SQLite's own begin with this prefix, and no others may.
    let rows = try await SQL(
      """
      SELECT s.type, s.name, s.tbl_name, s.sql, l.type FROM main.sqlite_schema AS s
      LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name AND s.type IN ('table', 'view')
      WHERE s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid
      """
    ).as(String.self, String.self, String.self, String?.self, String?.self).fetchAll(executor)
    let columns = try await SQL(
      """
      SELECT s.name, c.name FROM main.sqlite_schema AS s JOIN pragma_table_xinfo(s.name, 'main') AS c
      WHERE s.type = 'table' AND upper(s.sql) NOT LIKE 'CREATE VIRTUAL%' ORDER BY s.rowid, c.cid
      """
    ).as(String.self, String.self).fetchAll(executor)
    var byTable: [String: [String]] = [:]
    for (table, column) in columns { byTable[table, default: []].append(column) }
    let excluded = Set(options.excludedTables.map(\.name))
    var texts = SchemaTexts(dialect: dialect, names: dialect.makeDDLEmitter().names)
    return texts.schema(
      rows.filter { !excluded.contains($0.2) && !excluded.contains($0.1) }.map {
        SchemaTexts.Row(type: $0.0, name: $0.1, table: $0.2, sql: $0.3, kind: $0.4)
      }, columns: byTable)
  }
}
