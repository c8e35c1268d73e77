import RowanCore
import RowanMySQL
import RowanPostgres
import RowanSQLite

/// The engines' own syntaxes.
enum ScriptDialect: CaseIterable, Sendable {
  case sqlite, postgres, mysql

  var syntax: SQLScriptSyntax {
    switch self {
    case .sqlite: SQLiteDialect().scriptSyntax
    case .postgres: PostgresDialect().scriptSyntax
    case .mysql: MySQLDialect().scriptSyntax
    }
  }
}
