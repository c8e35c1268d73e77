import RowanCore

/// Takes foreign keys out of the alterations of tables, so that keys go before anything they depend on changes and come
/// when everything is in place. Engines that rebuild a table whole keep them in its one alteration.
struct KeyHoist {
  /// Alterations that drop keys, by the tables' old names.
  private(set) var drops: [SchemaChange] = []
  /// Everything else.
  private(set) var alterations: [SchemaChange] = []
  /// Alterations that add keys.
  private(set) var additions: [SchemaChange] = []

  init(pairs: [TablePair], capabilities: Capabilities) {
    guard capabilities.alterForeignKeys else {
      alterations = pairs.filter { !$0.changes.isEmpty }.map { pair in
        .alterTable(TableAlteration(before: pair.before, after: pair.after, changes: pair.changes))
      }
      return
    }
    let rebuilt = Self.rebuiltKeys(pairs)
    for (index, pair) in pairs.enumerated() {
      var dropped: Set<String> = rebuilt[index], added: [ForeignKeySnapshot] = []
      var rest: [TableChange] = []
      for change in pair.changes {
        switch change {
        case .dropForeignKey(let key): dropped.insert(key.name)
        case .addForeignKey(let key): added.append(key)
        case .renameForeignKey(let from, let to) where rebuilt[index].contains(from):
          added += pair.after.foreignKeys.filter { $0.name == to }
        default: rest.append(change)
        }
      }
      let renamed = pair.changes.compactMap { if case .renameForeignKey(let from, _) = $0 { from } else { nil } }
      added += pair.after.foreignKeys.filter { key in
        rebuilt[index].contains(key.name) && !renamed.contains(key.name) && !added.contains(key)
      }
      var before = pair.before, after = pair.after
      if !dropped.isEmpty {
        let gone = pair.old.foreignKeys.filter { dropped.contains($0.name) }
        var without = pair.old
        without.foreignKeys.removeAll { dropped.contains($0.name) }
        drops.append(
          .alterTable(
            TableAlteration(before: pair.old, after: without, changes: gone.map { .dropForeignKey($0) })))
        before.foreignKeys.removeAll { dropped.contains($0.name) }
      }
      after.foreignKeys.removeAll { added.contains($0) }
      if !rest.isEmpty {
        alterations.append(.alterTable(TableAlteration(before: before, after: after, changes: rest)))
      }
      if !added.isEmpty {
        additions.append(
          .alterTable(
            TableAlteration(before: after, after: pair.after, changes: added.map { .addForeignKey($0) })))
      }
    }
  }

  /// For each pair, names of keys that stay and have to be made anew all the same: a column of theirs changes its type,
  /// or the key they refer to is made anew.
  private static func rebuiltKeys(_ pairs: [TablePair]) -> [Set<String>] {
    var retyped: [ObjectName: Set<String>] = [:]
    var rekeyed: [ObjectName: Set<[String]>] = [:]
    for pair in pairs {
      for change in pair.changes {
        switch change {
        case .alterColumn(let from, let to) where from.type != to.type || from.collation != to.collation:
          retyped[pair.after.name, default: []].insert(to.name)
        case .dropPrimaryKey(let key): rekeyed[pair.after.name, default: []].insert(key.columns)
        case .dropUnique(let key): rekeyed[pair.after.name, default: []].insert(key.columns)
        default: break
        }
      }
    }
    return pairs.map { pair in
      let renamed: [String: String] = Dictionary(
        pair.changes.compactMap { if case .renameForeignKey(let from, let to) = $0 { (to, from) } else { nil } },
        uniquingKeysWith: { first, _ in first })
      let stays = pair.after.foreignKeys.filter { key in
        let former = renamed[key.name] ?? key.name
        return pair.old.foreignKeys.contains { $0.name == former }
          && !pair.changes.contains { if case .addForeignKey(key) = $0 { true } else { false } }
      }
      return Set(
        stays.filter { key in
          !(retyped[pair.after.name] ?? []).isDisjoint(with: key.columns)
            || !(retyped[key.target] ?? []).isDisjoint(with: key.targetColumns)
            || (rekeyed[key.target] ?? []).contains(key.targetColumns)
        }.map { renamed[$0.name] ?? $0.name })
    }
  }
}
