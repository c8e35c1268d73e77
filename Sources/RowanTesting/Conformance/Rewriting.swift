import RowanCore

/// Plugins that rewrite: their order, the cache, and what becomes of a defective one.
enum RewritingCases {
  private struct Broken: Error {}

  private static func mark(_ text: String) -> Expr { .node(.raw(["'\(text)' = '\(text)'"])) }

  static let cases: [ConformanceCase] = [
    ConformanceCase("plugins/rewriting goes in the order of installation") { trial in
      try await Person.createAndFill(trial.db)
      let first = HookPlugin.filtering("first", mark("first"))
      let second = HookPlugin.filtering("second", mark("second"))
      for (plugins, order) in [([first, second], ["first", "second"]), ([second, first], ["second", "first"])] {
        let db = try await trial.open(plugins: plugins)
        let sql = try db.sql(Person.where { $0.age > 1 }.statement)
        let places = order.compactMap { sql.firstRange(of: "'\($0)' = ")?.lowerBound }
        try expectEqual(places.count, 2, sql)
        try expect(places[0] < places[1], sql)
        try expectEqual(try await Person.where { $0.age > 1 }.fetchCount(db), 3)
      }
    },
    ConformanceCase("plugins/a plugin that is installed empties the cache") { trial in
      try await Person.createAndFill(trial.db)
      let query = Person.where { $0.score > 0 }
      let counts = Notes<Int>()
      let early = HookPlugin("early", install: { counts.add(try await query.fetchCount($0)) })
      let late = HookPlugin.filtering("late", .isNull(ColumnRef(Slot(0), 6)))
      let db = try await trial.open(plugins: [early, late])
      try expectEqual(counts.all, [4])
      try expectEqual(try await query.fetchCount(db), 1)
    },
    ConformanceCase("plugins/a rewrite runs once for a shape, and never sees a value") { trial in
      try await Person.createAndFill(trial.db)
      let secret = Secret()
      let seen = Notes<String>()
      let plugin = HookPlugin(
        "watching",
        rewrite: { statement in
          var text = ""
          dump(statement, to: &text)
          seen.add(text)
          return statement
        })
      let db = try await trial.open(plugins: [plugin])
      for name in ["Ada", secret.text, "Grace", secret.text] {
        _ = try await Person.where { $0.name == name && $0.id.in([ID(1), ID(secret.number)]) }.fetchAll(db)
      }
      try expectEqual(seen.all.count, 1)
      try await Person.insert([.init(secret.text), .init("other")]).run(db)
      try await Person.update { $0.name = secret.text }.where { $0.id == ID(secret.number) }.run(db)
      for text in seen.all { try secret.expectAbsent(from: text) }
    },
    ConformanceCase("plugins/a defective rewrite is reported with the plugin's name") { trial in
      try await Person.createAndFill(trial.db)
      let plugins = [
        HookPlugin("throwing", rewrite: { _ in throw Broken() }),
        HookPlugin(
          "forgetful",
          rewrite: { statement in
            guard case .select(var select) = statement else { return statement }
            select.filter = nil
            return .select(select)
          }),
        HookPlugin(
          "doubling",
          rewrite: { statement in
            guard case .select(var select) = statement, let filter = select.filter else { return statement }
            select.filter = .any([filter, filter])
            return .select(select)
          }),
        HookPlugin.filtering("astray", .isNull(ColumnRef(Slot(scope: 0, 5), 0))),
        HookPlugin.filtering("beyond", .isNull(ColumnRef(Slot(0), 500))),
      ]
      for plugin in plugins {
        let db = try await trial.open(pool: PoolOptions(maxConnections: 1, lanes: 1), plugins: [plugin])
        let error = try await expectError(.pluginFailed) { try await Person.where { $0.age > 1 }.fetchAll(db) }
        try expect(error.message.contains(plugin.name), "the plugin is not named: \(error)")
        await db.close()
      }
      try expectEqual(try await Person.all().fetchCount(trial.db), 4)
    },
    ConformanceCase("plugins/one that cannot be installed keeps the database from opening") { trial in
      let plugin = HookPlugin("unwilling", install: { _ in throw RowanError(.invalidConfiguration, "no key") })
      try await expectError(.invalidConfiguration) { try await trial.open(plugins: [plugin]) }
      try await trial.expectIntact()
    },
    ConformanceCase("plugins/the identity changes no statement") { trial in
      try await Book.createAndFill(trial.db)
      let db = try await trial.open(plugins: [IdentityPlugin(), IdentityPlugin()])
      let statements = [
        Person.where { $0.age > 1 && !$0.name.hasPrefix("x") }.order { $0.age.descending().nullsLast() }.limit(3)
          .statement,
        Person.leftJoin(Book.self) { $0.id == $1.authorID }.where { person, book in book.pages > 1 }.statement,
        Person.where { person in Book.where { $0.authorID == person.id }.exists() }.statement,
        Person.where { $0.age > 1 }.select { $0.name }.union(Book.all().select { $0.title }).statement,
        Statement.update(Person.update { $0.score = $0.score + 1 }.where { $0.id == ID(1) }.update),
        Statement.delete(Book.delete().where { $0.pages < 1 }.delete),
      ]
      for statement in statements { try expectEqual(try db.sql(statement), try trial.db.sql(statement)) }
    },
  ]
}
