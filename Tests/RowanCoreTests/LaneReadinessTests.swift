import Testing

@testable import RowanCore

@Suite struct LaneReadinessTests {
  @Test func pingPong() async throws {
    try await withLanes(2) { group in
      let pair = SocketPair()
      let (first, second) = (group.lanes[0], group.lanes[1])
      @Sendable nonisolated(nonsending) func play(_ fd: Int32, on lane: Lane, serves: Bool) async throws -> Int {
        let source = try FDSource(fd: fd, on: lane)
        defer { source.close() }
        if serves { sendByte(fd) }
        var received = 0
        while received < 2000 {
          guard receiveByte(fd) != nil else {
            let ready1 = try await source.wait(.read)
            #expect(ready1.contains(.read))
            #expect(lane.isCurrent)
            continue
          }
          received += 1
          if !serves || received < 2000 { sendByte(fd) }
        }
        return received
      }
      async let left = first.run { try await play(pair.left, on: first, serves: true) }
      async let right = second.run { try await play(pair.right, on: second, serves: false) }
      let apart = try await [left, right]
      #expect(apart == [2000, 2000])
      // Both on one lane: neither may block the other.
      async let one = first.run { try await play(pair.left, on: first, serves: true) }
      async let two = first.run { try await play(pair.right, on: first, serves: false) }
      let together = try await [one, two]
      #expect(together == [2000, 2000])
    }
  }

  @Test func writability() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      try await lane.run {
        let source = try FDSource(fd: pair.left, on: lane)
        defer { source.close() }
        let ready2 = try await source.wait(.write)
        #expect(ready2 == .write)
        fill(pair.left)
        await #expect(throws: LaneError.deadlineExceeded) {
          try await source.wait(.write, deadline: .now.advanced(by: .milliseconds(10)))
        }
        sendByte(pair.right)
        let ready3 = try await source.wait(.both)
        #expect(ready3 == .read)
        #expect(receiveByte(pair.left) == 1)
        while receiveByte(pair.right) != nil {}
        let ready4 = try await source.wait(.both)
        #expect(ready4 == .write)
      }
    }
  }

  @Test func deadlines() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      try await lane.run {
        let source = try FDSource(fd: pair.left, on: lane)
        defer { source.close() }
        let start = LaneInstant.now
        for _ in 0..<3 {
          await #expect(throws: LaneError.deadlineExceeded) {
            try await source.wait(.read, deadline: .now.advanced(by: .milliseconds(12)))
          }
        }
        #expect(LaneInstant.now.duration(since: start) >= .milliseconds(36))
        // A long deadline first, then a short one, then none: the one timer follows.
        sendByte(pair.right)
        try await source.wait(.read, deadline: .now.advanced(by: .seconds(60)))
        _ = receiveByte(pair.left)
        await #expect(throws: LaneError.deadlineExceeded) {
          try await source.wait(.read, deadline: .now.advanced(by: .milliseconds(1)))
        }
        lane.schedule(after: .milliseconds(30)) { sendByte(pair.right) }
        let ready5 = try await source.wait(.read)
        #expect(ready5 == .read)
      }
    }
  }

  @Test func cancellation() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      try await lane.run {
        let source = try FDSource(fd: pair.left, on: lane)
        defer { source.close() }
        for round in 0..<20 {
          let task = Task { try await lane.run { try await source.wait(.read) } }
          if round.isMultiple(of: 2) { try await Task.sleep(for: .milliseconds(1)) }
          task.cancel()
          await #expect(throws: CancellationError.self) { try await task.value }
        }
        // A wait that is over is not touched by a cancel that comes late.
        sendByte(pair.right)
        let task = Task { try await lane.run { try await source.wait(.read) } }
        let ready6 = try await task.value
        #expect(ready6 == .read)
        task.cancel()
        let ready7 = try await source.wait(.read)
        #expect(ready7 == .read)
      }
    }
  }

  @Test func interruptAndMisuse() async throws {
    struct Failure: Error {}
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      #expect(throws: LaneError.notOnLane) { try FDSource(fd: pair.left, on: lane) }
      try await lane.run {
        let source = try FDSource(fd: pair.left, on: lane)
        #if os(Linux)
        // Only epoll refuses a second registration.
        #expect(throws: LaneError.system(operation: .register, errno: 17)) { try FDSource(fd: pair.left, on: lane) }
        #endif
        async let waiting = source.waitIgnoringCancellation(.read)
        await Task.yield()
        await #expect(throws: LaneError.alreadyWaiting) { try await source.wait(.read) }
        source.interrupt(throwing: Failure())
        do {
          _ = try await waiting
          Issue.record("the wait was not interrupted")
        } catch { #expect(error is Failure) }
        async let last = source.wait(.read)
        await Task.yield()
        source.close()
        source.close()
        do {
          _ = try await last
          Issue.record("the wait outlived its source")
        } catch { #expect(error as? LaneError == .sourceClosed) }
        await #expect(throws: LaneError.sourceClosed) { try await source.wait(.read) }
        // The descriptor can be registered again, and a source that is dropped unregisters it.
        _ = try FDSource(fd: pair.left, on: lane)
        _ = try FDSource(fd: pair.left, on: lane)
        await #expect(throws: LaneError.deadlineExceeded) {
          try await lane.wait(fd: pair.left, .read, deadline: .now.advanced(by: .milliseconds(1)))
        }
      }
    }
  }

  @Test func waitFromElsewhereHops() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      let source = try await lane.run { try FDSource(fd: pair.left, on: lane) }
      sendByte(pair.right)
      let ready8 = try await source.wait(.read)
      #expect(ready8 == .read)
      source.close()
    }
  }

  @Test func unclaimedInputIsNoticedAndNotLost() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      try await lane.run {
        let source = try FDSource(fd: pair.left, on: lane)
        defer { source.close() }
        #expect(!source.hasUnclaimedInput)
        sendByte(pair.right, 7)
        try await Task.sleep(for: .milliseconds(10))
        #expect(source.hasUnclaimedInput)
        let ready9 = try await source.wait(.read)
        #expect(ready9 == .read)
        #expect(receiveByte(pair.left) == 7)
        #expect(!source.hasUnclaimedInput)
        // A hang-up while idle must not spin, and is seen by the next wait.
        pair.hangUpRight()
        try await Task.sleep(for: .milliseconds(10))
        #expect(source.hasUnclaimedInput)
        let ready10 = try await source.wait(.read)
        #expect(ready10.contains(.hangup))
        let ready11 = try await source.wait(.write)
        #expect(ready11.contains(.hangup))
      }
    }
  }

  @Test func handlerPumpsWithoutATask() async throws {
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      let received = Log<UInt8>()
      let writable = Log<Bool>()
      try await lane.run {
        let source = try FDSource(fd: pair.left, on: lane)
        defer { source.close() }
        try source.setHandler(.read) { [weak source] readiness in
          #expect(lane.isCurrent)
          if readiness.contains(.write) {
            writable.append(true)
            try? source?.setHandlerInterest(.read)
          }
          while let byte = receiveByte(pair.left) { received.append(byte) }
        }
        for byte in 1...5 as ClosedRange<UInt8> {
          sendByte(pair.right, byte)
          #expect(await eventually { received.all.count == Int(byte) })
        }
        try source.setHandlerInterest(.both)
        #expect(await eventually { writable.all == [true] })
        // A waiting task has precedence.
        async let readiness = source.wait(.read)
        await Task.yield()
        sendByte(pair.right, 6)
        let ready12 = try await readiness
        #expect(ready12 == .read)
        #expect(await eventually { received.all == [1, 2, 3, 4, 5, 6] })
        source.removeHandler()
        sendByte(pair.right, 7)
        try await Task.sleep(for: .milliseconds(5))
        #expect(received.all.count == 6)
      }
    }
  }

  @Test func actorWithoutThePreferenceWaits() async throws {
    actor Connection {
      nonisolated let lane: Lane
      init(_ lane: Lane) { self.lane = lane }
      nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

      func exchange(_ fd: Int32, _ source: FDSource) async throws -> UInt8? {
        try await source.wait(.read)
        return lane.isCurrent ? receiveByte(fd) : nil
      }
    }
    try await withLanes { group in
      let lane = group.pick()
      let pair = SocketPair()
      let source = try await lane.run { try FDSource(fd: pair.left, on: lane) }
      let connection = Connection(lane)
      for round in 0..<200 {
        let task = Task { try await connection.exchange(pair.left, source) }
        if round.isMultiple(of: 3) {
          task.cancel()
          await #expect(throws: CancellationError.self) { try await task.value }
        } else {
          sendByte(pair.right, 9)
          let byte = try await task.value
          #expect(byte == 9)
        }
      }
      source.close()
    }
  }
}
