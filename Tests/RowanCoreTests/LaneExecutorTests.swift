import Testing

@testable import RowanCore

/// An actor whose executor is a lane, as a connection may be.
private actor OnLane {
  nonisolated let lane: Lane
  var count = 0
  init(_ lane: Lane) { self.lane = lane }
  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }
  func bump() -> Bool {
    count += 1
    return lane.isCurrent
  }
}

private actor Ordinary {
  func isOn(_ lane: Lane) -> Bool { lane.isCurrent }
}

@Suite struct LaneExecutorTests {
  @Test @MainActor func mainActorCallerRunsAndResumesOnTheLane() async throws {
    try await withLanes { group in
      let lane = group.pick()
      #expect(!lane.isCurrent)
      let places = try await lane.run { () -> [Bool] in
        var places = [lane.isCurrent, lane.isPreferred]
        await Task.yield()
        places.append(lane.isCurrent)
        try await Task.sleep(for: .milliseconds(1))
        places.append(lane.isCurrent)
        places.append(try await lane.run { lane.isCurrent })
        places.append(try await lane.enter { lane.isCurrent })
        places.append(lane.isCurrent)
        places.append(await Ordinary().isOn(lane))
        async let child = lane.isCurrent
        places.append(await child)
        return places
      }
      #expect(places.count == 9)
      #expect(places.allSatisfy { $0 })
      MainActor.preconditionIsolated()
    }
  }

  @Test func closureFormedOnTheMainActorLeavesIt() async throws {
    @MainActor func call(_ lane: Lane) async throws -> Bool {
      try await lane.run {
        await Task.yield()
        return lane.isCurrent
      }
    }
    let isOnLane = try await withLanes { group in try await call(group.pick()) }
    #expect(isOnLane)
  }

  @Test func isolatedCallersAreBroughtToTheLane() async throws {
    actor Caller {
      func call(_ lane: Lane) async throws -> [Bool] {
        try await lane.run {
          let before = lane.isCurrent
          await Task.yield()
          return [before, lane.isCurrent]
        }
      }
    }
    try await withLanes { group in
      let lane = group.pick()
      let fromOutside = try await Caller().call(lane)
      #expect(fromOutside == [true, true])
      let fromTheLane = try await lane.run { try await Caller().call(lane) }
      #expect(fromTheLane == [true, true])
    }
  }

  @Test func actorWithTheLaneAsExecutor() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let actor = OnLane(lane)
      #expect(await actor.bump())
      try await lane.run {
        for _ in 0..<100 { #expect(await actor.bump()) }
      }
      #expect(await actor.count == 101)
      // A callback on the lane's thread belongs to no task, but is isolated to the lane.
      let counts = Log<Int>()
      lane.post { counts.append(actor.assumeIsolated { $0.count }) }
      #expect(await eventually { counts.all == [101] })
    }
  }

  @Test func taskStartedWithThePreferencePaysNothing() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let task = Task(executorPreference: lane) { () -> Bool in
        await Task.yield()
        return lane.isCurrent && lane.isPreferred && Lane.current === lane
      }
      #expect(await task.value)
      #expect(Lane.current == nil)
    }
  }

  @Test func thousandTasks() async throws {
    try await withLanes(2) { group in
      let sum = await withTaskGroup(of: Int.self) { tasks in
        for value in 0..<1000 {
          tasks.addTask {
            let lane = group.pick()
            let result = try? await lane.run { () -> Int in
              for _ in 0..<10 { await Task.yield() }
              return lane.isCurrent ? value : -1_000_000
            }
            return result ?? -1_000_000
          }
        }
        return await tasks.reduce(0, +)
      }
      #expect(sum == 499_500)
      #expect(group.lanes.allSatisfy { $0.load == 0 })
    }
  }

  @Test func errorsComeThrough() async throws {
    struct Failure: Error {}
    try await withLanes { group in
      let lane = group.pick()
      await #expect(throws: Failure.self) { try await lane.run { throw Failure() } }
      #expect(lane.load == 0)
    }
  }

  @Test func pickPrefersTheCallersLane() async throws {
    try await withLanes(3) { group in
      for lane in group.lanes {
        let isPicked = try await lane.run { group.pick() === lane }
        #expect(isPicked)
      }
      // Busy lanes are avoided.
      await withThrowingTaskGroup(of: Void.self) { tasks in
        for lane in group.lanes.dropLast() {
          tasks.addTask { try await lane.run { try await Task.sleep(for: .seconds(30)) } }
        }
        #expect(await eventually { group.lanes.dropLast().allSatisfy { $0.load == 1 } })
        for _ in 0..<6 { #expect(group.pick() === group.lanes[2]) }
        tasks.cancelAll()
        while await tasks.nextResult() != nil {}
      }
      // Equal lanes take turns.
      #expect(Set((0..<3).map { _ in group.pick().index }) == [0, 1, 2])
      let other = try LaneGroup(.init(count: 1))
      let isOwn = try await other.pick().run { group.contains(group.pick()) }
      #expect(isOwn)
      await other.close()
    }
  }

  @Test func blockingCallsRunElsewhere() async throws {
    struct Failure: Error {}
    try await withLanes { group in
      let lane = group.pick()
      try await lane.run {
        let isElsewhere = try await lane.runBlocking { !lane.isCurrent }
        #expect(isElsewhere)
        #expect(lane.isCurrent)
        await #expect(throws: Failure.self) { try await lane.runBlocking { throw Failure() } }
      }
      let sum = try await withThrowingTaskGroup(of: Int.self) { tasks in
        for value in 0..<50 { tasks.addTask { try await group.blocking.run { value } } }
        return try await tasks.reduce(0, +)
      }
      #expect(sum == 1225)
    }
  }

  @Test func watchdogReportsAStalledLaneOnce() async throws {
    let stalls = Log<LaneStall>()
    try await withLanes(2, stalled: { stalls.append($0) }) { group in
      try await group.lanes[1].run(label: "slow query") { sleepBlocking(milliseconds: 250) }
      #expect(await eventually { !stalls.all.isEmpty })
    }
    let slow = stalls.all.filter { $0.entryPoint == "slow query" }
    #expect(slow.first?.lane == 1)
    #expect(slow.allSatisfy { $0.duration >= .milliseconds(50) })
    // Ten looks at one turn, one report; a loaded machine may add a turn of its own.
    #expect((1...3).contains(slow.count))
  }
}
