internal import RowanCore

/// Checks that refuse a change of types while a row holds a value the new type would round or cut.
struct MySQLFitChecks {
  private let alterations: [(from: ColumnSnapshot, to: ColumnSnapshot)]
  private let table: TableSnapshot
  private let names: ConstraintNames

  init(
    _ alterations: [(from: ColumnSnapshot, to: ColumnSnapshot)], of table: TableSnapshot, names: ConstraintNames
  ) {
    self.alterations = alterations
    self.table = table
    self.names = names
  }

  func checks(_ emitter: MySQLDDLEmitter) -> [CheckSnapshot] {
    alterations.compactMap { from, to in
      let fit = MySQLFit(from: from, to: to, before: table, after: table, emitter: emitter)
      guard let condition = fit.condition else { return nil }
      return CheckSnapshot(
        names.fit("rowan_fits_\(table.name.name)_\(to.name)"), SchemaExpression(condition))
    }
  }

  /// The statement that adds them.
  func statements(_ state: inout TableSnapshot, _ emitter: MySQLDDLEmitter) throws -> [SchemaStatement] {
    let checks = checks(emitter)
    if checks.isEmpty { return [] }
    state.checks += checks
    return [
      emitter.statement(
        try emitter.alter(table.name, try checks.map { "ADD \(try emitter.clause($0, of: table))" }),
        checks.map { SchemaFact(.check, table.name, $0.name) })
    ]
  }
}
