import BenchSQLite
import BenchmarkModels

/// What SQLite's own API needs for each row of the table: the base.
struct SQLiteBaseline {
  let path: String

  func pointRead() throws -> Subject {
    let client = try SQLiteClient(path)
    let statement = try client.prepare("SELECT id, name, email, score, active, note FROM bench_items WHERE id = ?")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for index in 0..<operations {
        statement.bind(1, Samples.key(index, of: Samples.itemCount))
        if try statement.step() { tally.add(statement.item()) }
        statement.reset()
      }
      return tally.value
    }
  }

  /// The same reads inside one transaction.
  func snapshot() throws -> Subject {
    let client = try SQLiteClient(path)
    let statement = try client.prepare("SELECT id, name, email, score, active, note FROM bench_items WHERE id = ?")
    return Subject(.cSnapshot) { operations, thorough in
      var tally = Tally(thorough: thorough)
      try client.execute("BEGIN")
      for index in 0..<operations {
        statement.bind(1, Samples.key(index, of: Samples.itemCount))
        if try statement.step() { tally.add(statement.item()) }
        statement.reset()
      }
      try client.execute("COMMIT")
      return tally.value
    }
  }

  func items() throws -> Subject {
    let client = try SQLiteClient(path)
    let statement = try client.prepare("SELECT id, name, email, score, active, note FROM bench_items")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        var items: [Item] = []
        while try statement.step() { items.append(statement.item()) }
        statement.reset()
        tally.add(items)
      }
      return tally.value
    }
  }

  func profiles(_ count: Int64) throws -> Subject {
    let client = try SQLiteClient(path)
    let statement = try client.prepare("SELECT * FROM bench_profiles LIMIT ?")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        var profiles: [Profile] = []
        statement.bind(1, count)
        while try statement.step() { profiles.append(statement.profile()) }
        statement.reset()
        tally.add(profiles)
      }
      return tally.value
    }
  }

  /// A thousand executions of one statement between BEGIN and COMMIT, which are kept prepared too.
  func bulkInsert(_ drafts: [Entry.Draft]) throws -> Subject {
    let client = try SQLiteClient(path)
    let begin = try client.prepare("BEGIN IMMEDIATE")
    let commit = try client.prepare("COMMIT")
    let insert = try client.prepare(Self.insert)
    return Subject(.c) { operations, _ in
      var tally = Tally(thorough: false)
      for _ in 0..<operations {
        _ = try begin.step()
        begin.reset()
        for draft in drafts {
          try Self.insert(draft, insert)
          tally.add(Int64(sqlite3_changes(client.db)))
        }
        _ = try commit.step()
        commit.reset()
      }
      return tally.value
    }
    .onReset { try client.execute("DELETE FROM bench_entries") }
  }

  /// Each insert in a transaction of its own, SQLite's autocommit.
  func singleInsert(_ drafts: [Entry.Draft]) throws -> Subject {
    let client = try SQLiteClient(path)
    let insert = try client.prepare(Self.insert)
    return Subject(.c) { operations, _ in
      var tally = Tally(thorough: false)
      for index in 0..<operations {
        try Self.insert(drafts[index % drafts.count], insert)
        tally.add(Int64(sqlite3_changes(client.db)))
      }
      return tally.value
    }
    .onReset { try client.execute("DELETE FROM bench_entries") }
  }

  /// Every row of the large table, none kept.
  func stream() throws -> Subject {
    let client = try SQLiteClient(path)
    let statement = try client.prepare("SELECT id, name, email, score, active, note FROM bench_events")
    return Subject(.c) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        while try statement.step() { tally.add(statement.item()) }
        statement.reset()
      }
      return tally.value
    }
  }

  private static let insert = "INSERT INTO bench_entries (account, title, amount, cleared, memo) VALUES (?, ?, ?, ?, ?)"

  @inline(__always)
  private static func insert(_ draft: Entry.Draft, _ statement: SQLiteClientStatement) throws {
    statement.bind(1, draft.account)
    statement.bind(2, draft.title)
    statement.bind(3, draft.amount)
    statement.bind(4, draft.cleared)
    statement.bind(5, draft.memo)
    _ = try statement.step()
    statement.reset()
  }
}
