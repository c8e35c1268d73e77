/// Runs in a child process, where nothing else has used memory: streams the large table once.
struct MemoryProbe {
  /// What the child prints: mebibytes, wall and processor seconds, and the sum over the rows.
  struct Reading {
    let mebibytes: Double
    let cost: Cost
    let checksum: UInt64

    var line: String { "\(mebibytes) \(cost.wall) \(cost.cpu) \(checksum)" }

    init(mebibytes: Double, cost: Cost, checksum: UInt64) {
      self.mebibytes = mebibytes
      self.cost = cost
      self.checksum = checksum
    }

    init?(_ line: some StringProtocol) {
      let parts = line.split { $0.isWhitespace }
      guard parts.count == 4, let mebibytes = Double(parts[0]), let wall = Double(parts[1]), let cpu = Double(parts[2]),
        let checksum = UInt64(parts[3])
      else { return nil }
      self.init(mebibytes: mebibytes, cost: Cost(wall: wall, cpu: cpu), checksum: checksum)
    }
  }

  /// Idle is once the subject is connected and has done nothing else.
  static func run(_ subject: Subject) async throws -> Reading {
    guard let idle = ProcFS.kibibytes("VmRSS"), ProcFS.resetPeak() else {
      throw BenchmarkError("this system does not tell the peak of a process's memory")
    }
    let start = Stopwatch.now()
    let sum = try await subject.run(1, false).checksum ?? 0
    let cost = Stopwatch.now() - start
    guard let peak = ProcFS.kibibytes("VmHWM") else { throw BenchmarkError("the peak cannot be read") }
    await subject.close()
    return Reading(mebibytes: Double(peak - idle) / 1024, cost: cost, checksum: sum)
  }
}
