import RowanCore

/// What hooks of models are called for, and when.
enum ModelHookCases {
  static let cases: [ConformanceCase] = insertCases + recordCases + fetchCases

  private static func fill(_ db: Database, _ names: String...) async throws {
    try await db.createTables([Member.self])
    try await Member.insert(names.map { .init($0) }).run(db)
  }

  private static func member(_ name: String, _ db: some QueryExecutor) async throws -> Member {
    try await Member.where { $0.name == name }.fetchOne(db)
  }

  /// Fails the case unless `body` throws the model's own error.
  private static func refused(
    _ wanted: Member.Refusal = .noEmail, line: UInt = #line, _ body: () async throws -> Void
  ) async throws {
    do {
      try await body()
    } catch let error as Member.Refusal {
      return try expectEqual(error, wanted, line: line)
    }
    throw ConformanceFailure("not refused", file: #fileID, line: line)
  }

  private static let insertCases: [ConformanceCase] = [
    ConformanceCase("hooks/drafts are what their hooks make of them, one, many, returning, in a batch") { trial in
      let db = trial.db
      try await db.createTables([Member.self])
      func emails() async throws -> [String] {
        try await Member.order { $0.id.ascending() }.select { $0.email }.fetchAll(db)
      }
      let one = try await Member.calls { try await Member.insert(.init("Ann")).run(db) }
      try expectEqual(one.calls, ["willInsert Ann", "didInsert ann@example.com"])
      let many = try await Member.calls { try await Member.insert((0..<120).map { .init("M\($0)") }).run(db) }
      try expectEqual(many.result.affectedRows, 120)
      try expectEqual(
        many.calls, (0..<120).map { "willInsert M\($0)" } + (0..<120).map { "didInsert m\($0)@example.com" })
      let back = try await Member.calls {
        try await Member.insert([.init("Bob"), .init("Cid")]).returning().fetchAll(db)
      }
      try expectEqual(back.result.map(\.email), ["bob@example.com", "cid@example.com"])
      try expectEqual(
        back.calls,
        [
          "willInsert Bob", "willInsert Cid", "didFetch Bob", "didFetch Cid", "didInsert bob@example.com",
          "didInsert cid@example.com",
        ])
      let batch = try await Member.calls {
        try await db.batch { batch in
          batch.add(Member.insert(.init("Dan")))
          batch.add(Member.insert([.init("Eve"), .init("Fay")]))
        }
      }
      try expectEqual(batch.result.map(\.affectedRows), [1, 2])
      try expectEqual(
        batch.calls,
        ["Dan", "Eve", "Fay"].map { "willInsert \($0)" }
          + ["dan", "eve", "fay"].map { "didInsert \($0)@example.com" })
      let all = try await emails()
      try expectEqual(all.count, 126)
      try expect(all.allSatisfy { $0 == $0.lowercased() }, "\(all)")
    },
    ConformanceCase("hooks/an insert is a value: its hooks run each time, on drafts that stay as they were") { trial in
      try await trial.db.createTables([Member.self])
      let insert = Member.insert(.init("Ann"))
      let first = try await Member.calls { try await insert.run(trial.db) }
      try expectEqual(insert.rows.map(\.email), ["Ann@Example.COM"])
      let second = try await Member.calls {
        try await expectError(.uniqueViolation) { try await insert.run(trial.db) }
      }
      try expectEqual(first.calls, ["willInsert Ann", "didInsert ann@example.com"])
      try expectEqual(second.calls, ["willInsert Ann"], "what failed was not inserted")
    },
    ConformanceCase("hooks/upserts of drafts") { trial in
      let db = trial.db
      try await fill(db, "Ann")
      let ignored = try await Member.calls {
        try await Member.insert([.init("Ann"), .init("Bob")]).ignoringConflicts().run(db)
      }
      try expectEqual(
        ignored.calls,
        ["willInsert Ann", "willInsert Bob", "didUpsert ann@example.com", "didUpsert bob@example.com"])
      try expectEqual(try await Member.all().fetchCount(db), 2)
      if trial.capabilities.conflictTarget {
        let upsert = Member.insert(.init("Bea", email: "BOB@example.com"))
          .onConflict({ $0.email }) { $0.name = $1.name }
        let changed = try await Member.calls { try await upsert.returning().fetchOne(db) }
        try expectEqual(changed.result.name, "Bea")
        try expectEqual(changed.calls, ["willInsert Bea", "didFetch Bea", "didUpsert bob@example.com"])
      }
    },
    ConformanceCase("hooks/one refused draft stops every row before anything is sent, with its own error") { trial in
      let db = trial.db
      try await db.createTables([Member.self])
      let log = EventLog(db)
      var drafts = (0..<100).map { Member.Draft("M\($0)") }
      drafts[99].email = "nothing"
      let insert = Member.insert(drafts)
      let calls = try await Member.calls { try await refused { try await insert.run(db) } }.calls
      try expectEqual(calls.count, 100)
      try expect(!calls.contains { $0.hasPrefix("did") }, "\(calls)")
      try await refused { try await insert.ignoringConflicts().run(db) }
      try await refused { _ = try await insert.returning().fetchAll(db) }
      try await refused {
        try await db.batch { batch in
          batch.add(Member.insert(.init("Ann")))
          batch.add(insert)
          batch.add(Member.insert(.init("Bob")))
        }
      }
      try expectEqual(await log.statements().kinds, [])
      try await db.transaction { transaction in
        try await Member.insert(.init("Zoe")).run(transaction)
        try await refused { try await insert.run(transaction) }
        try await Member.insert(.init("Yan")).run(transaction)
      }
      try expectEqual(try await Member.all().fetchCount(db), 2)
      try await trial.expectIntact(db)
    },
  ]

  private static let recordCases: [ConformanceCase] = [
    ConformanceCase("hooks/what a hook changes in a record is updated, and the caller's record stays as it is") {
      trial in
      let db = trial.db
      try await fill(db, "Ann")
      var ann = try await member("Ann", db)
      ann.name = "Anna"
      let (_, calls) = try await Member.calls { try await Member.update(ann).run(db) }
      try expectEqual(calls, ["willUpdate Anna", "didUpdate Anna 1"])
      try expectEqual(ann.changes, 0)
      try expectEqual(try await member("Anna", db).changes, 1)
      let original = try await member("Anna", db)
      let same = try await Member.calls { try await Member.update(original, since: original).run(db) }
      try expectEqual(same.result.affectedRows, 0)
      try expectEqual(same.calls, [], "nothing differs")
      var other = original
      other.email = "anna@example.org"
      let (_, since) = try await Member.calls { try await Member.update(other, since: original).run(db) }
      try expectEqual(since, ["willUpdate Anna", "didUpdate Anna 2"])
      let now = try await member("Anna", db)
      try expectEqual([now.email, "\(now.changes)"], ["anna@example.org", "2"])
    },
    ConformanceCase("hooks/records that are refused, gone, or given another key are not updated") { trial in
      let db = trial.db
      try await fill(db, "Ann", "Bob")
      var ann = try await member("Ann", db)
      let log = EventLog(db)
      ann.name = "frozen"
      try await refused(.frozen) { try await Member.update(ann).run(db) }
      try await refused(.frozen) { try await Member.save(ann).run(db) }
      ann.name = "other key"
      let error = try await expectError(.hookFailed) { try await Member.update(ann).run(db) }
      try expectEqual(error.table, "members")
      try await expectError(.hookFailed) { try await Member.save(ann).run(db) }
      try expectEqual(await log.statements().kinds, [])
      let gone = Member(id: ID(99), email: "x@y", name: "gone", changes: 0)
      let missing = try await Member.calls {
        try await expectError(.notFound) { try await Member.update(gone).run(db) }
      }
      try expectEqual(missing.calls, ["willUpdate gone"])
      try expectEqual(
        try await Member.order { $0.id.ascending() }.fetchAll(db).map { "\($0.name) \($0.changes)" },
        ["Ann 0", "Bob 0"])
    },
    ConformanceCase("hooks/saving calls them once, whether the row is there or not") { trial in
      let db = trial.db
      try await fill(db, "Ann")
      var ann = try await member("Ann", db)
      ann.name = "Anna"
      let there = try await Member.calls { try await Member.save(ann).run(db) }.calls
      let new = Member(id: ID(50), email: "new@example.com", name: "New", changes: 7)
      let absent = try await Member.calls { try await Member.save(new).run(db) }.calls
      try expectEqual(there, ["willUpdate Anna", "didUpdate Anna 1"])
      try expectEqual(absent, ["willUpdate New", "didUpdate New 8"])
      try expectEqual(
        try await Member.order { $0.id.ascending() }.fetchAll(db).map { "\($0.name) \($0.changes)" },
        ["Anna 1", "New 8"])
    },
    ConformanceCase("hooks/deleting a record") { trial in
      let db = trial.db
      try await fill(db, "Ann", "kept")
      let ann = try await member("Ann", db)
      let first = try await Member.calls { try await Member.delete(ann).run(db) }.calls
      let second = try await Member.calls { try await Member.delete(ann).run(db) }.calls
      try expectEqual(first, ["willDelete Ann", "didDelete Ann"])
      try expectEqual(second, ["willDelete Ann"], "it is gone already")
      let kept = try await member("kept", db)
      try await refused(.kept) { try await Member.delete(kept).run(db) }
      try expectEqual(try await Member.all().fetchAll(db).map(\.name), ["kept"])
    },
    ConformanceCase("hooks/statements over sets of rows call none") { trial in
      let db = trial.db
      try await fill(db, "Ann", "Bob", "kept")
      let (_, calls) = try await Member.calls {
        try await Member.update { $0.name = "x" }.where { $0.name == "Bob" }.run(db)
        try await Member.delete().where { $0.name == "kept" }.run(db)
        try await SQL("UPDATE \(Member.self) SET name = 'y' WHERE name = 'Ann'").run(db)
      }
      try expectEqual(calls, [])
      let names = try await Member.order { $0.id.ascending() }.select { $0.name }.fetchAll(db)
      try expectEqual(names, ["y", "x"])
    },
    ConformanceCase("hooks/code that knows no more than that a model is a table calls them too") { trial in
      func rename<T: KeyedTable>(_ record: T, _ draft: T.Draft) async throws -> [T] {
        try await T.insert(draft).run(trial.db)
        try await T.update(record).run(trial.db)
        return try await T.all().fetchAll(trial.db)
      }
      try await fill(trial.db, "Ann")
      let ann = try await member("Ann", trial.db)
      let (all, calls) = try await Member.calls { try await rename(ann, .init("Bob")) }
      try expectEqual(
        Array(calls.prefix(4)), ["willInsert Bob", "didInsert bob@example.com", "willUpdate Ann", "didUpdate Ann 1"])
      try expectEqual(Set(all.map(\.greeting)), ["Hello, Ann", "Hello, Bob"])
    },
  ]

  private static let fetchCases: [ConformanceCase] = [
    ConformanceCase("hooks/every record read is told, however it is read") { trial in
      let db = trial.db
      try await fill(db, "Ann", "Bob")
      let query = Member.where { $0.name == "Ann" }
      func greetings(_ body: () async throws -> [Member]) async throws {
        let (members, calls) = try await Member.calls(body)
        try expectEqual(members.map(\.greeting), ["Hello, Ann"])
        try expectEqual(calls, ["didFetch Ann"])
      }
      try await greetings { try await query.fetchAll(db) }
      try await greetings { [try await query.fetchOne(db)] }
      try await greetings { [try await query.fetchFirst(db)].compactMap { $0 } }
      try await greetings { try await db.transaction { try await query.fetchAll($0) } }
      try await greetings { try await query.select { $0 }.fetchAll(db) }
      try await greetings { try await query.select { ($0.id, $0) }.fetchAll(db).map(\.1) }
      try await greetings {
        var members: [Member] = []
        for try await member in query.stream(db) { members.append(member) }
        return members
      }
      try await greetings {
        try await SQL("SELECT id, email, name, changes FROM \(Member.self) WHERE name = 'Ann'").as(Member.self)
          .fetchAll(db)
      }
      try await greetings {
        try await Member.update { $0.changes = 3 }.where { $0.name == "Ann" }.returning().fetchAll(db)
      }
      let joined = try await Member.calls {
        try await Member.leftJoin(Member.self) { a, b in b.id > a.id }.order { a, _ in a.id.ascending() }.fetchAll(db)
      }
      try expectEqual(
        joined.result.map { [$0.0.greeting, $0.1?.greeting ?? "-"] },
        [["Hello, Ann", "Hello, Bob"], ["Hello, Bob", "-"]])
      try expectEqual(joined.calls, ["didFetch Ann", "didFetch Bob", "didFetch Bob"])
      try await greetings { try await Member.delete().where { $0.name == "Ann" }.returning().fetchAll(db) }
    },
    ConformanceCase("hooks/a row that cannot be read is no record") { trial in
      let db = trial.db
      try await fill(db, "Ann")
      let query = SQL("SELECT id, email, name, 'many' FROM \(Member.self)").as(Member.self)
      let (_, calls) = try await Member.calls {
        try await expectError(.decodingFailed) { try await query.fetchAll(db) }
      }
      try expectEqual(calls, [])
    },
  ]
}
