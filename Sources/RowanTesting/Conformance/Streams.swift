import RowanCore

enum StreamCases {
  private static func fill(_ db: Database, _ count: Int) async throws {
    try await db.createTables([LogLine.self])
    try await LogLine.insert((0..<count).map { LogLine.Draft($0, "line \($0)") }).run(db)
  }

  private static let ordered = LogLine.order { $0.level.ascending() }

  static let cases: [ConformanceCase] = [
    ConformanceCase("streams/ten thousand rows in order") { trial in
      try await fill(trial.db, 10_000)
      for batchSize in [1000, 256, 7] {
        var next = 0
        for try await line in ordered.stream(trial.db, batchSize: batchSize) {
          try expectEqual(line.level, next)
          try expectEqual(line.text, "line \(next)")
          next += 1
        }
        try expectEqual(next, 10_000, "rows with batches of \(batchSize)")
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/none, one, exactly a batch, one more") { trial in
      try await fill(trial.db, 9)
      for count in [0, 1, 7, 8, 9] {
        var rows: [Int] = []
        for try await line in LogLine.where({ $0.level < count }).order({ $0.level.ascending() })
          .stream(trial.db, batchSize: 8)
        { rows.append(line.level) }
        try expectEqual(rows, Array(0..<count))
      }
      for batchSize in [1, 0, -5] {
        var rows = 0
        for try await _ in ordered.stream(trial.db, batchSize: batchSize) { rows += 1 }
        try expectEqual(rows, 9)
      }
    },
    ConformanceCase("streams/projections, raw SQL and values of every kind of length") { trial in
      try await fill(trial.db, 300)
      var sum = 0
      for try await (level, text) in ordered.select({ ($0.level, $0.text) }).stream(trial.db, batchSize: 64) {
        try expectEqual(text, "line \(level)")
        sum += level
      }
      try expectEqual(sum, 300 * 299 / 2)
      var raw: [Int64] = []
      for try await row in SQL("SELECT level FROM \(LogLine.self) WHERE level >= \(Int64(295)) ORDER BY level")
        .as(Int64.self).stream(trial.db)
      { raw.append(row) }
      try expectEqual(raw, [295, 296, 297, 298, 299])
      try await trial.db.createTables([Stored<StringKind>.self])
      let texts = [0, 1, 250, 251, 252, 255, 256, 65_535, 65_536, 300_000].map { String(repeating: "x", count: $0) }
      for (index, text) in texts.enumerated() {
        try await Stored<StringKind>.insert(.init(Int64(index), text, index % 2 == 0 ? nil : text)).run(trial.db)
      }
      var lengths: [Int] = []
      for try await row in Stored<StringKind>.order({ $0.id.ascending() }).stream(trial.db, batchSize: 3) {
        lengths.append(row.value.utf8.count)
        try expectEqual(row.maybe?.utf8.count, row.id % 2 == 0 ? nil : row.value.utf8.count)
      }
      try expectEqual(lengths, texts.map(\.utf8.count))
    },
    ConformanceCase("streams/leaving early gives the connection back") { trial in
      try await fill(trial.db, 5000)
      for limit in [1, 10, 300, 4999] {
        // More often than there are connections.
        for _ in 0..<6 {
          var rows = 0
          for try await _ in ordered.stream(trial.db, batchSize: 100) {
            rows += 1
            if rows == limit { break }
          }
          try expectEqual(rows, limit)
        }
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/an error in the loop gives the connection back") { trial in
      struct Enough: Error {}
      try await fill(trial.db, 1000)
      for _ in 0..<6 {
        do {
          for try await line in ordered.stream(trial.db, batchSize: 10) where line.level == 25 { throw Enough() }
        } catch is Enough {}
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/one that was let go without finishing") { trial in
      try await fill(trial.db, 1000)
      for _ in 0..<6 {
        var iterator = ordered.stream(trial.db, batchSize: 10).makeAsyncIterator()
        for _ in 0..<15 { _ = try await iterator.next() }
      }
      for _ in 0..<6 { _ = ordered.stream(trial.db).makeAsyncIterator() }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/read past the end") { trial in
      try await fill(trial.db, 3)
      var iterator = ordered.stream(trial.db, batchSize: 2).makeAsyncIterator()
      for level in 0..<3 { try expectEqual(try await iterator.next()?.level, level) }
      for _ in 0..<3 { try expectEqual(try await iterator.next(), nil) }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/an error midway ends it, is typed, and gives the connection back") { trial in
      try await trial.db.createTables([Stored<StatusKind>.self])
      try await Stored<StatusKind>.insert((0..<50).map { .init(Int64($0), .published) }).run(trial.db)
      try await SQL("INSERT INTO \(Stored<StatusKind>.self) (id, value) VALUES (50, 'sekret')").run(trial.db)
      for _ in 0..<6 {
        var rows = 0
        let error = try await expectError(.decodingFailed) {
          for try await _ in Stored<StatusKind>.order({ $0.id.ascending() }).stream(trial.db, batchSize: 20) {
            rows += 1
          }
        }
        try expect(rows == 40 || rows == 50, "\(rows) rows before the error")
        try expect(!"\(error)".contains("sekret"), "the value is shown")
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/one that cannot start is an error each time, and leaves no connection behind") { trial in
      for _ in 0..<6 {
        try await expectError(.unknownTable) {
          for try await _ in LogLine.all().stream(trial.db) {}
        }
        try await expectError(.syntaxError) {
          for try await _ in SQL("SELECT FROM WHERE").as(Int64.self).stream(trial.db) {}
        }
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/inside a transaction, with other statements between batches or a typed refusal") { trial in
      try await fill(trial.db, 500)
      try await trial.db.transaction { transaction in
        var rows: [Int] = []
        var refused = 0
        for try await line in ordered.stream(transaction, batchSize: 50) {
          rows.append(line.level)
          guard line.level % 100 == 0 else { continue }
          do {
            let count = try await LogLine.where { $0.level < line.level }.fetchCount(transaction)
            try expectEqual(count, line.level)
          } catch let error as RowanError where error.code == .unsupported || error.code == .invalidConfiguration {
            refused += 1
          }
        }
        try expectEqual(rows, Array(0..<500))
        try expect(refused == 0 || refused == 5, "refused \(refused) of 5 times")
        try await LogLine.insert(LogLine.Draft(1000, "after")).run(transaction)
      }
      try expectEqual(try await LogLine.all().fetchCount(trial.db), 501)
      try await trial.expectIntact()
    },
    ConformanceCase("streams/left early inside a transaction, which goes on") { trial in
      try await fill(trial.db, 5000)
      try await trial.db.transaction { transaction in
        for try await line in ordered.stream(transaction, batchSize: 10) where line.level == 25 { break }
        try await LogLine.insert(LogLine.Draft(9000, "after")).run(transaction)
      }
      try expectEqual(try await LogLine.where { $0.level == 9000 }.fetchCount(trial.db), 1)
      try await trial.expectIntact()
    },
    ConformanceCase("streams/left early at the end of a transaction or savepoint") { trial in
      try await fill(trial.db, 5000)
      for _ in 0..<10 {
        try await trial.db.transaction { transaction in
          try await transaction.savepoint { inner in
            for try await line in ordered.stream(inner, batchSize: 10) where line.level == 25 { break }
          }
          for try await line in ordered.stream(transaction, batchSize: 10) where line.level == 25 { break }
        }
        _ = try? await trial.db.transaction { transaction in
          for try await line in ordered.stream(transaction, batchSize: 10) where line.level == 25 {
            throw CancellationError()
          }
        }
        try expectEqual(try await LogLine.all().fetchCount(trial.db), 5000)
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/one that outlives its transaction is refused") { trial in
      try await fill(trial.db, 500)
      let notes = Notes<RowStream<Query<LogLine>, Transaction>>()
      try await trial.db.transaction { transaction in
        notes.add(ordered.stream(transaction, batchSize: 10))
        for try await line in ordered.stream(transaction, batchSize: 10) where line.level == 25 { break }
      }
      try await expectError(.transactionClosed) {
        for stream in notes.all { for try await _ in stream {} }
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/two at once on one pool") { trial in
      try await fill(trial.db, 2000)
      let db = trial.db
      try await withThrowingTaskGroup { group in
        for offset in 0..<2 {
          group.addTask {
            var next = offset * 1000
            let rows = LogLine.where { $0.level >= offset * 1000 }.order { $0.level.ascending() }.limit(1000)
            for try await line in rows.stream(db, batchSize: 33) {
              try expectEqual(line.level, next)
              next += 1
            }
            try expectEqual(next, offset * 1000 + 1000)
          }
        }
        try await group.waitForAll()
      }
      var left = ordered.stream(trial.db, batchSize: 5).makeAsyncIterator()
      var right = ordered.stream(trial.db, batchSize: 7).makeAsyncIterator()
      for level in 0..<100 {
        try expectEqual(try await left.next()?.level, level)
        try expectEqual(try await right.next()?.level, level)
      }
    },
    ConformanceCase("streams/more of them than connections take turns") { trial in
      try await fill(trial.db, 300)
      let db = trial.db
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<20 {
          group.addTask {
            var rows = 0
            for try await _ in ordered.stream(db, batchSize: 50) { rows += 1 }
            return rows
          }
        }
        for try await rows in group { try expectEqual(rows, 300) }
      }
      try await trial.expectIntact()
    },
    ConformanceCase("streams/one statement's rows do not change while they are read") { trial in
      try await fill(trial.db, 2000)
      var rows: [Int] = []
      for try await line in ordered.stream(trial.db, batchSize: 100) {
        if line.level == 500 {
          let writer = trial.db
          try await LogLine.delete().where { $0.level > 1000 }.run(writer)
        }
        rows.append(line.level)
      }
      try expectEqual(rows.count, 2000)
      try expectEqual(try await LogLine.all().fetchCount(trial.db), 1001)
    },
  ]
}
