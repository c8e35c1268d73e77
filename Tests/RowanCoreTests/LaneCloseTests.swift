import Testing

@testable import RowanCore

@Suite(.timeLimit(.minutes(2))) struct LaneCloseTests {
  @Test func closeWaitsForTheTasksInside() async throws {
    let group = try LaneGroup(.init(count: 2))
    let steps = Log<String>()
    let lane = group.pick()
    let task = Task {
      try await lane.run {
        steps.append("in")
        try await Task.sleep(for: .milliseconds(50))
        // Inside, work goes on while the lane drains.
        try await lane.run { steps.append("nested") }
        try await lane.enter { steps.append("out") }
      }
    }
    #expect(await eventually { steps.all.first == "in" })
    await group.close()
    #expect(steps.all == ["in", "nested", "out"])
    try await task.value
    await #expect(throws: LaneError.closed) { try await lane.run {} }
    await group.close()
  }

  @Test func graceEndsWaits() async throws {
    let group = try LaneGroup(.init(count: 1))
    let lane = group.pick()
    let pair = SocketPair()
    let task = Task {
      try await lane.run {
        let source = try FDSource(fd: pair.left, on: lane)
        defer { source.close() }
        try await source.wait(.read)
      }
    }
    #expect(await eventually { lane.load == 1 })
    await group.close(grace: .milliseconds(10))
    await #expect(throws: LaneError.closed) { try await task.value }
  }

  /// Tasks that came to the lane by themselves are not counted, and their waits end all the same.
  @Test func graceEndsWaitsOfTasksThatPreferTheLane() async throws {
    for _ in 0..<50 {
      let group = try LaneGroup(.init(count: 1))
      let lane = group.pick()
      let pair = SocketPair()
      let waits = Log<Bool>()
      let task = Task(executorPreference: lane) {
        try await lane.run {
          let source = try FDSource(fd: pair.left, on: lane)
          defer { source.close() }
          waits.append(true)
          try await source.wait(.read)
        }
      }
      #expect(await eventually { waits.all.count == 1 })
      await group.close(grace: .zero)
      await #expect(throws: LaneError.closed) { try await task.value }
    }
  }

  @Test func lateJobsAreNotLost() async throws {
    let group = try LaneGroup(.init(count: 1))
    let lane = group.pick()
    let task = Task(executorPreference: lane) { () -> Bool in
      try? await Task.sleep(for: .milliseconds(60))
      return lane.isCurrent
    }
    await group.close()
    #expect(await task.value)
    let posted = Log<Bool>()
    lane.post { posted.append(lane.isCurrent) }
    #expect(await eventually { posted.all == [true] })
  }

  @Test func droppingTheGroupOnItsOwnThread() async throws {
    // The only reference is dropped by a task that runs on the lane.
    let task: Task<Void, Never>
    do {
      let group = try LaneGroup(.init(count: 1))
      task = Task(executorPreference: group.lanes[0]) { [group] in
        await Task.yield()
        withExtendedLifetime(group) {}
      }
    }
    await task.value
    weak var lane: Lane?
    do { lane = try LaneGroup(.init(count: 1)).lanes[0] }
    #expect(await eventually { lane == nil })
  }

  @Test func closeFromInsideOnlyRequests() async throws {
    let group = try LaneGroup(.init(count: 1))
    let lane = group.pick()
    try await lane.run {
      await group.close()
      #expect(lane.isCurrent)
    }
    await group.close()
  }

  @Test func manyGroups() async throws {
    for _ in 0..<50 {
      let group = try LaneGroup(.init(count: 2))
      let lane = group.pick()
      let isOn = try await lane.run { lane.isCurrent }
      #expect(isOn)
      await group.close()
    }
  }
}
