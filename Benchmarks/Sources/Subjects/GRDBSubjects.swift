import BenchmarkModels
import GRDB

/// GRDB on the rows that it has a way for, through its query interface and its asynchronous access methods.
struct GRDBSubjects {
  let path: String

  private func open() throws -> DatabasePool {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384")
    }
    return try DatabasePool(path: path, configuration: configuration)
  }

  /// Each read with an access of its own.
  func pointRead() throws -> Subject {
    let pool = try open()
    return Subject(.grdb) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for index in 0..<operations {
        let key = Samples.key(index, of: Samples.itemCount)
        let item = try await pool.read { db in try GRDBItem.filter(GRDBItem.Columns.id == key).fetchOne(db) }
        if let item { tally.add(item) }
      }
      return tally.value
    }
    .onClose { try? pool.close() }
  }

  /// All reads inside one access.
  func snapshot() throws -> Subject {
    let pool = try open()
    return Subject(.grdb) { operations, thorough in
      try await pool.read { db in
        var tally = Tally(thorough: thorough)
        for index in 0..<operations {
          let key = Samples.key(index, of: Samples.itemCount)
          if let item = try GRDBItem.filter(GRDBItem.Columns.id == key).fetchOne(db) { tally.add(item) }
        }
        return tally.value
      }
    }
    .onClose { try? pool.close() }
  }

  func items() throws -> Subject {
    let pool = try open()
    return Subject(.grdb) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations { tally.add(try await pool.read { db in try GRDBItem.fetchAll(db) }) }
      return tally.value
    }
    .onClose { try? pool.close() }
  }

  func profiles(_ count: Int64) throws -> Subject {
    let pool = try open()
    return Subject(.grdb) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for _ in 0..<operations {
        tally.add(try await pool.read { db in try GRDBProfile.limit(Int(count)).fetchAll(db) })
      }
      return tally.value
    }
    .onClose { try? pool.close() }
  }

  /// A thousand inserts in one transaction.
  func bulkInsert(_ drafts: [Entry.Draft]) throws -> Subject {
    let pool = try open()
    let entries = drafts.map { GRDBEntry(draft: $0) }
    return Subject(.grdb) { operations, _ in
      var tally = Tally(thorough: false)
      for _ in 0..<operations {
        let changes = try await pool.write { db in
          var changes: Int64 = 0
          for entry in entries {
            try entry.insert(db)
            changes += Int64(db.changesCount)
          }
          return changes
        }
        for _ in 0..<changes { tally.add(1) }
      }
      return tally.value
    }
    .onReset { _ = try await pool.write { db in try db.execute(sql: "DELETE FROM bench_entries") } }
    .onClose { try? pool.close() }
  }

  func singleInsert(_ drafts: [Entry.Draft]) throws -> Subject {
    let pool = try open()
    let entries = drafts.map { GRDBEntry(draft: $0) }
    return Subject(.grdb) { operations, _ in
      var tally = Tally(thorough: false)
      for index in 0..<operations {
        let entry = entries[index % entries.count]
        let changes = try await pool.write { db in
          try entry.insert(db)
          return db.changesCount
        }
        tally.add(Int64(changes))
      }
      return tally.value
    }
    .onReset { _ = try await pool.write { db in try db.execute(sql: "DELETE FROM bench_entries") } }
    .onClose { try? pool.close() }
  }

  /// A cursor over the large table.
  func stream() throws -> Subject {
    let pool = try open()
    return Subject(.grdb) { operations, thorough in
      var sum: UInt64 = 0
      for _ in 0..<operations {
        sum &+= try await pool.read { db in
          var tally = Tally(thorough: thorough)
          let cursor = try GRDBEvent.fetchCursor(db)
          while let event = try cursor.next() { tally.add(event) }
          return tally.value
        }
      }
      return sum
    }
    .onClose { try? pool.close() }
  }
}
