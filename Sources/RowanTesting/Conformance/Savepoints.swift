import RowanCore

enum SavepointCases {
  private struct Enough: Error {}

  private static func levels(_ db: some QueryExecutor) async throws -> [Int] {
    try await LogLine.order { $0.level.ascending() }.select { $0.level }.fetchAll(db)
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("savepoints/a caught error undoes the savepoint and nothing else") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        try await LogLine.insert(LogLine.Draft(1, "before")).run(transaction)
        do {
          try await transaction.savepoint { inner in
            try await LogLine.insert(LogLine.Draft(2, "inside")).run(inner)
            try expectEqual(try await levels(inner), [1, 2])
            throw Enough()
          }
        } catch is Enough {}
        try expectEqual(try await levels(transaction), [1])
        try await LogLine.insert(LogLine.Draft(3, "after")).run(transaction)
      }
      try expectEqual(try await levels(trial.db), [1, 3])
    },
    ConformanceCase("savepoints/a failed statement undoes the savepoint and nothing else") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.db.transaction { transaction in
        try await Person.insert(Person.Draft(id: 5, "Barbara")).run(transaction)
        try await expectError(.uniqueViolation) {
          try await transaction.savepoint { inner in
            try await Person.insert(Person.Draft(id: 6, "Margaret")).run(inner)
            try await Person.insert(Person.Draft(id: 1, "Twice")).run(inner)
          }
        }
        try expectEqual(try await Person.all().fetchCount(transaction), 5)
      }
      try expectEqual(try await Person.all().fetchCount(trial.db), 5)
    },
    ConformanceCase("savepoints/one that returns is kept, and the outer handle usable") { trial in
      try await trial.db.createTables([LogLine.self])
      let result = try await trial.db.transaction { transaction in
        let inner = try await transaction.savepoint { inner in
          try await LogLine.insert(LogLine.Draft(1, "a")).run(inner)
          return 7
        }
        try await LogLine.insert(LogLine.Draft(2, "b")).run(transaction)
        return inner
      }
      try expectEqual(result, 7)
      try expectEqual(try await levels(trial.db), [1, 2])
    },
    ConformanceCase("savepoints/three levels deep") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { first in
        try await LogLine.insert(LogLine.Draft(1, "")).run(first)
        try await first.savepoint { second in
          try await LogLine.insert(LogLine.Draft(2, "")).run(second)
          do {
            try await second.savepoint { third in
              try await LogLine.insert(LogLine.Draft(3, "")).run(third)
              try await third.savepoint { fourth in try await LogLine.insert(LogLine.Draft(4, "")).run(fourth) }
              try expectEqual(try await levels(third), [1, 2, 3, 4])
              throw Enough()
            }
          } catch is Enough {}
          try expectEqual(try await levels(second), [1, 2])
          try await second.savepoint { third in
            do {
              try await third.savepoint { fourth in
                try await LogLine.insert(LogLine.Draft(5, "")).run(fourth)
                throw Enough()
              }
            } catch is Enough {}
            try await LogLine.insert(LogLine.Draft(6, "")).run(third)
          }
        }
      }
      try expectEqual(try await levels(trial.db), [1, 2, 6])
    },
    ConformanceCase("savepoints/a hundred one after another, and a loop of failing ones") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        for index in 0..<100 {
          do {
            try await transaction.savepoint { inner in
              try await LogLine.insert(LogLine.Draft(index, "")).run(inner)
              if index % 2 == 1 { throw Enough() }
            }
          } catch is Enough {}
        }
      }
      try expectEqual(try await levels(trial.db), Array(stride(from: 0, to: 100, by: 2)))
    },
    ConformanceCase("savepoints/empty ones leave nothing open") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        try await transaction.savepoint { _ in }
        do { try await transaction.savepoint { _ in throw Enough() } } catch is Enough {}
        try await transaction.savepoint { inner in try await inner.savepoint { _ in } }
        try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
        try await transaction.savepoint { _ in }
        do { try await transaction.savepoint { _ in throw Enough() } } catch is Enough {}
      }
      try await trial.db.transaction { transaction in try await transaction.savepoint { _ in } }
      try expectEqual(try await levels(trial.db), [1])
      try await trial.expectIntact()
    },
    ConformanceCase("savepoints/the outer handle is refused while one is open") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        try await transaction.savepoint { inner in
          try await LogLine.insert(LogLine.Draft(1, "")).run(inner)
          try await expectError(.savepointOpen) { try await LogLine.insert(LogLine.Draft(2, "")).run(transaction) }
          try await expectError(.savepointOpen) { try await LogLine.all().fetchAll(transaction) }
          try await expectError(.savepointOpen) { try await transaction.savepoint { _ in } }
          try await expectError(.savepointOpen) { try await transaction.batch { $0.add(LogLine.delete().all) } }
          try await expectError(.savepointOpen) {
            for try await _ in LogLine.all().stream(transaction) {}
          }
          try await LogLine.insert(LogLine.Draft(3, "")).run(inner)
        }
        try await LogLine.insert(LogLine.Draft(4, "")).run(transaction)
      }
      try expectEqual(try await levels(trial.db), [1, 3, 4])
    },
    ConformanceCase("savepoints/the inner handle is refused after the closure") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        let escaped = try await transaction.savepoint { $0 }
        try await expectError(.transactionClosed) { try await LogLine.insert(LogLine.Draft(1, "")).run(escaped) }
        try await LogLine.insert(LogLine.Draft(2, "")).run(transaction)
      }
      try expectEqual(try await levels(trial.db), [2])
    },
    ConformanceCase("savepoints/the handle of one that ended is refused inside the next") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        let escaped = try await transaction.savepoint { $0 }
        try await transaction.savepoint { inner in
          try await expectError(.transactionClosed) { try await LogLine.insert(LogLine.Draft(1, "")).run(escaped) }
          try await expectError(.transactionClosed) { try await escaped.savepoint { _ in } }
          try await LogLine.insert(LogLine.Draft(2, "")).run(inner)
        }
      }
      try expectEqual(try await levels(trial.db), [2])
    },
    ConformanceCase("savepoints/a task group inside one") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        try await transaction.savepoint { inner in
          try await withThrowingTaskGroup { group in
            for index in 0..<20 {
              group.addTask { try await LogLine.insert(LogLine.Draft(index, "")).run(inner) }
            }
            try await group.waitForAll()
          }
        }
        do {
          try await transaction.savepoint { inner in
            try await withThrowingTaskGroup { group in
              for index in 0..<20 {
                group.addTask {
                  try await LogLine.insert(LogLine.Draft(100 + index, "")).run(inner)
                  if index == 10 { throw Enough() }
                }
              }
              try await group.waitForAll()
            }
          }
        } catch is Enough {}
      }
      try expectEqual(try await levels(trial.db), Array(0..<20))
      try await trial.expectIntact()
    },
    ConformanceCase("savepoints/siblings in concurrent tasks take turns or are refused, and never mix") { trial in
      try await trial.db.createTables([LogLine.self])
      let done = Notes<Int>()
      try await trial.db.transaction { transaction in
        try await withThrowingTaskGroup { group in
          for index in 0..<10 {
            group.addTask {
              do {
                try await transaction.savepoint { inner in
                  try await LogLine.insert(LogLine.Draft(index, "")).run(inner)
                  if index % 3 == 2 { throw Enough() }
                }
                done.add(index)
              } catch is Enough {
              } catch let error as RowanError where error.code == .savepointOpen {}
            }
          }
          try await group.waitForAll()
        }
      }
      try expectEqual(try await levels(trial.db), done.all.sorted())
      try await trial.expectIntact()
    },
    ConformanceCase("savepoints/nested transactions are savepoints") { trial in
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
        do {
          try await transaction.transaction { inner in
            try await LogLine.insert(LogLine.Draft(2, "")).run(inner)
            throw Enough()
          }
        } catch is Enough {}
        try await transaction.transaction { inner in try await LogLine.insert(LogLine.Draft(3, "")).run(inner) }
      }
      try expectEqual(try await levels(trial.db), [1, 3])
    },
  ]
}
