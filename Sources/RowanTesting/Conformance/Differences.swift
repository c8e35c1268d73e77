import RowanCore

/// What the same query means on each of Rowan's engines where they differ, as the page on column types says. Of a
/// dialect that is none of them nothing is asked.
enum DifferenceCases {
  /// Calculates beyond what a column's Swift type holds: refused, and nothing changed, or stored and then no value of
  /// the type.
  private static func calculate<Kind: StoredKind>(
    _: Kind.Type, from value: Kind.Value, on trial: Trial, isStored: Bool,
    _ change: (Column<Stored<Kind>, Kind.Value>) -> Computed<Kind.Value>
  ) async throws where Kind.Value: NumericColumnValue & Equatable {
    let db = trial.db
    try await db.createTables([Stored<Kind>.self])
    try await Stored<Kind>.insert(.init(1, value)).run(db)
    let update = Stored<Kind>.update { $0.value = change(Stored<Kind>.Columns(Slot(0)).value) }.where { $0.id == 1 }
    if isStored {
      try await update.run(db)
      try await expectError(.decodingFailed) { try await Stored<Kind>.find(1).fetchOne(db) }
    } else {
      try await expectError(.valueOutOfRange, .checkViolation) { try await update.run(db) }
      try expectEqual(try await Stored<Kind>.find(1).fetchOne(db).value, value)
    }
    try await db.dropTables([Stored<Kind>.self])
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("differences/calculating beyond a column's Swift type") { trial in
      guard trial.isRowans else { return }
      let isPostgres = trial.engine.name == .postgres
      try await calculate(Int8Kind.self, from: .max, on: trial, isStored: true) { $0 + 1 }
      try await calculate(UInt8Kind.self, from: .max, on: trial, isStored: isPostgres) { $0 + 1 }
      try await calculate(UInt16Kind.self, from: 0, on: trial, isStored: isPostgres) { $0 - 1 }
      try await calculate(UInt32Kind.self, from: .max, on: trial, isStored: isPostgres) { $0 + 1 }
      try await calculate(UInt64Kind.self, from: 0, on: trial, isStored: isPostgres) { $0 - 1 }
      try await calculate(UIntKind.self, from: 0, on: trial, isStored: isPostgres) { $0 - 1 }
    },
    ConformanceCase("differences/the remainder of doubles") { trial in
      guard trial.isRowans else { return }
      try await trial.db.createTables([Stored<DoubleKind>.self])
      try await Stored<DoubleKind>.insert([.init(1, 0.1 + 0.2), .init(2, 1e300)]).run(trial.db)
      let found = try await Stored<DoubleKind>.order { $0.id.ascending() }.select { $0.value % 7 }.fetchAll(trial.db)
      try expectEqual(found.count, 2)
      // PostgreSQL goes by 15 digits, and SQLite by a quotient that fits an integer.
      try expectEqual(found[0], trial.engine.name == .postgres ? 0.3 : 0.1 + 0.2)
      try expectEqual(found[1] < 7, trial.engine.name != .sqlite)
    },
    ConformanceCase("differences/the greatest of intervals") { trial in
      guard trial.isRowans else { return }
      let (nine, ten) = (Interval(microseconds: 540_000_000), Interval(microseconds: 600_000_000))
      try await trial.db.createTables([Stored<IntervalKind>.self])
      try await Stored<IntervalKind>.insert(.init(1, nine)).run(trial.db)
      let found = try await Stored<IntervalKind>.all().select { ($0.value.greatest(ten), $0.value.least(ten)) }
        .fetchOne(trial.db)
      try expectEqual([found.0, found.1], trial.engine.name == .postgres ? [ten, nine] : [nine, ten])
    },
    ConformanceCase("differences/trailing blanks of texts that are bound on both sides") { trial in
      guard trial.isRowans else { return }
      try await trial.db.createTables([Stored<StringKind>.self])
      try await Stored<StringKind>.insert(.init(1, "x")).run(trial.db)
      let found = try await Stored<StringKind>
        .where { when($0.id == 1, then: "a ").otherwise("b") == "a" }.fetchCount(trial.db)
      try expectEqual(found, trial.engine.name == .mysql ? 1 : 0)
    },
  ]
}

extension Trial {
  /// Whether it is on one of Rowan's own engines, whose differences are written down.
  fileprivate var isRowans: Bool { [.sqlite, .postgres, .mysql].contains(engine.name) }
}
