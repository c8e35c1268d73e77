import RowanCore
import Synchronization

/// How events reach those who listen.
enum EventDeliveryCases {
  /// A token that its own listener can reach.
  private final class Holder: Sendable {
    let token = Mutex<EventToken?>(nil)
    func cancel() { token.withLock { $0 }?.cancel() }
  }

  private static func query(_ trial: Trial, _ number: Int) async throws {
    _ = try await SQL("SELECT \(Int64(number)) AS n").as(Int64.self).fetchAll(trial.db)
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("events/who starts late hears of nothing earlier, who stops of nothing later") { trial in
      let early = EventLog(trial.db)
      try await query(trial, 1)
      let late = EventLog(trial.db)
      try expectEqual(await late.statements().count, 0)
      try await query(trial, 2)
      try expectEqual(await late.statements().count, 1)
      late.stop()
      try await query(trial, 3)
      try expectEqual(await late.statements().count, 1)
      try expectEqual(await early.statements().count, 3)
    },
    ConformanceCase("events/a listener that takes itself away is not called again, whatever waits") { trial in
      let calls = Notes<String>()
      let holder = Holder()
      let token = trial.db.on { event in
        if event.isOfDriver { return }
        calls.add(event.kind)
        holder.cancel()
      }
      holder.token.withLock { $0 = token }
      let others = EventLog(trial.db)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<40 { group.addTask { try await query(trial, number) } }
        try await group.waitForAll()
      }
      try expectEqual(await others.statements().count, 40)
      try expectEqual(calls.all, ["query"])
    },
    ConformanceCase("events/a token that is let go ends the listening") { trial in
      let calls = Notes<String>()
      _ = trial.db.on { calls.add($0.kind) }
      let others = EventLog(trial.db)
      try await query(trial, 1)
      try expectEqual(await others.statements().count, 1)
      try expectEqual(calls.all, [])
    },
    ConformanceCase("events/a slow listener misses no statement, and has them in order") { trial in
      let calls = Notes<Int>()
      let token = trial.db.on { event in
        guard let rows = event.query?.rows else { return }
        let end = ContinuousClock.now.advanced(by: .milliseconds(2))
        while ContinuousClock.now < end {}
        calls.add(rows)
      }
      try await trial.db.createTables([LogLine.self])
      for number in 0..<10 {
        _ = try await LogLine.all().fetchAll(trial.db)
        try await LogLine.insert(.init(number, "line")).run(trial.db)
      }
      await trial.db.eventsDelivered()
      token.cancel()
      try expectEqual(calls.all, [0] + (0..<10).flatMap { [$0, 0] })
    },
    ConformanceCase("events/as a sequence, to the end of the database") { trial in
      let database = try await trial.open()
      let events = database.events()
      let log = EventLog(database)
      for number in 0..<3 {
        _ = try await SQL("SELECT \(Int64(number)) AS n").as(Int64.self).fetchAll(database)
      }
      await database.close()
      var kinds: [String] = []
      for await event in events { kinds.append(event.kind) }
      try expectEqual(kinds.filter { $0 == "query" }.count, 3)
      try expectEqual(kinds.last, "closed")
      try expectEqual(Array(await log.all().kinds.prefix(kinds.count)), kinds)
    },
    ConformanceCase("events/a sequence nobody reads drops the oldest and says how many") { trial in
      let events = trial.db.events(buffering: 4)
      let log = EventLog(trial.db)
      for number in 0..<20 { try await query(trial, number) }
      let all = await log.all()
      var iterator = events.makeAsyncIterator()
      guard case .dropped(let count)? = await iterator.next() else {
        throw ConformanceFailure("nothing was reported as dropped", file: #fileID, line: #line)
      }
      try expectEqual(count, all.count - 4)
      var left: [DatabaseEvent] = []
      while left.count < 4, let event = await iterator.next() { left.append(event) }
      try expectEqual(left.kinds, Array(all.kinds.suffix(4)))
      try await query(trial, 20)
      var next = await iterator.next()
      while next?.isOfDriver == true { next = await iterator.next() }
      try expectEqual(next?.kind, "query")
    },
    ConformanceCase("events/a sequence ends with the task that reads it") { trial in
      let events = trial.db.events()
      let started = Latch()
      let reader = Task {
        var count = 0
        for await event in events where !event.isOfDriver {
          count += 1
          started.open()
        }
        return count
      }
      try await query(trial, 1)
      await started.wait()
      reader.cancel()
      try expectEqual(await reader.value, 1)
    },
  ]
}
