import RowanCore

/// What events say of statements.
enum EventCases {
  static let cases: [ConformanceCase] = statementCases + TransactionEventCases.cases + EventDeliveryCases.cases

  private static let statementCases: [ConformanceCase] = [
    ConformanceCase("events/a query says what ran and how long, and no value") { trial in
      try await Person.createAndFill(trial.db)
      let secret = Secret()
      let log = EventLog(trial.db)
      let query = Person.where { $0.name != secret.text && $0.score < Double(secret.number) }
      let db = trial.db.labelled("request 7")
      try expectEqual(try await query.fetchAll(db).count, 4)
      _ = try await Person.where { $0.name.in([secret.text, "Ada"]) }.fetchAll(trial.db)
      _ = try await SQL("SELECT name FROM \(Person.self) WHERE name = \(secret.text)").as(String.self)
        .fetchAll(trial.db)
      let events = await log.statements()
      try expectEqual(events.kinds, ["query", "query", "query"])
      let first = try expectPresent(events.first?.query)
      try expectEqual(first.sql, try trial.db.sql(query.statement))
      try expectEqual(first.bindCount, 2)
      try expectEqual(first.rows, 4)
      try expectEqual(first.label, "request 7")
      try expectEqual(first.transaction, nil)
      try expectEqual(events.compactMap(\.query?.rows), [4, 1, 0])
      try expectEqual(events.compactMap(\.query?.label), ["request 7"])
      for event in events {
        let query = try expectPresent(event.query)
        try expect(query.duration > .zero, "it took no time")
        try expect(query.decodeDuration >= .zero && query.decodeDuration <= query.duration, "reading took longer")
        try expectEqual(query.parts, query.duration)
        try secret.expectAbsent(from: event)
      }
    },
    ConformanceCase("events/a write says how many rows it changed") { trial in
      try await Person.createAndFill(trial.db)
      let log = EventLog(trial.db)
      try await Person.insert(.init("Eve")).run(trial.db)
      try await Person.update { $0.score = 1 }.where { $0.id < ID(4) }.run(trial.db)
      try await Person.delete().where { $0.id > ID(4) }.run(trial.db)
      try await SQL("UPDATE \(Person.self) SET score = 2").run(trial.db)
      try expectEqual(await log.statements().compactMap(\.query?.affectedRows), [1, 3, 1, 4])
      try await Person.insert((0..<200).map { .init("p\($0)") }).run(trial.db)
      let bulk = await log.statements().dropFirst(4).compactMap(\.query)
      try expectEqual(bulk.map(\.affectedRows).reduce(0, +), 200)
    },
    ConformanceCase("events/a failing statement is reported with its code, once, and no value") { trial in
      try await Person.createAndFill(trial.db)
      let secret = Secret()
      try await Person.insert(.init("x", email: secret.text)).run(trial.db)
      let log = EventLog(trial.db)
      try await expectError(.uniqueViolation) {
        try await Person.insert(.init("y", email: secret.text)).run(trial.db.labelled("twice"))
      }
      try await expectError(.unknownTable) {
        try await SQL("SELECT n FROM no_such_table WHERE n = \(secret.number)").as(Int64.self).fetchAll(trial.db)
      }
      try await expectError(.unknownTable) { try await LogLine.where { $0.text == secret.text }.fetchAll(trial.db) }
      try await expectError(.decodingFailed) {
        try await SQL("SELECT name FROM \(Person.self) WHERE email = \(secret.text)").as(Int64.self).fetchAll(trial.db)
      }
      let events = await log.statements()
      try expectEqual(events.kinds, Array(repeating: "queryError", count: 4))
      try expectEqual(
        events.compactMap(\.failure?.code), [.uniqueViolation, .unknownTable, .unknownTable, .decodingFailed])
      try expectEqual(events.first?.query?.label, "twice")
      for event in events {
        try expect(event.query?.sql.isEmpty == false, "the statement is not named")
        try secret.expectAbsent(from: event)
      }
    },
    ConformanceCase("events/a statement refused before it is sent is reported, in whatever it was meant for") {
      trial in
      try await Person.createAndFill(trial.db)
      let secret = Secret()
      let log = EventLog(trial.db)
      let db = trial.db.labelled("refused")
      try await expectError(.missingWhere) { try await Person.delete().run(db) }
      try await expectError(.valueOutOfRange) { try await Person.limit(-1).fetchAll(db) }
      try await expectError(.missingContext) {
        try await Person.where { $0.id == contextValue(\.tenantPerson) && $0.name == secret.text }.fetchAll(db)
      }
      try await expectError(.missingContext) {
        for try await _ in Person.where({ $0.id == contextValue(\.tenantPerson) }).stream(db) {}
      }
      try await expectError(.missingWhere) { try await db.batch { $0.add(Person.delete()) } }
      let id = try await trial.db.transaction { transaction in
        try await expectError(.missingWhere) { try await Person.delete().run(transaction) }
        try await expectError(.missingWhere) { try await transaction.batch { $0.add(Person.delete()) } }
        return transaction.id
      }
      let events = await log.statements().filter { $0.query != nil }
      try expectEqual(
        events.compactMap(\.failure?.code),
        [
          .missingWhere, .valueOutOfRange, .missingContext, .missingContext, .missingWhere, .missingWhere,
          .missingWhere,
        ])
      try expectEqual(events.prefix(5).compactMap(\.query?.label).count, 5, "labels")
      try expectEqual(events.suffix(2).compactMap(\.query?.transaction), [id, id])
      for event in events { try secret.expectAbsent(from: event) }
      // Asking for the text runs nothing.
      _ = try? trial.db.sql(Person.where { $0.id == contextValue(\.tenantPerson) }.statement)
      try expectEqual(await log.statements().filter { $0.query != nil }.count, events.count)
    },
    ConformanceCase("events/DDL is reported like any statement") { trial in
      let log = EventLog(trial.db)
      try await trial.db.createTables([LogLine.self])
      try await expectError(.unknownTable) { try await trial.db.dropTables([Person.self]) }
      let events = await log.statements()
      try expectEqual(events.kinds, ["query", "queryError"])
      try expect(events.first?.query?.sql.hasPrefix("CREATE TABLE") == true, "no CREATE TABLE")
      try expectEqual(events.last?.failure?.code, .unknownTable)
    },
    ConformanceCase("events/a stream is one statement, reported when it ends") { trial in
      try await trial.db.createTables([LogLine.self])
      try await LogLine.insert((0..<100).map { .init($0, "line") }).run(trial.db)
      let log = EventLog(trial.db)
      var count = 0
      for try await _ in LogLine.all().stream(trial.db, batchSize: 30) {
        count += 1
        if count == 50 { try expectEqual(await log.statements().count, 0, "before the end") }
      }
      let whole = await log.statements()
      try expectEqual(whole.kinds, ["query"])
      let read = try expectPresent(whole.first?.query)
      try expectEqual(read.rows, 100)
      try expect(read.parts <= read.duration, "\(read.parts) of \(read.duration)")
      for try await _ in LogLine.all().stream(trial.db, batchSize: 30) { break }
      try expect(await eventually { await log.statements().count == 2 }, "a stream let go is not reported")
      let left = try expectPresent(await log.statements().last?.query)
      try expect(left.rows >= 1 && left.rows < 100, "\(left.rows) rows of a stream left early")
      try await expectError(.unknownTable) { for try await _ in Person.all().stream(trial.db) {} }
      try expectEqual(await log.statements().last?.failure?.code, .unknownTable)
      let id = try await trial.db.transaction { transaction in
        for try await _ in LogLine.all().stream(transaction, batchSize: 30) {}
        return transaction.id
      }
      let inside = await log.statements().compactMap(\.query).last
      try expectEqual(inside?.transaction, id)
      try expectEqual(inside?.rows, 100)
    },
    ConformanceCase("events/a batch is reported statement by statement, a failing one by what failed") { trial in
      try await Book.createAndFill(trial.db)
      let log = EventLog(trial.db)
      try await trial.db.labelled("batch").batch {
        $0.add(Person.insert(.init(id: 5, "Barbara")))
        $0.add(Person.update { $0.score = 0 }.all)
        $0.add(Book.delete().where { $0.id == ID(4) })
      }
      let events = await log.statements()
      try expectEqual(
        events.kinds,
        ["transactionStart", "transactionConfirmed", "query", "query", "query", "transactionCommit"])
      try expectEqual(events.compactMap(\.query?.affectedRows), [1, 5, 1])
      try expectEqual(Set(events.compactMap(\.query?.transaction)).count, 1)
      try expectEqual(events.compactMap(\.query?.label).count, 3)
      let failing = Book.insert(.init(id: 9, by: 99, "x"))
      try await expectError(.foreignKeyViolation) {
        try await trial.db.batch {
          $0.add(Person.insert(.init(id: 6, "Frances")))
          $0.add(failing)
          $0.add(Person.insert(.init(id: 7, "Karen")))
        }
      }
      let failed = await log.statements().dropFirst(6)
      try expectEqual(failed.map(\.kind), ["transactionStart", "queryError", "transactionRollback"])
      let sql = failed.compactMap(\.query?.sql).first ?? ""
      try expect(sql.contains("books"), "the statement that failed is not the one reported: \(sql)")
    },
    ConformanceCase("events/what a statement waited for a connection is told apart from what it took") { trial in
      let db = try await trial.open(
        pool: PoolOptions(maxConnections: 1, checkoutTimeout: .seconds(60), connectTimeout: .seconds(30), lanes: 1))
      try await db.createTables([LogLine.self])
      // A busy machine may be late to ask and late to answer: then a longer wait has to show it.
      for hold in [Duration.milliseconds(200), .seconds(1), .seconds(5)] {
        let log = EventLog(db)
        let asks = Latch()
        var waiting: Task<Void, any Error>?
        try await ConcurrencyCases.holding(db) {
          try await expectError(.queryTimeout, .poolTimeout) {
            try await LogLine.insert(.init(1, "late")).run(db.withTimeout(.milliseconds(50)))
          }
          waiting = Task {
            asks.open()
            try await LogLine.insert(.init(2, "waits")).run(db)
          }
          await asks.wait()
          try await Task.sleep(for: hold + .milliseconds(50))
        }
        try await waiting?.value
        let inserts = await log.statements().compactMap(\.query).filter { $0.sql.hasPrefix("INSERT") }
        log.stop()
        try expectEqual(inserts.count, 2)
        try expectEqual(inserts.map(\.parts), inserts.map(\.duration))
        let late = try expectPresent(inserts.first)
        try expectEqual(late.queueDuration, late.duration, "it never had a connection")
        let waited = try expectPresent(inserts.last)
        if waited.queueDuration >= hold, waited.executeDuration < hold { return }
      }
      throw ConformanceFailure("a wait of seconds is not told", file: #fileID, line: #line)
    },
    ConformanceCase("events/slow queries are those over the threshold, failing ones too") { trial in
      try await Person.createAndFill(trial.db)
      let log = EventLog(trial.db)
      let query = Person.where { $0.age > 20 }
      _ = try await query.fetchAll(trial.db)
      trial.db.reportSlowQueries(over: .seconds(1000))
      _ = try await query.fetchAll(trial.db)
      try expectEqual(await log.statements().kinds, ["query", "query"])
      trial.db.reportSlowQueries(over: .zero)
      _ = try await query.fetchAll(trial.db)
      try await expectError(.unknownTable) { try await Book.all().fetchAll(trial.db) }
      let events = await log.statements().dropFirst(2)
      try expectEqual(events.map(\.kind), ["query", "slowQuery", "queryError", "slowQuery"])
      try expectEqual(events.compactMap(\.query).first?.sql, try trial.db.sql(query.statement))
    },
  ]
}

extension QueryEvent {
  /// What its parts add up to.
  fileprivate var parts: Duration { queueDuration + executeDuration + decodeDuration }
}

extension ContextKeys {
  /// Who asks, in cases about values that a handle does not carry.
  fileprivate var tenantPerson: ContextKey<ID<Person, Int64>> { ContextKey("tenant_person") }
}
