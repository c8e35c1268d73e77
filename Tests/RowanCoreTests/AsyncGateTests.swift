import Synchronization
import Testing

@testable import RowanCore

struct AsyncGateTests {
  private final class Visits: Sendable {
    let inside = Atomic<Int>(0)
    let most = Atomic<Int>(0)
  }

  @Test func oneAtATime() async throws {
    let gate = AsyncGate()
    let visits = Visits()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<16 {
        group.addTask {
          for turn in 0..<200 {
            try await gate.enter()
            let now = visits.inside.add(1, ordering: .relaxed).newValue
            visits.most.max(now, ordering: .relaxed)
            if turn % 8 == 0 { await Task.yield() }
            visits.inside.subtract(1, ordering: .relaxed)
            gate.leave()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(visits.most.load(ordering: .relaxed) == 1)
    #expect(gate.tryEnter())
    #expect(!gate.tryEnter())
    gate.leave()
    #expect(gate.tryEnter())
  }

  @Test func waitersGoInTheOrderOfArrival() async throws {
    let gate = AsyncGate()
    try await gate.enter()
    let order = Log<Int>()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          await gate.enterAlways()
          order.append(number)
          gate.leave()
        }
        // Each joins the line before the next one starts.
        try? await Task.sleep(for: .milliseconds(20))
      }
      gate.leave()
    }
    #expect(order.all == Array(0..<8))
  }

  @Test func aCancelledWaiterLeavesTheLine() async throws {
    let gate = AsyncGate()
    try await gate.enter()
    let waiter = Task { try await gate.enter() }
    try await Task.sleep(for: .milliseconds(20))
    waiter.cancel()
    let error = await #expect(throws: RowanError.self) { try await waiter.value }
    #expect(error?.code == .cancelled)
    // Nobody is left to hand over to.
    gate.leave()
    #expect(gate.tryEnter())
    gate.leave()
  }

  @Test func aTaskCancelledBeforehandDoesNotWait() async throws {
    let gate = AsyncGate()
    try await gate.enter()
    let waiter = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await gate.enter()
    }
    await #expect(throws: RowanError.self) { try await waiter.value }
    gate.leave()
    #expect(gate.tryEnter())
  }
}
