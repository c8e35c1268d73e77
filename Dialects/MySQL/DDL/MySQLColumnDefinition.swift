internal import RowanCore

extension MySQLDDLEmitter {
  /// What a column is, from its name on. `ADD`, `MODIFY` and `CHANGE` take all of it: what they leave out is lost.
  /// - Parameters:
  ///   - isNullable: whether it admits `NULL`, where that is not what `column` says.
  ///   - statesCollation: whether its collation is stated even where it is the table's.
  func definition(
    of column: ColumnSnapshot, in table: TableSnapshot, isNullable: Bool? = nil, statesCollation: Bool = false
  ) throws -> String {
    var sql = "\(try dialect.quote(column.name)) \(try columnType(column, of: table))"
    if let collation = collation(of: column, in: table, stated: statesCollation) {
      sql += " COLLATE \(try dialect.quote(collation))"
    }
    if let computed = column.computed {
      if column.defaultValue != nil || column.identity != nil {
        throw unsupported("a default beside a computed value", column, of: table, alternative: "drop one of the two")
      }
      sql += try computedClause(computed, for: column)
      // https://mariadb.com/kb/en/generated-columns/
      if !column.isNullable, server.flavor == .mySQL { sql += " NOT NULL" }
    } else {
      if !(isNullable ?? column.isNullable) {
        sql += " NOT NULL"
      } else if MySQLStoredType(try columnType(column, of: table)).base == "timestamp" {
        // Without the word, servers before MariaDB 10.10 make such a column NOT NULL.
        // https://mariadb.com/kb/en/timestamp/#automatic-values
        sql += " NULL"
      }
      if column.identity != nil {
        if column.defaultValue != nil {
          throw unsupported("a default beside a generated value", column, of: table, alternative: "drop one of the two")
        }
        sql += try identityClause(column, of: table)
      } else if let value = column.defaultValue {
        sql += " DEFAULT \(try defaultExpression(value, for: column))"
      }
    }
    if let comment = column.comment { sql += " COMMENT \(MySQLStoredText.quoted(comment))" }
    return sql
  }

  private func collation(of column: ColumnSnapshot, in table: TableSnapshot, stated: Bool) -> String? {
    if let collation = column.collation { return MySQLCollation.name(collation) }
    return stated && isText(column, in: table) ? collation(of: table) : nil
  }

  /// Whether the column has a collation.
  func isText(_ column: ColumnSnapshot, in table: TableSnapshot) -> Bool {
    guard let type = try? columnType(column, of: table) else { return false }
    return ["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set"]
      .contains(MySQLStoredType(type).base)
  }
}
