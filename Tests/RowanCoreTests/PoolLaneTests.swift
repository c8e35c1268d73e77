import Synchronization
import Testing

@testable import RowanCore

private struct ServerDown: Error {}

/// A connection that records what happens to it.
private final class FakeConnection: PooledConnection {
  let server: FakeServer
  private let flags = Mutex((isUsable: true, isLent: false, isClosed: false))

  init(_ server: FakeServer) { self.server = server }

  var isUsable: Bool { flags.withLock { $0.isUsable } }
  var isClosed: Bool { flags.withLock { $0.isClosed } }
  func fail() { flags.withLock { $0.isUsable = false } }

  /// Marks the connection as in use; false if somebody else uses it.
  func use() -> Bool {
    flags.withLock { flags in
      defer { flags.isLent = true }
      return !flags.isLent && !flags.isClosed
    }
  }

  func finish() { flags.withLock { $0.isLent = false } }

  func recover() async -> Bool {
    await Task.yield()
    return server.recovers
  }

  func close() async {
    await Task.yield()
    flags.withLock { $0.isClosed = true }
    server.closed.append(1)
  }
}

private final class FakeServer: Sendable {
  private let state = Mutex((isDown: false, recovers: true))
  let opened = Log<Int>()
  let closed = Log<Int>()
  let places = Log<Bool>()

  var isDown: Bool {
    get { state.withLock { $0.isDown } }
    set { state.withLock { $0.isDown = newValue } }
  }
  var recovers: Bool {
    get { state.withLock { $0.recovers } }
    set { state.withLock { $0.recovers = newValue } }
  }

  func pool(on lane: Lane, _ configuration: PoolConfiguration) -> LanePool<FakeConnection> {
    LanePool(on: lane, configuration, acquireTimeout: .seconds(20)) {
      self.places.append(lane.isCurrent)
      await Task.yield()
      if self.isDown { throw ServerDown() }
      self.opened.append(1)
      return FakeConnection(self)
    }
  }
}

@Suite struct PoolLaneTests {
  @Test func lendsAndReuses() async throws {
    try await withLanes { group in
      let server = FakeServer()
      let lane = group.pick()
      let pool = server.pool(on: lane, .init(maximum: 2))
      try await lane.run {
        let first = try await pool.acquire()
        let second = try await pool.acquire()
        #expect(first !== second)
        #expect(pool.counts == PoolCounts(holders: 2, idle: 0, total: 2, waiters: 0))
        pool.release(first)
        pool.release(first)
        let again = try await pool.acquire()
        #expect(again === first)
        pool.release(again)
        pool.release(second, .discard)
        #expect(lane.isCurrent)
      }
      // From elsewhere it works too.
      let connection = try await pool.acquire()
      pool.release(connection)
      #expect(pool.counts == nil)
      await pool.close()
      #expect(server.closed.all.count == server.opened.all.count)
      #expect(server.places.all.allSatisfy { $0 })
      await #expect { try await pool.acquire() } throws: { error in
        if case PoolError.closed = error { true } else { false }
      }
    }
  }

  @Test func timeOutNamesTheHolders() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pool = FakeServer().pool(on: lane, .init(maximum: 1))
      try await lane.run {
        let held = try await pool.acquire()
        await #expect { try await pool.acquire(deadline: .now.advanced(by: .milliseconds(15))) } throws: { error in
          guard case PoolError.timedOut(let waited, 1, 1) = error else { return false }
          return waited >= .milliseconds(15)
        }
        pool.release(held)
      }
      await pool.close()
    }
  }

  @Test func cancelledWaitersLeaveAndGiveBack() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pool = FakeServer().pool(on: lane, .init(maximum: 1))
      try await lane.run {
        for round in 0..<60 {
          let held = try await pool.acquire()
          let task = Task { try await lane.run { try await pool.acquire() } }
          // Before it waits, while it waits, and after it was handed the connection.
          if round % 3 > 0 { while pool.counts?.waiters == 0 { await Task.yield() } }
          if round % 3 == 2 { pool.release(held) }
          task.cancel()
          await #expect(throws: CancellationError.self) { try await task.value }
          if round % 3 < 2 { pool.release(held) }
          #expect(pool.counts == PoolCounts(holders: 0, idle: 1, total: 1, waiters: 0))
        }
      }
      await pool.close()
    }
  }

  @Test func deadConnectionsAreReplaced() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let server = FakeServer()
      let pool = server.pool(on: lane, .init(maximum: 1))
      try await lane.run {
        let first = try await pool.acquire()
        pool.release(first)
        first.fail()
        let second = try await pool.acquire()
        #expect(second !== first)
        #expect(first.isClosed)
        // One that dies while it is lent is closed when it comes back, and its waiter gets another.
        second.fail()
        async let third = pool.acquire()
        await Task.yield()
        pool.release(second)
        let replacement = try await third
        #expect(replacement !== second)
        pool.release(replacement)
        pool.lost(replacement)
        #expect(await eventually { replacement.isClosed })
      }
      await pool.close()
    }
  }

  @Test func quarantine() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let server = FakeServer()
      let pool = server.pool(on: lane, .init(maximum: 1))
      try await lane.run {
        let first = try await pool.acquire()
        pool.release(first, .quarantine)
        let recovered = try await pool.acquire()
        #expect(recovered === first)
        server.recovers = false
        pool.release(recovered, .quarantine)
        let replacement = try await pool.acquire()
        #expect(replacement !== first)
        pool.release(replacement)
      }
      await pool.close()
    }
  }

  @Test func serverErrorsReachTheWaiters() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let server = FakeServer()
      server.isDown = true
      let pool = server.pool(on: lane, .init(maximum: 2, backoff: .milliseconds(20)))
      for _ in 0..<2 {
        await #expect { try await pool.acquire() } throws: { error in
          if case PoolError.openFailed(let cause) = error { cause is ServerDown } else { false }
        }
      }
      server.isDown = false
      let connection = try await pool.acquire()
      pool.release(connection)
      await pool.close()
    }
  }

  @Test func minimumIsOpenedAndRetried() async throws {
    try await withLanes { group in
      let server = FakeServer()
      server.isDown = true
      let pool = server.pool(on: group.pick(), .init(minimum: 2, maximum: 4, backoff: .milliseconds(5)))
      #expect(await eventually { server.places.all.count >= 3 })
      server.isDown = false
      #expect(await eventually { server.opened.all.count == 2 })
      await pool.close()
      #expect(server.closed.all.count == 2)
    }
  }

  @Test func closeWaitsForTheBorrowers() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let server = FakeServer()
      let pool = server.pool(on: lane, .init(maximum: 1))
      let held = try await pool.acquire()
      let waiting = Task { try await pool.acquire() }
      #expect(await eventually { (try? await lane.run { pool.counts?.waiters == 1 }) == true })
      let closing = Task { await pool.close() }
      await #expect(throws: PoolError.self) { try await waiting.value }
      #expect(!held.isClosed)
      pool.release(held)
      await closing.value
      #expect(held.isClosed)
      await pool.close()
    }
  }

  @Test func manyTasksShareFewConnections() async throws {
    try await withLanes(2) { group in
      let server = FakeServer()
      let pools = group.lanes.map { server.pool(on: $0, .init(maximum: 3)) }
      let served = Log<Int>()
      await withTaskGroup(of: Void.self) { tasks in
        for number in 0..<600 {
          tasks.addTask {
            let pool = pools[number % 2]
            let isImpatient = number.isMultiple(of: 7)
            let work = Task {
              try await pool.lane.run {
                for _ in 0..<5 {
                  try await pool.withConnection { connection in
                    #expect(connection.use())
                    await Task.yield()
                    if number.isMultiple(of: 97) { connection.fail() }
                    connection.finish()
                    served.append(number)
                  }
                }
              }
            }
            if isImpatient { work.cancel() }
            let result = await work.result
            if case .failure(let error) = result { #expect(isImpatient && error is CancellationError) }
          }
        }
      }
      let patient = 2566  // six sevenths of five times six hundred, less five
      #expect(served.all.count >= patient)
      for pool in pools { await pool.close() }
      #expect(server.opened.all.count == server.closed.all.count)
    }
  }
}
