import Testing

@testable import RowanCore

private typealias State = PoolState<Int>
private typealias Action = PoolAction<Int>

private func waiter(_ number: UInt64) -> PoolWaiter { PoolWaiter(number: number) }

extension PoolState where ConnectionID == Int {
  fileprivate mutating func send(_ event: PoolEvent<Int>, at now: UInt64 = 0) -> [PoolAction<Int>] {
    Array(handle(event, at: now))
  }
}

@Suite struct PoolStateTests {
  /// A pool of which `open` connections are idle, numbered from one.
  private func pool(open: Int, _ configuration: PoolConfiguration = .init(maximum: 2)) -> State {
    var state = State(configuration)
    for id in 0..<open {
      _ = state.send(.acquire(waiter(UInt64(1_000_000 + id)), deadline: nil))
    }
    for id in 0..<open { _ = state.send(.cancel(waiter(UInt64(1_000_000 + id)))) }
    for id in 0..<open { #expect(state.send(.opened(id + 1)) == []) }
    #expect(state.idleCount == open)
    return state
  }

  @Test func growsOnDemandAndHandsOver() {
    var state = State(.init(maximum: 2))
    #expect(state.send(.tick) == [])
    #expect(state.send(.acquire(waiter(1), deadline: nil)) == [.wait, .open])
    #expect(state.send(.acquire(waiter(2), deadline: nil)) == [.wait, .open])
    #expect(state.send(.acquire(waiter(3), deadline: nil)) == [.wait])
    #expect(state.send(.opened(7)) == [.handOver(7, waiter(1))])
    #expect(state.send(.claim(waiter(1))) == [.lease(7)])
    #expect(state.holders == 1)
    // The lent connection comes back before the second is open: it goes to the next in line.
    #expect(state.send(.release(7, .reuse)) == [.handOver(7, waiter(2))])
    #expect(state.send(.opened(8)) == [.handOver(8, waiter(3))])
    #expect(state.send(.claim(waiter(3))) == [.lease(8)])
    #expect(state.send(.claim(waiter(2))) == [.lease(7)])
    #expect(state.send(.release(8, .reuse)) == [])
    #expect(state.send(.acquire(waiter(4), deadline: nil)) == [.lease(8)])
    #expect(state.send(.claim(waiter(4))) == [.refuse])
  }

  @Test func minimumIsOpenedAndKept() {
    var state = State(.init(minimum: 2, maximum: 3, idleTimeout: .nanoseconds(10)))
    #expect(state.send(.tick) == [.open, .open])
    #expect(state.send(.opened(1)) == [])
    #expect(state.send(.opened(2)) == [])
    #expect(state.send(.tick, at: 1000) == [])
    #expect(state.send(.lost(1), at: 1000) == [.close(1)])
    #expect(state.send(.closed(1), at: 1000) == [.open])
    #expect(state.send(.opened(3), at: 1000) == [])
    #expect(state.nextWake == nil)
  }

  @Test func reuseOrder() {
    var last = pool(open: 3, .init(maximum: 3))
    #expect(last.send(.acquire(waiter(1), deadline: nil)) == [.lease(3)])
    #expect(last.send(.acquire(waiter(2), deadline: nil)) == [.lease(2)])
    #expect(last.send(.release(3, .reuse)) == [])
    #expect(last.send(.acquire(waiter(3), deadline: nil)) == [.lease(3)])
    var longest = pool(open: 3, .init(maximum: 3, reuse: .longestIdle))
    #expect(longest.send(.acquire(waiter(1), deadline: nil)) == [.lease(1)])
    #expect(longest.send(.release(1, .reuse)) == [])
    #expect(longest.send(.acquire(waiter(2), deadline: nil)) == [.lease(2)])
  }

  @Test func waitersAreServedInOrderAndTimeOut() {
    var state = pool(open: 1, .init(maximum: 1))
    #expect(state.send(.acquire(waiter(1), deadline: nil)) == [.lease(1)])
    #expect(state.send(.acquire(waiter(2), deadline: 50), at: 10) == [.wait])
    #expect(state.send(.acquire(waiter(3), deadline: nil), at: 11) == [.wait])
    #expect(state.send(.acquire(waiter(4), deadline: 40), at: 12) == [.wait])
    #expect(state.nextWake == 40)
    #expect(state.send(.tick, at: 39) == [])
    #expect(state.send(.tick, at: 45) == [.fail(waiter(4), .timedOut(waited: 33, holders: 1))])
    #expect(state.nextWake == 50)
    #expect(state.send(.cancel(waiter(2)), at: 46) == [])
    #expect(state.nextWake == nil)
    #expect(state.send(.release(1, .reuse), at: 47) == [.handOver(1, waiter(3))])
    #expect(state.waiterCount == 0)
  }

  @Test func cancellingAHandOverGivesItBack() {
    var state = pool(open: 1, .init(maximum: 1))
    _ = state.send(.acquire(waiter(1), deadline: nil))
    _ = state.send(.acquire(waiter(2), deadline: nil))
    _ = state.send(.acquire(waiter(3), deadline: nil))
    #expect(state.send(.release(1, .reuse)) == [.handOver(1, waiter(2))])
    #expect(state.holders == 1)
    #expect(state.send(.cancel(waiter(2))) == [.handOver(1, waiter(3))])
    #expect(state.send(.claim(waiter(2))) == [.refuse])
    #expect(state.send(.cancel(waiter(3))) == [])
    #expect(state.idleCount == 1)
    #expect(state.send(.cancel(waiter(3))) == [])
    #expect(state.send(.acquire(waiter(4), deadline: nil)) == [.lease(1)])
  }

  @Test func losses() {
    var state = pool(open: 2)
    #expect(state.send(.lost(1)) == [.close(1)])
    #expect(state.send(.lost(1)) == [])
    #expect(state.send(.acquire(waiter(1), deadline: nil)) == [.lease(2)])
    #expect(state.send(.lost(2)) == [])
    #expect(state.send(.lost(99)) == [])
    // Closing still counts against the maximum; one that is closed makes room.
    #expect(state.send(.acquire(waiter(2), deadline: nil)) == [.wait])
    #expect(state.send(.release(2, .reuse)) == [.close(2)])
    #expect(state.send(.release(2, .reuse)) == [])
    #expect(state.send(.closed(2)) == [.open])
    #expect(state.send(.closed(2)) == [])
    #expect(state.send(.opened(3)) == [.handOver(3, waiter(2))])
    // Lost while it is on its way to a waiter: it is closed, whether the waiter takes it or not.
    #expect(state.send(.lost(3)) == [])
    #expect(state.send(.cancel(waiter(2))) == [.close(3)])
  }

  @Test func discardAndAge() {
    var state = pool(open: 1, .init(maximum: 1, maximumAge: .nanoseconds(100)))
    _ = state.send(.acquire(waiter(1), deadline: nil), at: 10)
    #expect(state.send(.release(1, .reuse), at: 99) == [])
    _ = state.send(.acquire(waiter(2), deadline: nil), at: 99)
    #expect(state.send(.release(1, .reuse), at: 100) == [.close(1)])
    var other = pool(open: 1)
    _ = other.send(.acquire(waiter(1), deadline: nil))
    #expect(other.send(.release(1, .discard)) == [.close(1)])
  }

  @Test func quarantine() {
    var state = pool(open: 2)
    _ = state.send(.acquire(waiter(1), deadline: nil))
    _ = state.send(.acquire(waiter(2), deadline: nil))
    #expect(state.send(.acquire(waiter(3), deadline: nil)) == [.wait])
    #expect(state.send(.release(2, .quarantine)) == [.quarantine(2)])
    #expect(state.holders == 1)
    #expect(state.total == 2)
    #expect(state.send(.release(2, .reuse)) == [])
    #expect(state.send(.recovered(2)) == [.handOver(2, waiter(3))])
    #expect(state.send(.recovered(2)) == [])
    #expect(state.send(.release(1, .quarantine)) == [.quarantine(1)])
    #expect(state.send(.lost(1)) == [.close(1)])
    #expect(state.send(.recovered(1)) == [])
  }

  @Test func idleTimeout() {
    var state = pool(open: 3, .init(minimum: 1, maximum: 3, idleTimeout: .nanoseconds(100)))
    #expect(state.nextWake == 100)
    #expect(state.send(.tick, at: 99) == [])
    #expect(state.send(.tick, at: 100) == [.close(1), .close(2)])
    #expect(state.send(.closed(1), at: 100) == [])
    #expect(state.send(.closed(2), at: 100) == [])
    #expect(state.send(.tick, at: 10_000) == [])
    #expect(state.total == 1)
  }

  @Test func failedOpenFailsItsWaiterAndBacksOff() {
    var state = pool(open: 1, .init(maximum: 3, backoff: .nanoseconds(10), maximumBackoff: .nanoseconds(25)))
    _ = state.send(.acquire(waiter(1), deadline: nil))
    #expect(state.send(.acquire(waiter(2), deadline: nil)) == [.wait, .open])
    #expect(state.send(.acquire(waiter(3), deadline: nil)) == [.wait, .open])
    // Another connection exists that the second waiter may get.
    #expect(state.send(.openFailed, at: 100) == [.fail(waiter(2), .openFailed)])
    // The attempts of one burst count once, and a success ends the back-off.
    #expect(state.send(.opened(2), at: 100) == [.handOver(2, waiter(3))])
    #expect(state.nextWake == nil)
    #expect(state.send(.acquire(waiter(4), deadline: nil), at: 101) == [.wait, .open])
    #expect(state.send(.openFailed, at: 102) == [.fail(waiter(4), .openFailed)])
    #expect(state.send(.acquire(waiter(5), deadline: nil), at: 103) == [.wait])
    #expect(state.send(.acquire(waiter(6), deadline: nil), at: 103) == [.wait])
    #expect(state.nextWake == 112)
    // One attempt tests the server.
    #expect(state.send(.tick, at: 112) == [.open])
    #expect(state.send(.tick, at: 113) == [])
    #expect(state.nextWake == nil)
    #expect(state.send(.openFailed, at: 120) == [.fail(waiter(5), .openFailed)])
    #expect(state.nextWake == 140)
    #expect(state.send(.tick, at: 140) == [.open])
    #expect(state.send(.openFailed, at: 140) == [.fail(waiter(6), .openFailed)])
    #expect(state.send(.acquire(waiter(7), deadline: nil), at: 141) == [.wait])
    #expect(state.nextWake == 165)
    #expect(state.send(.openFailed, at: 150) == [])
  }

  @Test func failedOpenWithoutAnyConnectionFailsAll() {
    var state = State(.init(maximum: 2, backoff: .nanoseconds(10)))
    for number in 1...3 as ClosedRange<UInt64> { _ = state.send(.acquire(waiter(number), deadline: nil)) }
    #expect(state.opening == 2)
    #expect(state.send(.openFailed, at: 5) == [.fail(waiter(1), .openFailed)])
    #expect(state.send(.openFailed, at: 6) == [.fail(waiter(2), .openFailed), .fail(waiter(3), .openFailed)])
    #expect(state.send(.acquire(waiter(4), deadline: nil), at: 7) == [.wait])
    #expect(state.nextWake == 15)
  }

  @Test func closing() {
    var state = pool(open: 3, .init(maximum: 4))
    _ = state.send(.acquire(waiter(1), deadline: nil))
    _ = state.send(.acquire(waiter(2), deadline: nil))
    #expect(state.send(.release(2, .quarantine)) == [.quarantine(2)])
    #expect(state.send(.close) == [.close(1)])
    #expect(state.send(.close) == [])
    #expect(state.send(.acquire(waiter(3), deadline: nil)) == [.refuse])
    #expect(state.send(.closed(1)) == [])
    #expect(state.send(.recovered(2)) == [.close(2)])
    #expect(state.send(.release(3, .reuse)) == [.close(3)])
    #expect(state.send(.closed(3)) == [])
    #expect(state.send(.closed(2)) == [.drained])
    #expect(state.send(.tick) == [])
    #expect(state.nextWake == nil)

    var waiting = State(.init(maximum: 1))
    _ = waiting.send(.acquire(waiter(1), deadline: nil))
    _ = waiting.send(.acquire(waiter(2), deadline: nil))
    #expect(waiting.send(.close) == [.fail(waiter(1), .closed), .fail(waiter(2), .closed)])
    #expect(waiting.send(.opened(1)) == [.close(1)])
    #expect(waiting.send(.closed(1)) == [.drained])
    var failing = State(.init(maximum: 1))
    _ = failing.send(.acquire(waiter(1), deadline: nil))
    _ = failing.send(.close)
    #expect(failing.send(.openFailed) == [.drained])
    var empty = State(.init())
    #expect(empty.send(.close) == [.drained])
  }

  @Test func lifecycle() throws {
    var machine = ConnectionLifecycle()
    #expect(machine.disposition == .reuse)
    #expect(try machine.handle(.send) == .busy)
    #expect(machine.disposition == .discard)
    #expect(throws: ConnectionLifecycle.IllegalTransition(phase: .busy, event: .send)) { try machine.handle(.send) }
    #expect(try machine.handle(.answered(inTransaction: true)) == .inTransaction)
    #expect(machine.disposition == .discard)
    #expect(throws: ConnectionLifecycle.IllegalTransition.self) { try machine.handle(.cancel) }
    let endings: [[ConnectionLifecycle.Event]] = [
      [.answered(inTransaction: false), .cancelDelivered], [.cancelDelivered, .answered(inTransaction: false)],
    ]
    for order in endings {
      var machine = machine
      try machine.handle(.send)
      #expect(try machine.handle(.cancel) == .cancelling(isAnswered: false, isDelivered: false))
      try machine.handle(order[0])
      #expect(machine.phase != .quarantined)
      #expect(machine.disposition == .quarantine)
      #expect(throws: ConnectionLifecycle.IllegalTransition.self) { try machine.handle(.send) }
      #expect(throws: ConnectionLifecycle.IllegalTransition.self) { try machine.handle(order[0]) }
      try machine.handle(order[1])
      #expect(machine.phase == .quarantined)
      #expect(try machine.handle(.recovered) == .idle)
    }
    #expect(try machine.handle(.close) == .closed)
    #expect(try machine.handle(.answered(inTransaction: false)) == .closed)
    #expect(throws: ConnectionLifecycle.IllegalTransition.self) { try machine.handle(.send) }
  }
}
