import RowanCore

/// A plugin that scopes every statement by a value of the handle: no row of another tenant is ever seen or changed.
enum TenancyCases {
  /// Projects 1 and 2 of tenant 1 and 3 of tenant 2; tickets of both in each project, and one whose project is another
  /// tenant's.
  private static func open(_ trial: Trial) async throws -> Database {
    try await trial.db.createTables([Project.self, Ticket.self])
    let db = try await trial.open(plugins: [TenantPlugin()])
    let (one, two) = (db.with(\.tenant, 1), db.with(\.tenant, 2))
    try await Project.insert([.init(1, "a"), .init(2, "b")]).run(one)
    try await Project.insert(.init(3, "c")).run(two)
    try await Ticket.insert([.init(1, of: 1, points: 5), .init(2, of: 1, points: 1), .init(3, of: 3, points: 8)])
      .run(one)
    try await Ticket.insert([.init(4, of: 3, points: 3), .init(5, of: 1, points: 2)]).run(two)
    return db
  }

  static let cases = [
    reads, joins, nested, writes, inserts, missing, transactions,
    raw,
  ]

  private static let reads = ConformanceCase("plugins/tenancy: reads") { trial in
    let db = try await open(trial)
    let (one, two) = (db.with(\.tenant, 1), db.with(\.tenant, 2))
    try expectEqual(try await Project.order { $0.id.ascending() }.fetchAll(one).map(\.id), [1, 2])
    try expectEqual(try await Project.all().fetchAll(two).map(\.id), [3])
    try expect(try await Project.find(3).fetchFirst(one) == nil, "another tenant's row was found")
    try expectEqual(try await Project.find(3).fetchFirst(two)?.name, "c")
    try expectEqual(try await Project.where { $0.id == 3 || $0.id == 1 }.fetchAll(one).map(\.id), [1])
    try expectEqual(try await Project.all().fetchCount(one), 2)
    try expectEqual(try await Project.limit(1).fetchCount(one), 1)
    try expectEqual(try await Project.all().distinct().fetchCount(two), 1)
    let isThere = try await Project.where { $0.id == 3 }.exists(one)
    try expect(!isThere, "another tenant's row exists")
    let sum = try await Ticket.all().select { $0.points.sum() }.fetchOne(one)
    try expectEqual(sum, 14)
    let groups = try await Ticket.group { $0.projectID }.select { key, ticket in (key, ticket.id.count()) }
      .fetchAll(two)
    try expectEqual(Dictionary(uniqueKeysWithValues: groups), [1: 1, 3: 1])
    var streamed: [Int64] = []
    for try await project in Project.order({ $0.id.ascending() }).stream(one) { streamed.append(project.id) }
    try expectEqual(streamed, [1, 2])
    try expectEqual(try await Project.all().fetchCount(db.with(\.tenant, 3)), 0)
  }

  private static let joins = ConformanceCase("plugins/tenancy: joins, on the outer side in ON") { trial in
    let db = try await open(trial)
    let (one, two) = (db.with(\.tenant, 1), db.with(\.tenant, 2))
    let inner = Project.join(Ticket.self) { $0.id == $1.projectID }.order { _, ticket in ticket.id.ascending() }
    try expectEqual(try await inner.fetchAll(one).map(\.1.id), [1, 2])
    try expectEqual(try await inner.fetchAll(two).map(\.1.id), [4])
    try expectEqual(try await inner.fetchCount(one), 2)
    let left = Project.leftJoin(Ticket.self) { $0.id == $1.projectID && $1.points > 2 }
      .order { project, _ in project.id.ascending() }
    let rows = try await left.fetchAll(one)
    try expectEqual(rows.map(\.0.id), [1, 2])
    try expectEqual(rows.map { $0.1?.id }, [1, nil])
    let lonely = try await left.where { _, ticket in ticket.id == nil }.fetchAll(one)
    try expectEqual(lonely.map(\.0.id), [2])
    let right = Project.rightJoin(Ticket.self) { $0.id == $1.projectID }.order { _, ticket in ticket.id.ascending() }
    let tickets = try await right.fetchAll(one)
    try expectEqual(tickets.map(\.1.id), [1, 2, 3])
    try expectEqual(tickets.map { $0.0?.id }, [1, 1, nil])
    let sql = try one.sql(left.statement)
    try expect(sql.ranges(of: "tenant_id").count >= 2, sql)
  }

  private static let nested = ConformanceCase("plugins/tenancy: sub-queries and set operations") { trial in
    let db = try await open(trial)
    let (one, two) = (db.with(\.tenant, 1), db.with(\.tenant, 2))
    let withTickets = Project.where { project in Ticket.where { $0.projectID == project.id }.exists() }
    try expectEqual(try await withTickets.fetchAll(one).map(\.id), [1])
    try expectEqual(try await withTickets.fetchAll(two).map(\.id), [3])
    let listed = Project.where { $0.id.in(Ticket.all().select { $0.projectID }) }
    try expectEqual(try await listed.fetchAll(one).map(\.id), [1])
    let scalar = Project.order { $0.id.ascending() }.select { project in
      (project.id, Ticket.where { $0.projectID == project.id }.select { $0.points.sum() }.scalar())
    }
    try expectRows(try await scalar.fetchAll(one), [(1, 6), (2, nil)], by: ==)
    let union = Project.all().select { $0.id }.unionAll(Ticket.all().select { $0.id })
    try expectEqual(try await union.fetchAll(two).sorted(), [3, 4, 5])
    try expectEqual(try await union.fetchCount(one), 5)
  }

  private static let writes = ConformanceCase("plugins/tenancy: writes") { trial in
    let db = try await open(trial)
    let (one, two) = (db.with(\.tenant, 1), db.with(\.tenant, 2))
    try expectEqual(try await Ticket.update { $0.points = 100 }.all.run(one).affectedRows, 3)
    try expectEqual(try await Ticket.update { $0.points = 0 }.where { $0.id == 1 }.run(two).affectedRows, 0)
    try expectEqual(try await Ticket.delete().where { $0.id > 0 }.run(two).affectedRows, 2)
    try expectEqual(try await Ticket.delete().where { $0.id == 1 }.run(two).affectedRows, 0)
    let changed = try await Project.update { $0.name = "x" }.all.returning().fetchAll(one)
    try expectEqual(Set(changed.map(\.id)), [1, 2])
    try expectEqual(try await Project.delete().where { $0.id > 0 }.returning().fetchAll(two).map(\.id), [3])
    // Without the plugin, everything is seen.
    let left = try await Ticket.order { $0.id.ascending() }.fetchAll(trial.db)
    try expectEqual(left.map(\.id), [1, 2, 3])
    try expectEqual(left.map(\.points), [100, 100, 100])
  }

  private static let inserts = ConformanceCase("plugins/tenancy: inserts of one and of many rows") { trial in
    let db = try await open(trial)
    let two = db.with(\.tenant, 2)
    try await Project.insert(.init(10, "one")).run(two)
    try await Project.insert((100..<400).map { .init($0, "p\($0)") }).run(two)
    try await two.batch {
      $0.add(Project.insert((500..<600).map { .init($0, "b\($0)") }))
      $0.add(Project.insert(.init(600, "b600")))
    }
    let returned = try await Project.insert([.init(11, "x"), .init(12, "y")]).returning().fetchAll(two)
    try expectEqual(returned.map(\.tenantID), [2, 2])
    let all = try await Project.where { $0.id >= 10 }.order { $0.id.ascending() }.fetchAll(trial.db)
    try expectEqual(all.count, 404)
    try expect(all.allSatisfy { $0.tenantID == 2 }, "a row is another tenant's")
    try expectEqual(all.suffix(101).map(\.name), (500...600).map { "b\($0)" })
  }

  private static let missing = ConformanceCase(
    "plugins/tenancy: a handle without a tenant is refused, never unfiltered"
  ) { trial in
    let db = try await open(trial)
    let log = EventLog(db)
    try await expectError(.missingContext) { try await Project.all().fetchAll(db) }
    try await expectError(.missingContext) { try await Project.find(1).fetchFirst(db) }
    try await expectError(.missingContext) { try await Project.all().fetchCount(db) }
    try await expectError(.missingContext) {
      try await Project.where { project in Ticket.where { $0.projectID == project.id }.exists() }.fetchAll(db)
    }
    try await expectError(.missingContext) { for try await _ in Project.all().stream(db) {} }
    try await expectError(.missingContext) { try await Project.insert(.init(9, "x")).run(db) }
    try await expectError(.missingContext) {
      try await Project.insert((900..<1000).map { .init($0, "x") }).run(db)
    }
    try await expectError(.missingContext) { try await Project.update { $0.name = "x" }.all.run(db) }
    try await expectError(.missingContext) { try await Project.delete().all.run(db) }
    try await expectError(.missingContext) { try await db.batch { $0.add(Project.delete().all) } }
    try await expectError(.missingContext) { try await db.transaction { try await Project.all().fetchAll($0) } }
    try await expectError(.missingContext) { try await Project.all().fetchAll(db.with("other", Int64(1))) }
    let kinds = await log.statements().kinds
    try expect(!kinds.contains("query"), "something was sent: \(kinds)")
    let error = try await expectError(.missingContext) { try await Project.all().fetchAll(db) }
    try expect(error.message.contains("tenant"), "the key is not named: \(error)")
    try expectEqual(try await Project.all().fetchAll(trial.db).map(\.name).sorted(), ["a", "b", "c"])
  }

  private static let transactions = ConformanceCase(
    "plugins/tenancy: transactions, savepoints and batches carry the handle's tenant"
  ) { trial in
    let db = try await open(trial)
    let one = db.with(\.tenant, 1)
    try await one.transaction { transaction in
      try expectEqual(try await Project.all().fetchCount(transaction), 2)
      try expectEqual(try await Project.all().fetchCount(transaction.with(\.tenant, 2)), 1)
      try await transaction.savepoint { savepoint in
        try await Project.insert(.init(20, "in")).run(savepoint)
        try expectEqual(try await Project.all().fetchCount(savepoint), 3)
        try await savepoint.with(\.tenant, 2).batch { $0.add(Project.insert(.init(21, "other"))) }
      }
      try await transaction.batch { $0.add(Project.update { $0.name = "z" }.all) }
    }
    let names = try await Project.order { $0.id.ascending() }.fetchAll(trial.db)
    try expectEqual(names.map(\.name), ["z", "z", "c", "z", "other"])
    try expectEqual(names.map(\.tenantID), [1, 1, 2, 1, 2])
    // The handle it was made from stays as it was.
    try await expectError(.missingContext) { try await Project.all().fetchAll(db) }
    let tasks = try await withThrowingTaskGroup(of: (Int64, [Int64]).self) { group in
      for index in 0..<40 {
        let tenant = Int64(index % 3)
        group.addTask { (tenant, try await Project.all().fetchAll(db.with(\.tenant, tenant)).map(\.tenantID)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for (tenant, found) in tasks {
      try expectEqual(found.count, [0, 3, 2][Int(tenant)])
      try expect(found.allSatisfy { $0 == tenant }, "tenant \(tenant) was shown \(found)")
    }
  }

  private static let raw = ConformanceCase("plugins/tenancy: raw SQL only where it says that it may see everything") {
    trial in
    let db = try await open(trial)
    let one = db.with(\.tenant, 1)
    let count = SQL("SELECT count(*) AS n FROM \(Project.self)")
    try await expectError(.vetoed) { try await count.as(Int64.self).fetchOne(one) }
    try await expectError(.vetoed) { try await SQL("DELETE FROM \(Project.self)").run(one) }
    try await expectError(.vetoed) { try await one.batch { $0.add(SQL("DELETE FROM \(Project.self)")) } }
    try expectEqual(try await count.bypassingScopes.as(Int64.self).fetchOne(one), 3)
    try expectEqual(try await count.bypassingScopes.as(Int64.self).fetchOne(db), 3)
    try await expectError(.vetoed) { try await count.as(Int64.self).fetchOne(one) }
  }
}
