import Testing

@testable import RowanCore

/// Drives a pool's state machine with random events, as its owner would, and checks what must always hold.
@Suite struct PoolRandomWalkTests {
  private struct Walk {
    var random: SeededGenerator
    var state: PoolState<Int>
    var now: UInt64 = 0
    var nextWaiter: UInt64 = 0
    var nextConnection = 0
    var lent: Set<Int> = []
    var handed: [PoolWaiter: Int] = [:]
    var line: [PoolWaiter] = []
    var opening = 0
    var quarantined: Set<Int> = []
    var closing: Set<Int> = []
    var isDrained = false
    var served = 0

    mutating func send(_ event: PoolEvent<Int>, by caller: PoolWaiter? = nil) {
      for action in state.handle(event, at: now) {
        switch action {
        case .lease(let id):
          if let caller, let promised = handed.removeValue(forKey: caller) { #expect(promised == id) }
          #expect(lent.insert(id).inserted, "lent twice")
          #expect(!quarantined.contains(id) && !closing.contains(id) && !handed.values.contains(id))
          served += 1
        case .wait:
          if let caller { line.append(caller) }
        case .refuse: #expect(state.isClosing)
        case .handOver(let id, let waiter):
          #expect(line.first == waiter, "not in order")
          line.removeFirst()
          #expect(!lent.contains(id) && !handed.values.contains(id) && !closing.contains(id))
          handed[waiter] = id
        case .open: opening += 1
        case .close(let id):
          #expect(!lent.contains(id) && !handed.values.contains(id))
          #expect(closing.insert(id).inserted)
        case .quarantine(let id): quarantined.insert(id)
        case .fail(let waiter, let failure):
          #expect(line.contains(waiter))
          if case .timedOut(_, let holders) = failure { #expect(holders == lent.count + handed.count) }
          line.removeAll { $0 == waiter }
        case .drained:
          #expect(!isDrained)
          isDrained = true
        }
      }
      check()
    }

    func check() {
      #expect(state.waiterCount == line.count)
      #expect(state.opening == opening)
      #expect(state.holders == lent.count + handed.count)
      #expect(state.total <= state.configuration.maximum)
      #expect(state.idleCount == 0 || line.isEmpty, "a waiter beside an idle connection")
      // Somebody will serve the first waiter: a connection in use, one on its way, or a tick.
      let hasFuture = !lent.isEmpty || !handed.isEmpty || opening > 0 || !quarantined.isEmpty || !closing.isEmpty
      #expect(line.isEmpty || hasFuture || state.nextWake != nil, "a waiter is lost")
      if isDrained { #expect(state.total == 0 && line.isEmpty) }
    }

    mutating func step() {
      now += UInt64.random(in: 0...3, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1, 2:
        nextWaiter += 1
        let deadline: UInt64? = Bool.random(using: &random) ? now + UInt64.random(in: 1...60, using: &random) : nil
        send(.acquire(PoolWaiter(number: nextWaiter), deadline: deadline), by: PoolWaiter(number: nextWaiter))
      case 3, 4: claimOne()
      case 5, 6:
        guard let id = lent.sorted().randomElement(using: &random) else { return }
        giveBack(id, [.reuse, .reuse, .reuse, .discard, .quarantine].randomElement(using: &random) ?? .reuse)
      case 7:
        guard opening > 0 else { return }
        opening -= 1
        if Int.random(in: 0..<3, using: &random) == 0 { return send(.openFailed) }
        nextConnection += 1
        send(.opened(nextConnection))
      case 8:
        if Bool.random(using: &random), let waiter = line.randomElement(using: &random) {
          line.removeAll { $0 == waiter }
          send(.cancel(waiter))
        } else if let waiter = handed.keys.min(by: { $0.number < $1.number }) {
          handed[waiter] = nil
          send(.cancel(waiter))
        }
      case 9:
        guard let id = quarantined.sorted().randomElement(using: &random) else { return }
        quarantined.remove(id)
        send(Bool.random(using: &random) ? .recovered(id) : .lost(id))
      case 10:
        if let id = closing.sorted().randomElement(using: &random) {
          closing.remove(id)
          send(.closed(id))
        } else if nextConnection > 0 {
          let id = Int.random(in: 1...nextConnection, using: &random)
          quarantined.remove(id)
          send(.lost(id))
        }
      default:
        if let wake = state.nextWake, Bool.random(using: &random) { now = max(now, wake) }
        send(.tick)
      }
    }

    mutating func claimOne() {
      guard let waiter = handed.keys.min(by: { $0.number < $1.number }) else { return }
      send(.claim(waiter), by: waiter)
      #expect(handed[waiter] == nil)
    }

    mutating func giveBack(_ id: Int, _ disposition: PoolDisposition) {
      lent.remove(id)
      send(.release(id, disposition))
    }

    /// Everybody finishes; nothing may be left.
    mutating func finish(closes: Bool) {
      if closes { send(.close) }
      for _ in 0..<10_000 {
        if !handed.isEmpty {
          claimOne()
        } else if let id = lent.min() {
          giveBack(id, .reuse)
        } else if opening > 0 {
          opening -= 1
          nextConnection += 1
          send(.opened(nextConnection))
        } else if let id = quarantined.popFirst() {
          send(.recovered(id))
        } else if let id = closing.popFirst() {
          send(.closed(id))
        } else if let wake = state.nextWake, !line.isEmpty {
          now = max(now, wake)
          send(.tick)
        } else {
          break
        }
      }
      #expect(line.isEmpty && lent.isEmpty && handed.isEmpty)
      #expect(isDrained == closes)
      #expect(closes ? state.total == 0 : state.total == state.idleCount)
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func invariantsHold(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let configuration = PoolConfiguration(
      minimum: Int.random(in: 0...2, using: &random), maximum: Int.random(in: 1...5, using: &random),
      reuse: Bool.random(using: &random) ? .lastUsed : .longestIdle,
      idleTimeout: .nanoseconds(Int64.random(in: 0...1, using: &random) * 40),
      maximumAge: .nanoseconds(Int64.random(in: 0...1, using: &random) * 200),
      backoff: .nanoseconds(5), maximumBackoff: .nanoseconds(30))
    var walk = Walk(random: random, state: PoolState(configuration))
    walk.send(.tick)
    for _ in 0..<2000 { walk.step() }
    #expect(walk.served > 50)
    walk.finish(closes: seed.isMultiple(of: 2))
  }
}
