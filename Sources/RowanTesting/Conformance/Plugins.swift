import RowanCore

/// What plugins may do to statements.
enum PluginCases {
  static let cases: [ConformanceCase] = hookCases + RewritingCases.cases + TenancyCases.cases

  private struct Refusal: Error {}

  /// A query that has been written by hand, on which a plugin insists.
  private static func raw(_ id: Int64) -> Statement {
    var raw = RawStatement(
      parts: ["SELECT id, name, email, age, score, is_active, manager_id FROM people WHERE id = ", ""],
      args: [.bind(.int(id))], access: .read)
    raw.types = ContiguousArray(Person.schema.columns.map(\.type))
    return .raw(raw)
  }

  private static let hookCases: [ConformanceCase] = [
    ConformanceCase("plugins/a veto is a typed error, and nothing is sent") { trial in
      try await Person.createAndFill(trial.db)
      let veto = HookPlugin(
        "no deletes",
        before: { statement in
          if case .delete = statement { throw Refusal() }
          if case .update = statement { throw RowanError(.permissionDenied, "no updates") }
          return .proceed
        })
      let db = try await trial.open(plugins: [veto])
      let log = EventLog(db)
      let delete = Person.delete().where { $0.id == ID(4) }
      let error = try await expectError(.vetoed) { try await delete.run(db) }
      try expect(error.cause is Refusal, "the reason is lost: \(error)")
      try expect(error.message.contains("no deletes"), "the plugin is not named: \(error)")
      try await expectError(.vetoed) { try await db.transaction { try await delete.run($0) } }
      try await expectError(.vetoed) { try await db.batch { $0.add(delete) } }
      try await expectError(.vetoed) { try await delete.returning().fetchAll(db) }
      try await expectError(.permissionDenied) { try await Person.update { $0.score = 0 }.all.run(db) }
      let events = await log.statements()
      try expect(!events.kinds.contains("query"), "something was sent: \(events)")
      try expectEqual(events.compactMap(\.failure?.code), Array(repeating: .vetoed, count: 4) + [.permissionDenied])
      try expectEqual(try await Person.all().fetchCount(db), 4)
      try await Person.insert(.init("Eve")).run(db)
      try await trial.expectIntact(db)
    },
    ConformanceCase("plugins/a tag is a comment behind the statement") { trial in
      try await Person.createAndFill(trial.db)
      let tags = ["route", "app"].map { name in
        HookPlugin(name, before: { _ in .tag("\(name)=users.list, x_y-z: 'it'") })
      }
      let db = try await trial.open(plugins: tags)
      let log = EventLog(db)
      let comments = " /* route=users.list, x_y-z: 'it' */ /* app=users.list, x_y-z: 'it' */"
      try expectEqual(try await Person.where { $0.age > 30 }.fetchCount(db), 2)
      try expectEqual(try await Person.where { $0.age > 60 }.fetchCount(db), 1)
      try expectEqual(try await Person.find(ID(1)).fetchOne(db).name, "Ada")
      try await Person.insert(.init("Eve")).run(db)
      try await Person.insert((0..<120).map { .init("p\($0)") }).run(db)
      try await db.batch { $0.add(Person.update { $0.score = 0 }.where { $0.id == ID(1) }) }
      for try await _ in Person.limit(3).stream(db) {}
      let events = await log.statements().filter { $0.query != nil }
      try expect(events.count >= 7, "\(events.count) statements")
      for event in events { try expect(event.query?.sql.hasSuffix(comments) == true, event.query?.sql ?? "") }
      try expectEqual(try await Person.all().fetchCount(trial.db), 125)
    },
    ConformanceCase("plugins/a tag that could end its comment is refused") { trial in
      try await Person.createAndFill(trial.db)
      let hostile = [
        "*/ DROP TABLE people; --", "*/", "/*", "a\nb", "a\rb", "\0", "; DELETE FROM people", "!50000 x", "+ hint",
        "\\",
        "?", "$1", "\u{202E}x", "\u{E9}", "\"x\"", "`x`", "#",
      ]
      for text in hostile {
        let plugin = HookPlugin("tagger", before: { _ in .tag(text) })
        let db = try await trial.open(pool: PoolOptions(maxConnections: 1, lanes: 1), plugins: [plugin])
        let error = try await expectError(.pluginFailed) { try await Person.all().fetchAll(db) }
        try expect(error.message.contains("tagger"), "the plugin is not named: \(error)")
        try await expectError(.pluginFailed) { try await Person.insert(.init("Eve")).run(db) }
        await db.close()
      }
      try expectEqual(try await Person.all().fetchCount(trial.db), 4)
    },
    ConformanceCase("plugins/a statement can be replaced, each time by another value") { trial in
      try await Person.createAndFill(trial.db)
      let turns = Notes<Int64>()
      let plugin = HookPlugin(
        "one at a time",
        before: { statement in
          guard case .select = statement else { return .proceed }
          turns.add(1)
          return .replace(Person.where { $0.id == ID(Int64(turns.all.count)) }.statement)
        })
      let db = try await trial.open(plugins: [plugin])
      let log = EventLog(db)
      let query = Person.where { $0.age > 1000 }
      var names: [String] = []
      for _ in 0..<4 { names += try await query.fetchAll(db).map(\.name) }
      try expectEqual(names, ["Ada", "Grace", "Linus", "Dennis"])
      try expectEqual(try await query.fetchAll(db).count, 0)
      let texts = Set(await log.statements().compactMap(\.query?.sql))
      try expectEqual(texts, [try trial.db.sql(Person.where { $0.id == ID(1) }.statement)])
    },
    ConformanceCase("plugins/a statement can be replaced by one written by hand") { trial in
      try await Person.createAndFill(trial.db)
      let plugin = HookPlugin(
        "by hand",
        before: { statement in
          if case .select(let select) = statement, select.limit == nil { .replace(raw(3)) } else { .proceed }
        })
      let db = try await trial.open(plugins: [plugin])
      try expectEqual(try await Person.all().fetchAll(db).map(\.name), ["Linus"])
      try expectEqual(try await db.transaction { try await Person.all().fetchAll($0) }.map(\.age), [21])
      var streamed: [Bool] = []
      for try await person in Person.all().stream(db) { streamed.append(person.isActive) }
      try expectEqual(streamed, [true])
      try expectEqual(try await Person.order { $0.id.ascending() }.limit(9).fetchAll(db).count, 4)
    },
    ConformanceCase("plugins/one that replaces a bulk insert row by row still gets every row in") { trial in
      try await trial.db.createTables([LogLine.self])
      let plugin = HookPlugin(
        "audit",
        before: { statement in
          guard case .insert(let insert) = statement, case .values(let values, let rows) = insert.source else {
            return .proceed
          }
          var copy = insert
          copy.source = .expressions(
            ContiguousArray(
              values.map { value in
                if case .text = value { .node(.function(.upper), [.bind(value)]) } else { .bind(value) }
              }), rows: rows)
          return .replace(.insert(copy))
        })
      let db = try await trial.open(plugins: [plugin])
      // One array per column is another form of the insert, which this plugin does not know.
      let batches: Bool = if case .columnArrays = trial.capabilities.bulkInsert { false } else { true }
      try await LogLine.insert((0..<100).map { .init($0, "a\($0)") }).run(db)
      try await LogLine.insert(.init(100, "a100")).run(db)
      let texts = try await LogLine.order { $0.level.ascending() }.select { $0.text }.fetchAll(db)
      try expectEqual(texts, (0...100).map { batches || $0 == 100 ? "A\($0)" : "a\($0)" })
    },
  ]
}
