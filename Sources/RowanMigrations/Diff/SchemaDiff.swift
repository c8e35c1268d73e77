public import RowanCore

/// The way from one schema to another, in an order in which it can be taken.
public struct SchemaDiff: Sendable, Hashable {
  /// The schema it begins with.
  public var before: SchemaSnapshot
  /// The schema it ends with.
  public var after: SchemaSnapshot
  /// The steps.
  public var changes: [SchemaChange]
  /// Expressions whose texts cannot tell whether they are the same, by place. A scratch database decides.
  public var unverified: [String]

  /// Whether nothing is known to differ.
  public var isEmpty: Bool { changes.isEmpty }

  /// Compares two schemas of one engine, both in normal form.
  /// - Parameters:
  ///   - before: the schema to begin with.
  ///   - after: the schema to end with.
  ///   - renames: what is called otherwise in `after`. Former names that `before` does not have say nothing.
  ///   - capabilities: what the engine can do.
  /// - Throws: ``RowanError/Code/invalidConfiguration`` for snapshots of two engines or for two renames of one object.
  public init(
    from before: SchemaSnapshot, to after: SchemaSnapshot, renames: SchemaRenames = SchemaRenames(),
    capabilities: Capabilities
  ) throws {
    guard before.dialect == after.dialect else {
      throw RowanError(
        .invalidConfiguration, "a schema of \(before.dialect) is compared with one of \(after.dialect)",
        hint: "compare schemas of one engine")
    }
    self.before = before
    self.after = after
    let names = try NameMap(before, after, renames)
    var pairs: [TablePair] = []
    for table in after.tables {
      if let old = before.table(names.former(table.name)) { pairs.append(TablePair(old, table, names)) }
    }
    unverified = pairs.flatMap(\.unverified)
    var plan = ChangePlan(before: before, after: after, names: names, pairs: pairs, capabilities: capabilities)
    changes = plan.ordered()
    unverified += plan.unverified
    unverified.sort()
  }

  /// The way back. What it destroys is not brought back by taking it.
  public func reversed(renames: SchemaRenames, capabilities: Capabilities) throws -> SchemaDiff {
    try SchemaDiff(from: after, to: before, renames: renames.inverted, capabilities: capabilities)
  }
}

extension SchemaRenames {
  /// The renames that undo these.
  public var inverted: SchemaRenames {
    var inverted = SchemaRenames()
    for (now, former) in tables { inverted.tables[former] = now }
    for (table, columns) in columns {
      let former = tables[table] ?? table
      for (now, old) in columns { inverted.columns[former, default: [:]][old] = now }
    }
    return inverted
  }
}
