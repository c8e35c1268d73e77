import Foundation

/// Has child processes measure the subjects of a memory row.
struct MemoryRunner {
  let options: Options
  let surroundings: Surroundings

  /// The spread is that of the peaks; the processor time is a share of the first subject's.
  func run(_ row: BenchmarkRow, _ all: [SubjectName]) throws -> RowResult {
    guard let base = all.first else { throw BenchmarkError("the row has no subjects") }
    let subjects = all.filter { $0 == base || options.wants($0) }
    let path = try surroundings.prepareLarge(row.engine)
    _ = Placement.free.apply(to: surroundings.serverProcesses(row.engine))
    var readings = [[MemoryProbe.Reading]](repeating: [], count: subjects.count)
    for _ in 0..<(options.isQuick ? 1 : 3) {
      for (index, subject) in subjects.enumerated() {
        let reading = try child(MemoryOrder(engine: row.engine, subject: subject, path: path))
        if let other = readings[0].first, other.checksum != reading.checksum {
          throw BenchmarkError("\(subject.rawValue) does not read what \(base.rawValue) reads")
        }
        readings[index].append(reading)
      }
    }
    let cpu = readings.map { Statistics($0.map(\.cost.cpu)).median }
    let results = subjects.indices.map { index in
      let peaks = Statistics(readings[index].map(\.mebibytes))
      return SubjectResult(
        name: subjects[index], ratio: peaks.median, cpuRatio: cpu[index] / cpu[0], best: peaks.least,
        spread: peaks.spread,
        seconds: Statistics(readings[index].map(\.cost.wall)).median)
    }
    return RowResult(row: row, placement: .free, subjects: results)
  }

  private func child(_ order: MemoryOrder) throws -> MemoryProbe.Reading {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = order.arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0, let reading = MemoryProbe.Reading(String(decoding: data, as: UTF8.self))
    else { throw BenchmarkError("the process that measures \(order.subject.rawValue) failed") }
    return reading
  }
}
