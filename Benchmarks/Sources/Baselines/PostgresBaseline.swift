import BenchmarkModels

/// What libpq needs for each row of the table: the base.
struct PostgresBaseline: Sendable {
  let server: PostgresServer

  func pointRead() throws -> Subject {
    let work = try Self.pointReads(PostgresClient(server))
    return Subject(.c) { operations, thorough in try work(0, 1, operations, thorough) }
  }

  /// Blocking threads with a connection each.
  func pointReads(threads: Int) throws -> Subject {
    let server = server
    let crew = try ThreadCrew(threads) { try Self.pointReads(PostgresClient(server)) }
    return Subject(.c) { operations, thorough in try crew.run(operations, thorough) }
      .onClose { crew.dismiss() }
  }

  private static func pointReads(_ client: PostgresClient) throws -> ThreadCrew.Work {
    let statement = try client.prepare("point", "SELECT \(items) FROM bench_items WHERE id = $1")
    return { worker, workers, operations, thorough in
      var tally = Tally(thorough: thorough)
      for index in stride(from: worker, to: operations, by: workers) {
        statement.clear()
        statement.bind(Samples.key(index, of: Samples.itemCount))
        try statement.execute { result in if result.count == 1 { tally.add(result.item(0)) } }
      }
      return tally.value
    }
  }

  func items() throws -> Subject {
    let statement = try PostgresClient(server).prepare("items", "SELECT \(Self.items) FROM bench_items")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        statement.clear()
        tally.add(
          try statement.execute { result in
            var items: [Item] = []
            for row in 0..<result.count { items.append(result.item(row)) }
            return items
          })
      }
      return tally.value
    }
  }

  func profiles(_ count: Int64) throws -> Subject {
    let statement = try PostgresClient(server).prepare("profiles", "SELECT * FROM bench_profiles LIMIT $1")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        statement.clear()
        statement.bind(count)
        tally.add(
          try statement.execute { result in
            var profiles: [Profile] = []
            for row in 0..<result.count { profiles.append(result.profile(row)) }
            return profiles
          })
      }
      return tally.value
    }
  }

  /// Single prepared inserts, one after another, in one transaction.
  func inserts(_ drafts: [Entry.Draft]) throws -> Subject {
    let client = try PostgresClient(server)
    let begin = try client.prepare("begin", "BEGIN")
    let commit = try client.prepare("commit", "COMMIT")
    let insert = try client.prepare(
      "insert", "INSERT INTO bench_entries (account, title, amount, cleared, memo) VALUES ($1, $2, $3, $4, $5)")
    return Subject(.c) { operations, _ in
      var tally = Tally(thorough: false)
      for _ in 0..<operations {
        try begin.execute { _ in }
        for draft in drafts {
          insert.clear()
          insert.bind(draft.account)
          insert.bind(draft.title)
          insert.bind(draft.amount)
          insert.bind(draft.cleared)
          insert.bind(draft.memo)
          tally.add(try insert.execute { $0.affected })
        }
        try commit.execute { _ in }
      }
      return tally.value
    }
    .onReset { try client.execute("TRUNCATE bench_entries") }
  }

  /// Every row of the large table, in single-row mode, none kept.
  func stream() throws -> Subject {
    let statement = try PostgresClient(server).prepare("stream", "SELECT \(Self.items) FROM bench_events")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        statement.clear()
        try statement.executeRowByRow { tally.add($0.item(0)) }
      }
      return tally.value
    }
  }

  private static let items = "id, name, email, score, active, note"
}
