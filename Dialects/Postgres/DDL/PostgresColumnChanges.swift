import RowanCore

/// Changes of one column, in the order that lets each step succeed: what numbers or fills it goes, its type changes,
/// whether it admits nulls, and then what numbers or fills it comes.
extension PostgresChangeWriter {
  mutating func alter(_ from: ColumnSnapshot, _ to: ColumnSnapshot, _ alteration: TableAlteration) throws {
    let table = alteration.after.name
    let place = "ALTER TABLE \(try name(table)) ALTER COLUMN \(try quote(to.name))"
    let former = renamed(from.type)
    let isRetyped = former != to.type || from.collation != to.collation
    if from.computed != nil, to.computed == nil { emit("\(place) DROP EXPRESSION") }
    let keepsIdentity = from.identity == to.identity || (isNumbered(from) && isNumbered(to))
    if !keepsIdentity { try dropIdentity(from, of: table) }
    let keepsDefault = from.defaultValue == to.defaultValue && former == to.type
    if from.defaultValue != nil, !keepsDefault, to.defaultValue == nil || isRetyped { emit("\(place) DROP DEFAULT") }
    if isRetyped { try retype(from, to, former: former, of: table) }
    if from.isNullable, !to.isNullable { try forbidNulls(in: to.name, of: table) }
    if !from.isNullable, to.isNullable { emit("\(place) DROP NOT NULL") }
    if let value = to.defaultValue, !keepsDefault {
      emit("\(place) SET DEFAULT \(try emitter.defaultExpression(value, for: to))")
    }
    if !keepsIdentity {
      try addIdentity(to, of: alteration.after)
    } else if from.identity != to.identity {
      emit("\(place) SET GENERATED \(to.identity == .always ? "ALWAYS" : "BY DEFAULT")")
    }
    if from.comment != to.comment { emit(try emitter.commentOn(column: to.name, of: table, to.comment)) }
  }

  private func isNumbered(_ column: ColumnSnapshot) -> Bool {
    column.identity == .always || column.identity == .byDefault
  }

  private mutating func retype(
    _ from: ColumnSnapshot, _ to: ColumnSnapshot, former: SQLType, of table: ObjectName
  ) throws {
    let column = try quote(to.name)
    let conversion = try PostgresConversion(from: former, to: to.type, dialect: emitter.dialect)
    var sql = "ALTER TABLE \(try name(table)) ALTER COLUMN \(column) TYPE \(try emitter.dialect.columnType(to.type))"
    if let collation = to.collation {
      sql += " COLLATE \(try quote(collation))"
    } else if from.collation != nil, conversion.isText {
      sql += " COLLATE \"default\""
    }
    if let expression = conversion.using(column) { sql += " USING \(expression)" }
    emit(
      sql,
      loss: conversion.isNarrowing
        ? "what of column '\(to.name)' of table '\(table)' does not fit \(to.type); values that do not fit make it fail"
        : nil)
    if from.identity == .serial, to.identity == .serial, former != to.type {
      let sequence = try sequence(of: to.name, table)
      emit(
        try block(
          "EXECUTE 'ALTER SEQUENCE ' || \(sequence) || ' AS \(try emitter.dialect.columnType(to.type))';"))
    }
  }

  /// With a checked constraint there, setting the column reads no rows, and so keeps no one out for long.
  /// https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL
  private mutating func forbidNulls(in column: String, of table: ObjectName) throws {
    let place = "ALTER TABLE \(try name(table))"
    let quoted = try quote(column)
    guard options.validatesSeparately else { return emit("\(place) ALTER COLUMN \(quoted) SET NOT NULL") }
    let constraint = emitter.names.fit("ck_\(table.name)_\(column)_not_null")
    let check = try quote(constraint)
    emit(
      "\(place) ADD CONSTRAINT \(check) CHECK (\(quoted) IS NOT NULL) NOT VALID", .committedBefore,
      facts: [SchemaFact(.check, table, constraint)])
    emit("\(place) VALIDATE CONSTRAINT \(check)", .committedBefore)
    emit("\(place) ALTER COLUMN \(quoted) SET NOT NULL")
    try dropConstraint(constraint, of: table, .check)
  }
}
