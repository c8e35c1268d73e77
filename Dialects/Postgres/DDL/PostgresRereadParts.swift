import RowanCore

/// Checks and indexes that stay, whose expressions read a column that changes its type. The server would keep them, with
/// casts to the type before in them that nobody wrote, and compare by those.
struct RereadParts {
  let checks: [CheckSnapshot]
  let indexes: [IndexSnapshot]

  init(_ alteration: TableAlteration, _ computed: ComputedPlan, _ writer: PostgresChangeWriter) {
    var retyped: [String] = []
    for case .alterColumn(let from, let to) in alteration.changes where writer.renamed(from.type) != to.type {
      retyped.append(to.name)
    }
    // Those go and come with the columns.
    let remade = computed.made + computed.remade
    func isReread(_ texts: [String?]) -> Bool {
      let texts = texts.compactMap { $0 }
      func mentions(_ columns: [String]) -> Bool {
        texts.contains { text in columns.contains { SQLText.mentions(text, $0) } }
      }
      return mentions(retyped) && !mentions(remade)
    }
    let changes = alteration.changes, after = alteration.after
    checks = after.checks.filter { isReread([$0.expression.source]) && !changes.contains(.addCheck($0)) }
    indexes = after.indexes.filter { index in
      let columns = index.elements.compactMap(\.column) + index.including
      return isReread([index.predicate?.source] + index.elements.map { $0.expression?.source })
        && !changes.contains(.createIndex(index)) && !columns.contains { remade.contains($0) }
    }
  }
}

extension PostgresChangeWriter {
  mutating func drop(_ parts: RereadParts, of table: TableSnapshot) throws {
    for check in parts.checks { try dropConstraint(check.name, of: table.name, .check) }
    for index in parts.indexes { try dropIndex(index.name, of: table.name) }
  }

  mutating func add(_ parts: RereadParts, to table: TableSnapshot) throws {
    for check in parts.checks {
      try addConstraint(emitter.clause(check, of: table), check.name, of: table.name, .check)
    }
    for index in parts.indexes {
      emit(
        try emitter.createIndex(index, on: table, ifNotExists: false),
        facts: [SchemaFact(.index, table.name, index.name)])
    }
  }
}
