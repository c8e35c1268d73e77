import Testing

@testable import RowanCore

@Suite struct LaneTimerTests {
  @Test func wheelFiresEachTimerOnceAndNeverEarly() async throws {
    try await withLanes { group in
      let lane = group.pick()
      try await lane.run {
        var random = SeededGenerator(seed: 11)
        var wheel = TimerWheel(now: LaneInstant(nanoseconds: 1_000_000_000))
        var pending: [ObjectIdentifier: UInt64] = [:]
        var alive: [LaneTimer] = []
        var now: UInt64 = 1_000_000_000
        for _ in 0..<3000 {
          switch Int.random(in: 0..<4, using: &random) {
          case 0, 1:
            let timer = LaneTimer(lane: lane) {}
            let deadline = now + UInt64.random(in: 0...6_000_000_000, using: &random)
            wheel.insert(timer, tick: TimerWheel.tick(notBefore: LaneInstant(nanoseconds: deadline)))
            pending[ObjectIdentifier(timer)] = deadline
            alive.append(timer)
          case 2:
            guard let timer = alive.randomElement(using: &random) else { continue }
            wheel.remove(timer)
            pending[ObjectIdentifier(timer)] = nil
          default:
            let previous = now
            now += UInt64.random(in: 0...400_000_000, using: &random)
            let wake = wheel.nextWake()
            if let earliest = pending.values.min() {
              #expect(wake != nil)
              #expect((wake?.nanoseconds ?? .max) <= max(earliest, previous) + 2 * TimerWheel.tickNanoseconds)
            }
            for timer in wheel.expire(now: LaneInstant(nanoseconds: now)) {
              let deadline = pending.removeValue(forKey: ObjectIdentifier(timer))
              #expect(deadline != nil)
              #expect((deadline ?? .max) <= now)
            }
            for deadline in pending.values { #expect(deadline + 2 * TimerWheel.tickNanoseconds > now) }
          }
          #expect(wheel.count == pending.count)
        }
      }
    }
  }

  @Test func scheduleAndCancel() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let fired = Log<Int>()
      let start = LaneInstant.now
      let delays = Log<Duration>()
      lane.schedule(after: .milliseconds(40)) { fired.append(2) }
      lane.schedule(after: .milliseconds(10)) {
        #expect(lane.isCurrent)
        fired.append(1)
        delays.append(LaneInstant.now.duration(since: start))
      }
      let cancelled = lane.schedule(after: .milliseconds(20)) { fired.append(-1) }
      cancelled.cancel()
      try await lane.run {
        let inside = lane.schedule(after: .milliseconds(15)) { fired.append(-2) }
        inside.cancel()
        inside.cancel()
        // Of two that are due together, the first may cancel the second.
        let victim = Log<LaneTimer>()
        lane.schedule(at: .init(nanoseconds: 0)) { victim.all.first?.cancel() }
        victim.append(lane.schedule(at: .init(nanoseconds: 0)) { fired.append(-3) })
      }
      #expect(await eventually { fired.all == [1, 2] })
      #expect(delays.all.allSatisfy { $0 >= .milliseconds(10) })
    }
  }

  @Test func instants() {
    let zero = LaneInstant(nanoseconds: 0)
    #expect(zero.advanced(by: .milliseconds(5)).nanoseconds == 5_000_000)
    #expect(zero.advanced(by: .seconds(-5)) == zero)
    #expect(zero.advanced(by: .seconds(Int64.max)) == .never)
    #expect(LaneInstant.never.advanced(by: .seconds(1)) == .never)
    #expect(zero.duration(since: .never) == .zero)
    #expect(LaneInstant(nanoseconds: 7).duration(since: zero) == .nanoseconds(7))
    #expect(LaneInstant.now <= LaneInstant.now)
  }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
