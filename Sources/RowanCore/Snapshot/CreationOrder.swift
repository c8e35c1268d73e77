import RowanCore

/// The order in which tables can be created, referenced ones first.
struct CreationOrder {
  /// The tables, without the keys that are made later.
  private(set) var tables: [TableSnapshot] = []
  /// Whole tables, and those of their keys that close a cycle and have to be made after all tables.
  private(set) var lateKeys: [(table: TableSnapshot, keys: [ForeignKeySnapshot])] = []

  /// Orders `tables`; ties keep the given order.
  /// - Parameter isHoisting: whether keys that close a cycle can be made later.
  init(_ tables: [TableSnapshot], isHoisting: Bool) {
    var waiting: [ObjectName: Int] = [:]
    var referrers: [ObjectName: [Int]] = [:]
    let names = Set(tables.map(\.name))
    var missing = tables.map { table in
      Set(table.foreignKeys.map(\.target).filter { $0 != table.name && names.contains($0) })
    }
    for (index, table) in tables.enumerated() {
      waiting[table.name] = index
      for target in missing[index] { referrers[target, default: []].append(index) }
    }
    var ready = tables.indices.filter { missing[$0].isEmpty }
    var rest = Set(tables.indices)
    while !rest.isEmpty {
      if ready.isEmpty, let first = rest.min() { ready = [first] }
      let index = ready.removeFirst()
      guard rest.remove(index) != nil else { continue }
      var table = tables[index]
      let late = table.foreignKeys.filter { key in
        missing[index].contains(key.target) && key.target != table.name
      }
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
}
