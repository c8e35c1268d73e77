import BenchmarkModels
import RowanCore

/// Rowan's inserts, the same on every engine.
struct RowanWrites {
  let db: Database
  let drafts: [Entry.Draft]
  /// Empties the table, by other means than Rowan.
  let empty: () throws -> Void

  /// All drafts in one insert.
  func bulk() -> Subject {
    let (db, drafts, empty) = (db, drafts, empty)
    return Subject(.rowan) { operations, _ in
      try await OnLane.run(db) {
        var tally = Tally(thorough: false)
        for _ in 0..<operations { tally.add(Int64(try await Entry.insert(drafts).run(db).affectedRows)) }
        return tally.value
      }
    }
    .onReset { try empty() }
    .onClose { await db.close() }
  }

  /// One draft at a time, each in a transaction of its own.
  func single() -> Subject {
    let (db, drafts, empty) = (db, drafts, empty)
    return Subject(.rowan) { operations, _ in
      try await OnLane.run(db) {
        var tally = Tally(thorough: false)
        for index in 0..<operations {
          tally.add(Int64(try await Entry.insert(drafts[index % drafts.count]).run(db).affectedRows))
        }
        return tally.value
      }
    }
    .onReset { try empty() }
    .onClose { await db.close() }
  }

  /// One insert for each draft, sent together.
  func batch() -> Subject {
    let (db, drafts, empty) = (db, drafts, empty)
    return Subject(.rowan) { operations, _ in
      try await OnLane.run(db) {
        var tally = Tally(thorough: false)
        for _ in 0..<operations {
          let results = try await db.transaction { tx in
            try await tx.batch { batch in
              for draft in drafts { batch.add(Entry.insert(draft)) }
            }
          }
          for result in results { tally.add(Int64(result.affectedRows)) }
        }
        return tally.value
      }
    }
    .onReset { try empty() }
    .onClose { await db.close() }
  }
}
