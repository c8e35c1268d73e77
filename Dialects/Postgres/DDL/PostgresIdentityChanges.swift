import RowanCore

/// Columns that begin or cease to be numbered by the database.
extension PostgresChangeWriter {
  mutating func dropIdentity(_ column: ColumnSnapshot, of table: ObjectName) throws {
    let place = "ALTER TABLE \(try name(table)) ALTER COLUMN \(try quote(column.name))"
    switch column.identity {
    case nil: break
    case .always, .byDefault: emit("\(place) DROP IDENTITY")
    case .serial:
      emit("\(place) DROP DEFAULT")
      emit(try block("EXECUTE 'DROP SEQUENCE ' || \(try sequence(of: column.name, table));"))
    }
  }

  /// Numbering goes on after the largest number there is.
  mutating func addIdentity(_ column: ColumnSnapshot, of table: TableSnapshot) throws {
    let place = "ALTER TABLE \(try name(table.name)) ALTER COLUMN \(try quote(column.name))"
    switch column.identity {
    case nil: return
    case .always, .byDefault: emit("\(place) ADD\(try emitter.identityClause(column, of: table))")
    case .serial:
      let sequence = ObjectName(
        emitter.names.fit("\(table.name.name)_\(column.name)_seq"), namespace: table.name.namespace)
      let type = try emitter.dialect.columnType(column.type)
      emit(
        "CREATE SEQUENCE \(try name(sequence)) AS \(type) OWNED BY \(try name(table.name)).\(try quote(column.name))")
      emit("\(place) SET DEFAULT nextval(\(try literal(try name(sequence))))")
    }
    let quoted = try quote(column.name)
    emit(
      "SELECT setval(\(try sequence(of: column.name, table.name)), greatest(coalesce(max(\(quoted)), 0) + 1, 1), false)"
        + " FROM \(try name(table.name))")
  }

  /// The sequence a column owns, whatever it is called, as a call that finds it.
  func sequence(of column: String, _ table: ObjectName) throws -> String {
    "pg_get_serial_sequence(\(try literal(try name(table))), \(try literal(column)))"
  }
}
