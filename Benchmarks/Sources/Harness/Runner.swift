/// Times the subjects of a row against each other.
struct Runner {
  let options: Options
  let surroundings: Surroundings

  /// Interleaved rounds: each round runs every subject once, in turning order, and compares it with the base of the
  /// same round.
  func run(_ row: BenchmarkRow, _ make: (Surroundings) async throws -> [Subject]) async throws -> RowResult {
    let all = try await make(surroundings)
    guard let base = all.first?.name else { throw BenchmarkError("the row has no subjects") }
    let subjects = all.filter { $0.name == base || options.wants($0.name) }
    do {
      let result = try await measure(row, subjects)
      for subject in all { await subject.close() }
      return result
    } catch {
      for subject in all { await subject.close() }
      throw error
    }
  }

  /// Runs the subjects one after another, for a profiler to look at.
  func loop(_ row: BenchmarkRow, _ make: (Surroundings) async throws -> [Subject], seconds: Double) async throws {
    for subject in try await make(surroundings) {
      if options.wants(subject.name) {
        let placed = place(row)
        let operations = try await calibrate(subject)
        Output.line("\(row.id) \(subject.name.rawValue): \(operations) operations a round, \(placed.rawValue)")
        let start = Stopwatch.now()
        while (Stopwatch.now() - start).wall < seconds {
          try await subject.reset()
          _ = try await time(subject, operations)
        }
      }
      await subject.close()
    }
  }

  private func measure(_ row: BenchmarkRow, _ subjects: [Subject]) async throws -> RowResult {
    try await compare(row, subjects)
    let placed = place(row)
    var operations: [Int] = []
    for subject in subjects { operations.append(try await calibrate(subject)) }
    // Connections opened meanwhile belong there too.
    _ = place(row)
    var costs = [[Cost]](repeating: [], count: subjects.count)
    for round in 0..<options.roundCount {
      for turn in subjects.indices {
        let index = (turn + round) % subjects.count
        try await subjects[index].reset()
        costs[index].append(try await time(subjects[index], operations[index]) / operations[index])
      }
    }
    let base = costs[0]
    let results = subjects.indices.map { index in
      let mine = costs[index]
      let ratios = index == 0 ? spreadOfBase(base) : zip(mine, base).map { $0.wall / $1.wall }
      return SubjectResult(
        name: subjects[index].name, ratio: index == 0 ? 1 : Statistics(ratios).median,
        cpuRatio: index == 0 ? 1 : Statistics(zip(mine, base).map { $0.cpu / $1.cpu }).median,
        best: Statistics(mine.map(\.wall)).least / Statistics(base.map(\.wall)).least,
        spread: Statistics(ratios).spread, seconds: Statistics(mine.map(\.wall)).median)
    }
    return RowResult(row: row, placement: placed, subjects: results)
  }

  /// The base against its own median: how calm the machine was.
  private func spreadOfBase(_ costs: [Cost]) -> [Double] {
    let median = Statistics(costs.map(\.wall)).median
    return costs.map { $0.wall / median }
  }

  /// Fails unless every subject reads, or writes, the same.
  private func compare(_ row: BenchmarkRow, _ subjects: [Subject]) async throws {
    var expected: (sum: UInt64, name: SubjectName)?
    for subject in subjects {
      try await subject.reset()
      guard let sum = try await subject.run(row.samples, true).checksum else { continue }
      if let expected, expected.sum != sum {
        throw BenchmarkError("\(subject.name.rawValue) does not read what \(expected.name.rawValue) reads")
      }
      expected = expected ?? (sum, subject.name)
    }
  }

  /// How many operations take about the length of a round.
  private func calibrate(_ subject: Subject) async throws -> Int {
    var operations = subject.minimum
    while true {
      var wall = Double.infinity
      // The best of three: the first run opens connections, and any may be disturbed.
      for _ in 0..<3 {
        try await subject.reset()
        wall = min(wall, try await time(subject, operations).wall)
      }
      if wall >= options.roundLength / 4 || operations >= 1 << 24 {
        return max(subject.minimum, Int(Double(operations) * options.roundLength / max(wall, 1e-9)))
      }
      operations *= 2
    }
  }

  private func time(_ subject: Subject, _ operations: Int) async throws -> Cost {
    let start = Stopwatch.now()
    let work = try await subject.run(operations, false)
    return work.cost ?? Stopwatch.now() - start
  }

  /// Pins client and server to one core, or frees them.
  /// - Returns: where they run in fact.
  private func place(_ row: BenchmarkRow) -> Placement {
    let processes = surroundings.serverProcesses(row.engine)
    guard row.placement == .pinned else {
      _ = Placement.free.apply(to: processes)
      return .free
    }
    let isRemote = processes.isEmpty && (row.engine == .postgres || row.engine == .mysql)
    if !isRemote, Placement.pinned.apply(to: processes) { return .pinned }
    _ = Placement.free.apply(to: processes)
    return .free
  }
}
