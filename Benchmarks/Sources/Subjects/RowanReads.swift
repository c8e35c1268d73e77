import BenchmarkModels
import RowanCore

/// Rowan's reads, the same on every engine: typed queries, built anew for each operation.
struct RowanReads {
  let db: Database

  /// One task.
  func pointRead() -> Subject {
    let db = db
    return Subject(.rowan) { operations, thorough in
      try await OnLane.run(db) { try await Self.pointReads(db, 0, 1, operations, thorough) }
    }
    .onClose { await db.close() }
  }

  /// Many tasks at once.
  func pointReads(tasks: Int) -> Subject {
    let db = db
    return Subject(.rowan) { operations, thorough in
      try await TaskCrew.run(tasks, db) { try await Self.pointReads(db, $0, tasks, operations, thorough) }
    }
    .onClose { await db.close() }
  }

  /// Many reads on one snapshot.
  func snapshot() -> Subject {
    let db = db
    return Subject(.rowan) { operations, thorough in
      try await db.read { snapshot in try await Self.pointReads(snapshot, 0, 1, operations, thorough) }
    }
    .onClose { await db.close() }
  }

  func items() -> Subject {
    let db = db
    return Subject(.rowan) { operations, thorough in
      try await OnLane.run(db) {
        var tally = Tally(thorough: thorough)
        for _ in 0..<operations { tally.add(try await Item.all().fetchAll(db)) }
        return tally.value
      }
    }
    .onClose { await db.close() }
  }

  func profiles(_ count: Int64) -> Subject {
    let db = db
    return Subject(.rowan) { operations, thorough in
      try await OnLane.run(db) {
        var tally = Tally(thorough: thorough)
        for _ in 0..<operations { tally.add(try await Profile.limit(Int(count)).fetchAll(db)) }
        return tally.value
      }
    }
    .onClose { await db.close() }
  }

  /// Every row of the large table, none kept.
  func stream() -> Subject {
    let db = db
    return Subject(.rowan) { operations, thorough in
      try await OnLane.run(db) {
        var tally = Tally(thorough: thorough)
        for _ in 0..<operations {
          for try await event in Event.all().stream(db) { tally.add(event) }
        }
        return tally.value
      }
    }
    .onClose { await db.close() }
  }

  private static func pointReads(
    _ db: some QueryExecutor, _ worker: Int, _ workers: Int, _ operations: Int, _ thorough: Bool
  ) async throws -> UInt64 {
    var tally = Tally(thorough: thorough)
    for index in stride(from: worker, to: operations, by: workers) {
      let key = Samples.key(index, of: Samples.itemCount)
      if let item = try await Item.where({ $0.id == key }).fetchFirst(db) { tally.add(item) }
    }
    return tally.value
  }
}
