import Foundation
import Synchronization
import Testing

@testable import RowanCore

@Suite struct EventHubTests {
  /// Collects the numbers of `dropped` events, which serve as events of any kind here.
  final class Seen: Sendable {
    let numbers = Mutex<[Int]>([])
    func note(_ event: DatabaseEvent) {
      if case .dropped(let number) = event { numbers.withLock { $0.append(number) } }
    }
  }

  @Test func deliveredWaitsForEveryEventBefore() async {
    let hub = EventHub()
    let seen = Seen()
    let id = hub.listen { seen.note($0) }
    for round in 0..<200 {
      hub.emit(.dropped(round))
      await hub.delivered()
      #expect(seen.numbers.withLock { $0.last } == round)
    }
    #expect(seen.numbers.withLock { $0 } == Array(0..<200))
    hub.remove(id)
  }

  @Test func manyWaitAtOnce() async {
    let hub = EventHub()
    let seen = Seen()
    let id = hub.listen { seen.note($0) }
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<500 {
        group.addTask {
          hub.emit(.dropped(number))
          await hub.delivered()
          return seen.numbers.withLock { $0.contains(number) }
        }
      }
      for await sawItsOwn in group { #expect(sawItsOwn) }
    }
    hub.remove(id)
  }

  @Test func deliveredReturnsWithoutEventsOrListeners() async {
    let hub = EventHub()
    await hub.delivered()
    hub.emit(.closed)
    await hub.delivered()
  }

  /// More listeners that block than there are threads for tasks: the tasks go on all the same.
  @Test func listenersThatBlockHoldUpNoTask() async {
    let isOpen = Mutex(false)
    let hubs = (0..<64).map { _ in EventHub() }
    let ids = hubs.map { hub in
      hub.listen { _ in while !isOpen.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.001) } }
    }
    for hub in hubs { hub.emit(.closed) }
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<64 { group.addTask { await Task.yield() } }
    }
    isOpen.withLock { $0 = true }
    for (hub, id) in zip(hubs, ids) {
      await hub.delivered()
      hub.remove(id)
    }
  }

  @Test func droppedEventsHoldNobodyUp() async {
    let hub = EventHub(capacity: 4)
    let seen = Seen()
    let id = hub.listen { seen.note($0) }
    for number in 0..<1000 { hub.emit(.dropped(number)) }
    await hub.delivered()
    #expect(seen.numbers.withLock { !$0.isEmpty })
    hub.remove(id)
  }
}
