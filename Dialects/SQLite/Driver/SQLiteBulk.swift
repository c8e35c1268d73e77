internal import CSQLite
internal import RowanCore

extension SQLiteConnection {
  func runMany(_ compiled: Compiled, values: ContiguousArray<SQLValue>, rows: Int) async throws -> Int {
    guard rows > 0 else { return 0 }
    let (width, rest) = values.count.quotientAndRemainder(dividingBy: rows)
    guard rest == 0 else {
      throw RowanError.internalFailure("\(values.count) values do not make \(rows) rows")
    }
    limit(nil)
    defer { unlimit() }
    func attempt(_ row: Int) throws -> SQLiteStatement? {
      try values.withUnsafeBufferPointer { values in
        try start(compiled, UnsafeBufferPointer(rebasing: values[(row * width)..<((row + 1) * width)]))
      }
    }
    return try await atomically {
      var changed = 0
      for row in 0..<rows {
        if Task.isCancelled { throw Self.cancelled(compiled.sql) }
        let statement: SQLiteStatement
        if let started = try attempt(row) {
          statement = started
        } else if row == 0 {
          // The transaction has its lock already, but not that of a file that was attached inside it.
          statement = try await self.whenUnlocked(compiled.sql) { try attempt(row) }
        } else {
          throw self.failure(SQLITE_BUSY, compiled.sql, .step)
        }
        defer { self.release(statement) }
        try statement.complete()
        changed += statement.affectedRows
      }
      return changed
    }
  }

  func runBatch(_ calls: [DriverCall]) async throws -> [Int] {
    var changed: [Int] = []
    changed.reserveCapacity(calls.count)
    for call in calls {
      changed.append(
        try await run(call) { rows in
          while try rows.next() {}
          return rows.affectedRows
        })
    }
    return changed
  }

  func stream(_ call: DriverCall) async throws -> any DriverStream {
    let stream = BorrowedStream(try await StreamReader.open(call, on: self))
    add(stream)
    return stream
  }

  /// All of `body` or nothing of it: in a savepoint of the open transaction, or in a transaction of its own.
  private func atomically<R>(_ body: () async throws -> R) async throws -> R {
    let isNested = transaction != .none
    if isNested { try await savepoint(0) } else { try await begin(TransactionOptions()) }
    let result: R
    do {
      result = try await body()
      if isNested { try await releaseSavepoint(0) } else { try await commit() }
    } catch {
      // The first failure is the one to report. A transaction that cannot be undone is ended with the loan.
      if isNested { try? await rollbackToSavepoint(0) } else { try? await rollback() }
      throw error
    }
    return result
  }
}
