import RowanCore

/// Merges two changes of one schema: theirs, which is done, and one's own, which is moved onto it.
struct SchemaMerge {
  let base: SchemaSnapshot
  let theirs: SchemaSnapshot
  let own: SchemaSnapshot

  /// The schema with both changes.
  /// - Throws: ``RowanError/Code/migrationConflict`` where both changed one thing, and not alike.
  func merged() throws(RowanError) -> SchemaSnapshot {
    var merged = theirs
    merged.namespaces = try list(\.namespaces, "namespace") { $0 }
    merged.extensions = try list(\.extensions, "extension") { $0 }
    merged.enums = try list(\.enums, "enum") { $0.name.description }
    merged.views = try list(\.views, "view") { $0.name.description }
    merged.tables = try Self.merge(base.tables, theirs.tables, own.tables, "table", key: { $0.name.description }) {
      (base, theirs, own) throws(RowanError) in try Self.merge(base, theirs, own)
    }
    merged.sort()
    return merged
  }

  private func list<Part: Hashable>(
    _ part: KeyPath<SchemaSnapshot, [Part]>, _ what: String, key: (Part) -> String
  ) throws(RowanError) -> [Part] {
    try Self.merge(base[keyPath: part], theirs[keyPath: part], own[keyPath: part], what, key: key)
  }

  private static func merge(
    _ base: TableSnapshot, _ theirs: TableSnapshot, _ own: TableSnapshot
  ) throws(RowanError) -> TableSnapshot {
    let table = own.name.description
    var merged = theirs
    merged.columns = try merge(base.columns, theirs.columns, own.columns, "column of '\(table)'", key: \.name)
    merged.uniques = try merge(base.uniques, theirs.uniques, own.uniques, "constraint of '\(table)'", key: \.name)
    merged.checks = try merge(base.checks, theirs.checks, own.checks, "check of '\(table)'", key: \.name)
    merged.foreignKeys = try merge(
      base.foreignKeys, theirs.foreignKeys, own.foreignKeys, "foreign key of '\(table)'", key: \.name)
    merged.indexes = try merge(base.indexes, theirs.indexes, own.indexes, "index of '\(table)'", key: \.name)
    merged.primaryKey = try value(base.primaryKey, theirs.primaryKey, own.primaryKey, "primary key of '\(table)'")
    merged.comment = try value(base.comment, theirs.comment, own.comment, "comment of '\(table)'")
    merged.options = try value(base.options, theirs.options, own.options, "options of '\(table)'")
    return merged
  }

  private static func merge<Part: Hashable>(
    _ base: [Part], _ theirs: [Part], _ own: [Part], _ what: String, key: (Part) -> String,
    both: ((Part, Part, Part) throws(RowanError) -> Part)? = nil
  ) throws(RowanError) -> [Part] {
    func find(_ name: String, _ parts: [Part]) -> Part? { parts.first { key($0) == name } }
    var merged: [Part] = []
    for part in theirs {
      let name = key(part), former = find(name, base), mine = find(name, own)
      if let both, let former, let mine, former != mine, former != part {
        merged.append(try both(former, part, mine))
      } else if let kept = try value(former, part, mine, "\(what) '\(name)'") {
        merged.append(kept)
      }
    }
    for part in own where find(key(part), theirs) == nil {
      // Gone there: gone here too, unless it was changed here.
      if let former = find(key(part), base) {
        if former != part { throw conflict("\(what) '\(key(part))'") }
      } else {
        merged.append(part)
      }
    }
    return merged
  }

  private static func value<Value: Hashable>(
    _ base: Value, _ theirs: Value, _ own: Value, _ what: String
  ) throws(RowanError) -> Value {
    if own == base || own == theirs { return theirs }
    if theirs == base { return own }
    throw conflict(what)
  }

  private static func conflict(_ what: String) -> RowanError {
    RowanError(
      .migrationConflict, "both branches changed the \(what), and not alike",
      hint: "take your migration back, remove it, and generate it again from the merged code")
  }
}
