import RowanCore

/// https://www.postgresql.org/docs/current/catalog-pg-constraint.html
extension TableCatalog {
  mutating func readConstraints(_ executor: some QueryExecutor) async throws {
    let rows = try await SQL(
      """
      SELECT n.nspname::text, c.relname::text, k.conname::text, k.contype::text,
        ARRAY(
          SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS p (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = p.number ORDER BY p.place),
        fn.nspname::text, f.relname::text,
        ARRAY(
          SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS p (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = p.number ORDER BY p.place),
        k.confdeltype::text || k.confupdtype::text
          || CASE WHEN k.condeferred THEN 'd' WHEN k.condeferrable THEN 'i' ELSE '' END,
        pg_catalog.pg_get_expr(k.conbin, k.conrelid)
      FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
      LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
      WHERE c.relkind = 'r' AND k.contype IN ('p', 'u', 'c', 'f') AND n.nspname = ANY (\(scope.namespaces)::text[])
      ORDER BY c.oid, k.conname
      """
    ).as(
      String.self, String.self, String.self, String.self, [String].self, String?.self, String?.self, [String].self,
      String.self, String?.self
    ).fetchAll(executor)
    for row in rows {
      let table = scope.object(row.0, row.1)
      switch row.3 {
      case "p": tables[table]?.primaryKey = PrimaryKeySnapshot(name: row.2, columns: row.4)
      case "u": tables[table]?.uniques.append(UniqueSnapshot(row.2, columns: row.4))
      case "c":
        let check = CheckSnapshot(row.2, scope.expression(row.9 ?? ""))
        tables[table]?.checks.append(check)
      default:
        guard let namespace = row.5, let target = row.6 else { continue }
        let code = Array(row.8)
        let key = ForeignKeySnapshot(
          row.2, columns: row.4, target: scope.object(namespace, target), targetColumns: row.7,
          onDelete: action(code.first), onUpdate: action(code.dropFirst().first),
          deferral: code.count < 3 ? .immediate : code.last == "d" ? .deferred : .deferrable)
        tables[table]?.foreignKeys.append(key)
      }
    }
  }

  private func action(_ code: Character?) -> ForeignKeyAction {
    switch code {
    case "r": .restrict
    case "c": .cascade
    case "n": .setNull
    case "d": .setDefault
    default: .noAction
    }
  }
}
