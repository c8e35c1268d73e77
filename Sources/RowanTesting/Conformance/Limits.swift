import RowanCore

/// The largest of everything: it works, or it is refused by a typed error that names the limit, and the database goes
/// on.
enum LimitCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("limits/100,000 conditions with a value each are one query, or refused by the number of values") {
      trial in
      try await Person.createAndFill(trial.db)
      // Not by `==`: as it prepares, SQLite compares each constant beside an operator with all those before it, which
      // takes minutes.
      func isNamed(_ person: Person.Columns) -> Condition {
        (0..<100_000).map { person.name.contains($0 == 99_999 ? "race" : "nobody \($0)") }.any()
      }
      let query = Person.where { isNamed($0) }
      let update = Person.update { $0.age = 1 }.where { isNamed($0) }
      // The new age is a value too.
      if trial.capabilities.maxBinds > 100_000 {
        try expectEqual(try await query.fetchAll(trial.db).map(\.name), ["Grace"])
        try expectEqual(try await update.run(trial.db).affectedRows, 1)
        try expectEqual(try await Person.where { $0.age == 1 }.fetchAll(trial.db).map(\.name), ["Grace"])
      } else {
        let error = try await expectError(.tooManyBinds) { try await query.fetchAll(trial.db) }
        try expect("\(error)".contains("\(trial.capabilities.maxBinds)"), "the limit is not named: \(error)")
        try await expectError(.tooManyBinds) { try await update.run(trial.db) }
        try expectEqual(try await Person.where { $0.age == 1 }.fetchCount(trial.db), 0)
      }
      try await trial.expectIntact()
    },
    ConformanceCase("limits/a list of conditions works as long as the engine takes it, and then fails by a typed error")
    {
      trial in
      try await Person.createAndFill(trial.db)
      for count in [100, 900, 5000] {
        // Without values: the engine's own limits decide.
        let query = Person.where { person in
          [Condition](repeating: person.age == nil, count: count).any()
        }
        do {
          try expectEqual(try await query.fetchAll(trial.db).map(\.name), ["Grace"])
        } catch let error as RowanError {
          try expect(count > 900, "\(count) conditions: \(error)")
          try expect(error.code == .nestingTooDeep || error.code == .serverError, "\(count) conditions: \(error)")
        }
      }
      try await trial.expectIntact()
    },
    ConformanceCase("limits/a list of 100,000 values is one array, or refused by the number of values") { trial in
      try await trial.db.createTables([LogLine.self])
      try await LogLine.insert((0..<1000).map { .init($0 * 100, "line") }).run(trial.db)
      let few = Array(0..<16_000)
      try expectEqual(try await LogLine.where { $0.level.in(few) }.fetchCount(trial.db), 160)
      let many = LogLine.where { $0.level.in(Array(0..<100_000)) }
      // Rounded up to the next power of two.
      if trial.capabilities.arrayBinds || trial.capabilities.maxBinds >= 1 << 17 {
        try expectEqual(try await many.fetchCount(trial.db), 1000)
      } else {
        let error = try await expectError(.tooManyBinds) { try await many.fetchCount(trial.db) }
        try expect("\(error)".contains("\(trial.capabilities.maxBinds)"), "the limit is not named: \(error)")
      }
      try await trial.expectIntact()
    },
    ConformanceCase("limits/an insert of 200,000 values is split, and is all or nothing") { trial in
      try await trial.db.createTables([Tally.self])
      let drafts = (1...50_000).map { Tally.Draft(id: Int64($0), count: $0, label: "l", note: .some(nil)) }
      let result = try await Tally.insert(drafts).run(trial.db)
      try expectEqual(result.affectedRows, 50_000)
      let sum = try await Tally.all().select { ($0.count.max(), $0.id.count()) }.fetchOne(trial.db)
      try expectEqual(sum.0, 50_000)
      try expectEqual(sum.1, 50_000)
      try await Tally.delete().where { $0.id < 49_000 }.run(trial.db)
      try await expectError(.uniqueViolation) { try await Tally.insert(drafts).run(trial.db) }
      try expectEqual(try await Tally.all().fetchCount(trial.db), 1001)
    },
    ConformanceCase("limits/LIMIT and OFFSET from none to the largest integer") { trial in
      try await Person.createAndFill(trial.db)
      let people = Person.order { $0.id.ascending() }
      func ids(_ query: Query<Person>) async throws -> [Int64] { try await query.fetchAll(trial.db).map(\.id.rawValue) }
      try expectEqual(try await ids(people.limit(.max)), [1, 2, 3, 4])
      try expectEqual(try await ids(people.limit(0)), [])
      try expectEqual(try await ids(people.offset(0)), [1, 2, 3, 4])
      try expectEqual(try await ids(people.offset(2)), [3, 4])
      try expectEqual(try await ids(people.offset(.max)), [])
      try expectEqual(try await ids(people.limit(.max).offset(1)), [2, 3, 4])
      try expectEqual(try await ids(people.limit(.max).offset(.max)), [])
      try expectEqual(try await people.limit(.max).fetchCount(trial.db), 4)
      try expectEqual(try await people.offset(3).fetchCount(trial.db), 1)
      for query in [people.limit(-1), people.offset(-1), people.limit(.min), people.limit(1).offset(.min)] {
        try await expectError(.valueOutOfRange) { try await query.fetchAll(trial.db) }
        try await expectError(.valueOutOfRange) { try await query.fetchCount(trial.db) }
      }
    },
    ConformanceCase("limits/a text of 1 MB and bytes of 5 MB") { trial in
      try await trial.db.createTables([Stored<StringKind>.self, Stored<BytesKind>.self])
      let text = String(repeating: "0123456789abcd\u{20AC}\n\u{1F600}", count: 1 << 16)
      try await Stored<StringKind>.insert([.init(1, text, ""), .init(2, "")]).run(trial.db)
      try await Stored<StringKind>.update { $0.maybe = text }.where { $0.id == 2 }.run(trial.db)
      let texts = try await Stored<StringKind>.order { $0.id.ascending() }.fetchAll(trial.db)
      try expect(texts.map(\.value) == [text, ""] && texts.map(\.maybe) == ["", text], "a text came back changed")
      let equal = try await Stored<StringKind>.where { $0.value == text }.fetchAll(trial.db)
      try expectEqual(equal.map(\.id), [1])
      let bytes = (0..<(5 << 20)).map { (index: Int) -> UInt8 in UInt8(truncatingIfNeeded: (index &* 31) ^ (index >> 8))
      }
      try await Stored<BytesKind>.insert(.init(1, bytes)).run(trial.db)
      try expect(try await Stored<BytesKind>.find(1).fetchOne(trial.db).value == bytes, "bytes came back changed")
      try await trial.db.batch { $0.add(Stored<BytesKind>.insert(.init(2, bytes, []))) }
      var streamed = 0
      for try await row in Stored<BytesKind>.all().stream(trial.db, batchSize: 1) {
        try expect(row.value == bytes, "bytes came back changed from a stream")
        streamed += 1
      }
      try expectEqual(streamed, 2)
    },
    ConformanceCase("limits/500 columns") { trial in
      try await trial.db.createTables([Wide.self])
      let rows = (0..<120).map { (row: Int) -> Wide.Draft in
        Wide.Draft(
          values: (0..<Wide.width).map { (column: Int) -> Int64? in
            column % 7 == 3 ? nil : Int64(row * 1000 + column)
          })
      }
      try await Wide.insert(rows[0]).run(trial.db)
      try await Wide.insert(Array(rows.dropFirst())).run(trial.db)
      let found = try await Wide.order { $0.first.ascending() }.fetchAll(trial.db)
      try expect(found.map(\.values) == rows.map(\.values), "a row came back changed")
      try await Wide.update { $0.last = 5 }.where { $0.first == 3000 }.run(trial.db)
      try expectEqual(try await Wide.where { $0.last == 5 }.fetchOne(trial.db).values[498], 3498)
    },
    ConformanceCase("limits/sub-queries inside one another") { trial in
      try await Person.createAndFill(trial.db)
      func nested(_ levels: Int) -> Query<Person> {
        levels == 0 ? Person.where { $0.age > 30 } : Person.where { $0.id.in(nested(levels - 1).select { $0.id }) }
      }
      func wrapped(_ levels: Int) -> Query<Person> {
        (0..<levels).reduce(Person.where { $0.age > 30 }) { query, _ in
          Person.where { $0.id.in(query.select { $0.id }) }
        }
      }
      for levels in [1, 4, 8] {
        try expectEqual(try await nested(levels).fetchCount(trial.db), 2)
        try expectEqual(try await wrapped(levels).fetchCount(trial.db), 2)
      }
      // Places in a statement are counted in a byte.
      try await expectError(.nestingTooDeep) { try await nested(300).fetchAll(trial.db) }
      try await expectError(.nestingTooDeep) { try await wrapped(300).fetchAll(trial.db) }
      try await trial.expectIntact()
    },
    ConformanceCase("limits/thousands of shapes stay within the caches, and keep their answers") { trial in
      try await Person.createAndFill(trial.db)
      let capacity = 16
      let db = try await trial.open(
        pool: PoolOptions(
          maxConnections: 1, checkoutTimeout: .seconds(60), connectTimeout: .seconds(30),
          statementCacheCapacity: capacity, lanes: 1))
      func query(_ shape: Int) -> Query<Person> {
        var query = Person.where { $0.id == ID(Int64(shape % 4 + 1)) }
        for bit in 0..<12 where (shape >> bit) & 1 == 1 {
          query = query.where { person in
            if bit % 2 == 0 { return person.age != 1000 + bit || person.age == nil }
            return person.score > Double(-bit)
          }
        }
        return query
      }
      for shape in Array(0..<3000) + Array(0..<100) {
        try expectEqual(try await query(shape).fetchOne(db).id, ID(Int64(shape % 4 + 1)), "shape \(shape)")
      }
      guard
        let kept = trial.expected([
          .postgres: SQL("SELECT count(*) AS n FROM pg_prepared_statements").as(Int64.self)
        ])
      else { return }
      let count = try await kept.fetchOne(db)
      try expect(count > 0 && count <= Int64(capacity) + 32, "the server keeps \(count) statements")
    },
  ]
}
