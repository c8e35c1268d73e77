import RowanCore

extension Trial {
  /// Fails the case unless a database whose statements were disturbed still works, every connection of it: no waiter is
  /// stuck, none has a transaction left open, and no statement gets what was meant for another.
  func expectIntact(
    _ database: Database? = nil, rounds: Int = 3, file: StaticString = #fileID, line: UInt = #line
  ) async throws {
    let database = database ?? db
    let witness = try await open(pool: PoolOptions(maxConnections: 2, checkoutTimeout: .seconds(60), lanes: 1))
    try await witness.createTables([LogLine.self], ifNotExists: true)
    let mark = "intact"
    try await LogLine.delete().where { $0.text == mark }.run(witness)
    let tasks = Trial.pool.maxConnections * 2
    for round in 0..<rounds {
      let answers = try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
        for index in 0..<tasks {
          let number = round * tasks + index
          group.addTask {
            try await LogLine.insert(LogLine.Draft(number, mark)).run(database)
            let row = try await database.read { transaction in
              try await SQL("SELECT \(Int64(number)) AS n").as(Int64.self).fetchOne(transaction)
            }
            return (number, row)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for (number, answer) in answers {
        try expectEqual(answer, Int64(number), "the answer to another statement", file: file, line: line)
      }
    }
    // What a left-open transaction had inserted would not be seen from outside.
    let seen = try await LogLine.where { $0.text == mark }.fetchCount(witness)
    try expectEqual(seen, rounds * tasks, "rows seen from outside", file: file, line: line)
    await witness.close()
  }
}

extension Trial {
  /// Runs `body`, which has a slow query in it, where it holds up nobody: a query of an engine in process blocks the
  /// thread it is on.
  func patiently<R: Sendable>(_ body: @Sendable () async throws -> R) async throws -> R {
    if db.lane == nil { try await db.offload(body) } else { try await body() }
  }
}
