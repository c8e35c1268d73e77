import RowanCore

/// https://www.postgresql.org/docs/current/catalog-pg-index.html
extension TableCatalog {
  /// Indexes of constraints are left out, and so are those that a build cut short left invalid.
  ///
  /// Each element comes with a word: `c` for a column, `e` for an expression, `i` for an included column, then the
  /// order's bits.
  mutating func readIndexes(_ executor: some QueryExecutor) async throws {
    let rows = try await SQL(
      """
      SELECT n.nspname::text, c.relname::text, x.relname::text, i.indisunique, m.amname::text,
        pg_catalog.pg_get_expr(i.indpred, i.indrelid), e.names, e.kinds, e.classes, e.collations
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
      JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_am m ON m.oid = x.relam
      CROSS JOIN LATERAL (
        SELECT
          array_agg(coalesce(a.attname::text, pg_catalog.pg_get_indexdef(i.indexrelid, p, false)) ORDER BY p) AS names,
          array_agg(
            CASE WHEN p > i.indnkeyatts THEN 'i'
              ELSE CASE WHEN a.attname IS NULL THEN 'e' ELSE 'c' END || i.indoption[p - 1]::text END
            ORDER BY p) AS kinds,
          array_agg(
            CASE WHEN o.oid IS NULL OR o.opcdefault THEN ''
              WHEN pg_catalog.pg_opclass_is_visible(o.oid) THEN quote_ident(o.opcname)
              ELSE quote_ident(q.nspname) || '.' || quote_ident(o.opcname) END ORDER BY p) AS classes,
          array_agg(
            CASE WHEN l.oid IS NULL OR l.oid = a.attcollation THEN ''
              WHEN a.attname IS NULL AND strpos(
                replace(
                  pg_catalog.pg_get_indexdef(i.indexrelid), pg_catalog.pg_get_indexdef(i.indexrelid, p, false), ''),
                ' COLLATE ' || quote_ident(l.collname)) = 0 THEN ''
              ELSE l.collname::text END ORDER BY p) AS collations
        FROM generate_series(1, i.indnatts) AS p
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[p - 1] AND a.attnum <> 0
        LEFT JOIN pg_catalog.pg_opclass o ON p <= i.indnkeyatts AND o.oid = i.indclass[p - 1]
        LEFT JOIN pg_catalog.pg_namespace q ON q.oid = o.opcnamespace
        LEFT JOIN pg_catalog.pg_collation l ON p <= i.indnkeyatts AND l.oid = i.indcollation[p - 1]
      ) e
      WHERE c.relkind = 'r' AND i.indisvalid AND n.nspname = ANY (\(scope.namespaces)::text[])
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_constraint k
          WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
      """
    ).as(
      String.self, String.self, String.self, Bool.self, String.self, String?.self, [String].self, [String].self,
      [String].self, [String].self
    ).fetchAll(executor)
    for row in rows {
      var index = IndexSnapshot(
        row.2, elements: [], isUnique: row.3, predicate: row.5.map { scope.expression($0) },
        method: row.4 == "btree" ? nil : row.4)
      for ((name, kind), (operators, collation)) in zip(zip(row.6, row.7), zip(row.8, row.9)) {
        if kind == "i" {
          index.including.append(name)
          continue
        }
        var element =
          kind.hasPrefix("c")
          ? IndexElement(column: name) : IndexElement(expression: scope.expression(name))
        let bits = Int(kind.dropFirst()) ?? 0
        element.isDescending = bits & 1 != 0
        let nullsFirst = bits & 2 != 0
        if nullsFirst != element.isDescending { element.nulls = nullsFirst ? .first : .last }
        element.operatorClass = operators.isEmpty ? nil : operators
        element.collation = collation.isEmpty ? nil : collation
        index.elements.append(element)
      }
      let name = scope.object(row.0, row.1)
      tables[name]?.indexes.append(index)
      tables[name]?.sort()
    }
  }
}
