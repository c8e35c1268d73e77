/// The order in which tables can be created, referenced ones first.
package struct CreationOrder {
  /// The tables, without the keys that are made later.
  package private(set) var tables: [TableSnapshot] = []
  /// Whether tables refer to each other in a circle, so that no order of them whole would do.
  package private(set) var isCircular = false
  /// Whole tables, and those of their keys that close a cycle and have to be made after all tables.
  private var lateKeys: [(table: TableSnapshot, keys: [ForeignKeySnapshot])] = []

  /// Orders `tables`; ties keep the given order.
  /// - Parameter isHoisting: whether keys that close a cycle can be made later.
  package init(_ tables: [TableSnapshot], isHoisting: Bool) {
    var referrers: [ObjectName: [Int]] = [:]
    let names = Set(tables.map(\.name))
    var missing = tables.map { table in
      Set(table.foreignKeys.map(\.target).filter { $0 != table.name && names.contains($0) })
    }
    for index in tables.indices {
      for target in missing[index] { referrers[target, default: []].append(index) }
    }
    var ready = tables.indices.filter { missing[$0].isEmpty }
    var rest = Set(tables.indices)
    while !rest.isEmpty {
      if ready.isEmpty, let first = rest.min() { ready = [first] }
      let index = ready.removeFirst()
      guard rest.remove(index) != nil else { continue }
      var table = tables[index]
      let late = table.foreignKeys.filter { missing[index].contains($0.target) }
      if !late.isEmpty { isCircular = true }
      if isHoisting, !late.isEmpty {
        lateKeys.append((table, late))
        table.foreignKeys.removeAll { late.contains($0) }
      }
      self.tables.append(table)
      for referrer in referrers[table.name] ?? [] where rest.contains(referrer) {
        missing[referrer].remove(table.name)
        if missing[referrer].isEmpty { ready.append(referrer) }
      }
    }
  }

  /// What makes the late keys, once every table is there.
  package var keyAdditions: [SchemaChange] {
    lateKeys.map { table, keys in
      .alterTable(
        TableAlteration(before: table.without(keys), after: table, changes: keys.map { .addForeignKey($0) }))
    }
  }

  /// What drops the late keys, so that the tables can go in the opposite order.
  package var keyDrops: [SchemaChange] {
    lateKeys.map { table, keys in
      .alterTable(
        TableAlteration(before: table, after: table.without(keys), changes: keys.map { .dropForeignKey($0) }))
    }
  }
}

extension TableSnapshot {
  fileprivate func without(_ keys: [ForeignKeySnapshot]) -> TableSnapshot {
    var table = self
    table.foreignKeys.removeAll { keys.contains($0) }
    return table
  }
}
