import RowanCore

/// https://www.postgresql.org/docs/current/sql-comment.html
extension PostgresDDLEmitter {
  func commentOn(table: ObjectName, _ comment: String?) throws -> String {
    "COMMENT ON TABLE \(try qualifiedName(table)) IS \(try text(comment))"
  }

  func commentOn(column: String, of table: ObjectName, _ comment: String?) throws -> String {
    "COMMENT ON COLUMN \(try qualifiedName(table)).\(try dialect.quote(column)) IS \(try text(comment))"
  }

  func commentOn(type: ObjectName, _ comment: String?) throws -> String {
    "COMMENT ON TYPE \(try qualifiedName(type)) IS \(try text(comment))"
  }

  func commentOn(view: ViewSnapshot, _ comment: String?) throws -> String {
    let word = view.isMaterialized ? "MATERIALIZED VIEW" : "VIEW"
    return "COMMENT ON \(word) \(try qualifiedName(view.name)) IS \(try text(comment))"
  }

  private func text(_ comment: String?) throws -> String {
    guard let comment else { return "NULL" }
    return try PostgresLiteral(dialect: dialect).text(.text(comment), .text)
  }
}
