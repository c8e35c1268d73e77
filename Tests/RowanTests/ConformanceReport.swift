import Foundation
import Rowan
import RowanTesting

/// Says, once all runs of an engine have ended, how many cases it closes and why, and notes for the script that started
/// the tests that the engine did run.
actor ConformanceReport {
  static let shared = ConformanceReport()
  private var ended: [EngineName: Int] = [:]
  private var failed: [EngineName: Int] = [:]
  private var closed: [EngineName: [(name: String, reason: String)]] = [:]

  func note(_ run: ConformanceRun, _ outcome: ConformanceOutcome?) {
    ended[run.engine, default: 0] += 1
    switch outcome {
    case nil: failed[run.engine, default: 0] += 1
    case .passed?: break
    case .closed(let reason)? where !run.isRebuilt:
      closed[run.engine, default: []].append((run.conformanceCase.name, reason))
    case .closed?: break
    }
    let all = ConformanceRun.all.count { $0.engine == run.engine }
    if ended[run.engine] == all { close(run.engine, all) }
  }

  private func close(_ engine: EngineName, _ runs: Int) {
    let closed = closed[engine, default: []].sorted { $0.name < $1.name }
    var lines = [
      "conformance of \(engine): \(runs) runs, \(failed[engine, default: 0]) failed, \(closed.count) cases closed"
    ]
    for (name, reason) in closed { lines.append("  closed \(name): \(reason)") }
    print(lines.joined(separator: "\n"))
    guard let path = ProcessInfo.processInfo.environment["ROWAN_TEST_REPORT"], !path.isEmpty else { return }
    if !FileManager.default.fileExists(atPath: path) { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    guard let report = FileHandle(forWritingAtPath: path) else { return }
    report.seekToEndOfFile()
    report.write(Data("ran \(engine)\n".utf8))
    try? report.close()
  }
}
