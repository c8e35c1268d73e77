import RowanCore

/// Puts the changes between two schemas into an order in which they can be done.
struct ChangePlan {
  private let before: SchemaSnapshot
  private let after: SchemaSnapshot
  private let names: NameMap
  private let pairs: [TablePair]
  private let capabilities: Capabilities
  /// Views whose texts cannot tell.
  private(set) var unverified: [String] = []

  init(
    before: SchemaSnapshot, after: SchemaSnapshot, names: NameMap, pairs: [TablePair], capabilities: Capabilities
  ) {
    self.before = before
    self.after = after
    self.names = names
    self.pairs = pairs
    self.capabilities = capabilities
  }

  /// The changes, each after what it needs.
  mutating func ordered() -> [SchemaChange] {
    let created = after.tables.filter { before.table(names.former($0.name)) == nil }
    let dropped = before.tables.filter { after.table(names.present($0.name)) == nil }
    let renamed = pairs.filter { $0.old.name != $0.after.name }
    let views = viewChanges(touching: Set(dropped.map(\.name) + touchedTables()))
    let keys = KeyHoist(pairs: pairs, capabilities: capabilities)
    let creation = CreationOrder(created, isHoisting: capabilities.alterForeignKeys)
    let removal = CreationOrder(dropped, isHoisting: capabilities.alterForeignKeys)

    var changes: [SchemaChange] = []
    changes += after.namespaces.filter { !before.namespaces.contains($0) }.map { .createNamespace($0) }
    changes += after.extensions.filter { !before.extensions.contains($0) }.map { .createExtension($0) }
    changes += after.enums.filter { before.enumeration($0.name) == nil }.map { .createEnum($0) }
    changes += after.enums.compactMap { new in
      before.enumeration(new.name).flatMap { $0 == new ? nil : .alterEnum(from: $0, to: new) }
    }
    changes += views.dropped.map { .dropView($0) }
    changes += keys.drops
    changes += removal.keyDrops
    changes += renamed.map { .renameTable(from: $0.old.name, to: $0.after.name) }
    changes += creation.tables.map { .createTable($0) }
    changes += keys.alterations
    changes += removal.tables.reversed().map { .dropTable($0) }
    changes += creation.keyAdditions
    changes += keys.additions
    changes += views.created.map { .createView($0) }
    changes += before.enums.filter { after.enumeration($0.name) == nil }.map { .dropEnum($0) }
    changes += before.extensions.filter { !after.extensions.contains($0) }.map { .dropExtension($0) }
    changes += before.namespaces.filter { !after.namespaces.contains($0) }.map { .dropNamespace($0) }
    return changes
  }

  /// Tables whose views have to make way: renamed ones, and those with columns that go, change or are renamed.
  private func touchedTables() -> [ObjectName] {
    pairs.filter { pair in
      pair.old.name != pair.after.name || !capabilities.alterForeignKeys && !pair.changes.isEmpty
        || pair.changes.contains {
          switch $0 {
          case .dropColumn, .renameColumn, .alterColumn: true
          default: false
          }
        }
    }.map(\.old.name)
  }

  /// Views that change, that are gone or new, and those in the way of what happens to a table or to another view.
  private mutating func viewChanges(touching tables: Set<ObjectName>) -> (
    dropped: [ViewSnapshot], created: [ViewSnapshot]
  ) {
    var moving = Set(before.views.filter { isChanged($0) }.map(\.name))
    var grown = true
    while grown {
      grown = false
      for view in before.views where !moving.contains(view.name) {
        let isTouched = (tables.map(\.name) + moving.map(\.name)).contains { Mention.of($0, in: view.query.source) }
        if isTouched { grown = moving.insert(view.name).inserted || grown }
      }
    }
    let dropped = before.views.filter { moving.contains($0.name) }
    let created = after.views.filter { moving.contains($0.name) || before.view($0.name) == nil }
    return (Self.byMention(dropped).reversed(), Self.byMention(created))
  }

  private mutating func isChanged(_ view: ViewSnapshot) -> Bool {
    guard let new = after.view(view.name) else { return true }
    var old = view
    switch old.query.isSame(as: new.query) {
    case false?: return true
    case nil: unverified.append("view '\(new.name)'")
    case true?: break
    }
    old.query = new.query
    return old != new
  }

  /// Views after those they mention.
  private static func byMention(_ views: [ViewSnapshot]) -> [ViewSnapshot] {
    var placed: [ViewSnapshot] = [], rest = views
    while !rest.isEmpty {
      let ready = rest.firstIndex { view in
        !rest.contains { $0.name != view.name && Mention.of($0.name.name, in: view.query.source) }
      }
      placed.append(rest.remove(at: ready ?? 0))
    }
    return placed
  }
}
