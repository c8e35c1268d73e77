import BenchmarkModels

/// What Connector/C needs for each row of the table: the base.
struct MariaDBBaseline: Sendable {
  let server: MariaDBServer

  /// Blocking threads with a connection each.
  func pointReads(threads: Int) throws -> Subject {
    let server = server
    let crew = try ThreadCrew(threads) {
      let statement = try MariaDBClient(server).prepare("SELECT \(Self.items) FROM bench_items WHERE id = ?")
      statement.set(0, 0 as Int64)
      try statement.bindParameters()
      return { worker, workers, operations, thorough in
        var tally = Tally(thorough: thorough)
        for index in stride(from: worker, to: operations, by: workers) {
          statement.set(0, Samples.key(index, of: Samples.itemCount))
          try statement.execute()
          while try statement.fetch() { tally.add(statement.item()) }
        }
        return tally.value
      }
    }
    return Subject(.c) { operations, thorough in try crew.run(operations, thorough) }
      .onClose { crew.dismiss() }
  }

  func items() throws -> Subject {
    let statement = try MariaDBClient(server).prepare("SELECT \(Self.items) FROM bench_items")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        var items: [Item] = []
        try statement.execute()
        while try statement.fetch() { items.append(statement.item()) }
        tally.add(items)
      }
      return tally.value
    }
  }

  func profiles(_ count: Int64) throws -> Subject {
    let statement = try MariaDBClient(server).prepare("SELECT * FROM bench_profiles LIMIT ?")
    statement.set(0, count)
    try statement.bindParameters()
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        var profiles: [Profile] = []
        try statement.execute()
        while try statement.fetch() { profiles.append(statement.profile()) }
        tally.add(profiles)
      }
      return tally.value
    }
  }

  /// Single prepared inserts, one after another, in one transaction.
  func inserts(_ drafts: [Entry.Draft]) throws -> Subject {
    let client = try MariaDBClient(server)
    let insert = try client.prepare(
      "INSERT INTO bench_entries (account, title, amount, cleared, memo) VALUES (?, ?, ?, ?, ?)")
    func set(_ draft: Entry.Draft) {
      insert.set(0, draft.account)
      insert.set(1, draft.title)
      insert.set(2, draft.amount)
      insert.set(3, draft.cleared)
      insert.set(4, draft.memo)
    }
    if let draft = drafts.first { set(draft) }
    try insert.bindParameters()
    return Subject(.c) { operations, _ in
      var tally = Tally(thorough: false)
      for _ in 0..<operations {
        try client.execute("BEGIN")
        for draft in drafts {
          set(draft)
          try insert.execute()
          tally.add(insert.affected)
        }
        try client.execute("COMMIT")
      }
      return tally.value
    }
    .onReset { try client.execute("TRUNCATE bench_entries") }
  }

  /// Every row of the large table, unbuffered, none kept.
  func stream() throws -> Subject {
    let statement = try MariaDBClient(server).prepare("SELECT \(Self.items) FROM bench_events")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        try statement.execute()
        while try statement.fetch() { tally.add(statement.item()) }
      }
      return tally.value
    }
  }

  private static let items = "id, name, email, score, active, note"
}
