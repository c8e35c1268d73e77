import RowanCore

extension Trial {
  /// Stores `values` one by one, then all in one insert, and fails unless each is read back as it was stored, in both
  /// columns, by a record and by a bare column, and `NULL` as nil.
  func roundTrip<Kind: StoredKind>(
    _: Kind.Type, _ values: [Kind.Value], by same: (Kind.Value, Kind.Value) -> Bool, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws {
    try await db.createTables([Stored<Kind>.self])
    for (index, value) in values.enumerated() {
      try await Stored<Kind>.insert(.init(Int64(index), value, value)).run(db)
    }
    let start = values.count
    let many = values.enumerated().map { Stored<Kind>.Draft(Int64(start + $0.offset), $0.element) }
    try await Stored<Kind>.insert(many).run(db)
    let rows = try await Stored<Kind>.order { $0.id.ascending() }.fetchAll(db)
    try expectEqual(rows.count, values.count * 2, "rows", file: file, line: line)
    for (index, row) in rows.enumerated() {
      let wanted = values[index % values.count]
      try expect(same(row.value, wanted), "value \(index): stored \(wanted), read \(row.value)", file: file, line: line)
      if index < values.count {
        let maybe = try expectPresent(row.maybe, "value \(index), optional", file: file, line: line)
        try expect(same(maybe, wanted), "optional \(index): stored \(wanted), read \(maybe)", file: file, line: line)
      } else {
        try expect(row.maybe == nil, "NULL read as \(String(describing: row.maybe))", file: file, line: line)
      }
    }
    let bare = try await Stored<Kind>.order { $0.id.ascending() }.limit(values.count).select { $0.value }.fetchAll(db)
    try expectRows(bare, values, by: same, "one column", file: file, line: line)
    for (index, value) in values.enumerated() {
      try await Stored<Kind>.update { $0.maybe = value }.where { $0.id == Int64(index + start) }.run(db)
    }
    let updated = try await Stored<Kind>.where { $0.id >= Int64(start) }.order { $0.id.ascending() }
      .select { $0.maybe }.fetchAll(db)
    try expectRows(updated.compactMap { $0 }, values, by: same, "updated", file: file, line: line)
    try await db.dropTables([Stored<Kind>.self])
  }

  /// The same for values that compare, which are also looked for by their value.
  func roundTrip<Kind: StoredKind>(
    _ kind: Kind.Type, _ values: [Kind.Value], findable: Bool = true, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws where Kind.Value: Equatable {
    try await roundTrip(kind, values, by: ==, file: file, line: line)
    guard findable else { return }
    try await db.createTables([Stored<Kind>.self])
    try await Stored<Kind>.insert(values.enumerated().map { .init(Int64($0.offset), $0.element) }).run(db)
    for value in values {
      let ids = values.indices.filter { values[$0] == value }.map { Int64($0) }
      let equal = try await Stored<Kind>.where { $0.value == value }.order { $0.id.ascending() }.fetchAll(db)
      try expectEqual(equal.map(\.id), ids, "== \(value)", file: file, line: line)
      let listed = try await Stored<Kind>.where { $0.value.in([value]) }.order { $0.id.ascending() }.fetchAll(db)
      try expectEqual(listed.map(\.id), ids, "in [\(value)]", file: file, line: line)
      let other = try await Stored<Kind>.where { $0.value != value }.fetchCount(db)
      try expectEqual(other, values.count - ids.count, "!= \(value)", file: file, line: line)
    }
    let all = try await Stored<Kind>.where { $0.value.in(values) }.fetchCount(db)
    try expectEqual(all, values.count, "in all", file: file, line: line)
    try await db.dropTables([Stored<Kind>.self])
  }

  /// Stores `value` and fails unless it is read back as it was, or refused with a typed error before or by the engine.
  /// - Returns: whether it was stored.
  @discardableResult
  func storedOrRefused<Kind: StoredKind>(
    _: Kind.Type, _ value: Kind.Value, by same: (Kind.Value, Kind.Value) -> Bool, file: StaticString = #fileID,
    line: UInt = #line
  ) async throws -> Bool {
    try await db.createTables([Stored<Kind>.self], ifNotExists: true)
    try await Stored<Kind>.delete().all.run(db)
    do {
      try await Stored<Kind>.insert(.init(1, value)).run(db)
    } catch let error as RowanError {
      try expect(
        error.code == .valueOutOfRange || error.code == .encodingFailed, "refused by \(error)", file: file, line: line)
      try expectEqual(try await Stored<Kind>.all().fetchCount(db), 0, "rows after a refusal", file: file, line: line)
      return false
    }
    let found = try await Stored<Kind>.find(1).fetchOne(db).value
    try expect(same(found, value), "stored \(value), read \(found)", file: file, line: line)
    return true
  }
}
