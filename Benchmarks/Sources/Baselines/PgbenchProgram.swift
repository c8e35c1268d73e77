import Foundation

/// PostgreSQL's own benchmark client. https://www.postgresql.org/docs/current/pgbench.html
struct PgbenchProgram {
  static let accounts: Int64 = 100_000
  let path: String
  let server: PostgresServer

  /// Makes its tables, at scale 1.
  func makeTables() throws { _ = try run(["-i", "-q", "-s", "1"]) }

  /// Time per transaction of `-S -M prepared` on 8 connections and 2 threads, connecting left out; the processor time
  /// holds its start.
  func selectOnly() -> Subject {
    Subject(timed: .pgbench, minimum: 40_000) { operations in
      let each = max(1, operations / 8)
      let before = Stopwatch.children()
      let text = try run(["-n", "-S", "-M", "prepared", "-c", "8", "-j", "2", "-t", String(each)])
      let cpu = Stopwatch.children() - before
      guard let rate = Self.rate(text) else { throw BenchmarkError("pgbench did not say its rate") }
      let done = Double(each * 8)
      // Scaled, since the harness divides by the operations it asked for.
      let share = Double(operations) / done
      return Work(checksum: nil, cost: Cost(wall: done / rate * share, cpu: cpu * share))
    }
  }

  /// `tps = 12345.678 (without initial connection time)`
  private static func rate(_ text: String) -> Double? {
    for line in text.split(separator: "\n") where line.hasPrefix("tps = ") && line.contains("without") {
      return Double(line.dropFirst(6).prefix { $0 != " " })
    }
    return nil
  }

  private func run(_ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments + ["-h", server.host, "-p", String(server.port), "-U", server.user, server.database]
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PGPASSWORD": server.password, "PGSSLMODE": "disable"]
    ) { _, ours in ours }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchmarkError("pgbench failed: \(String(decoding: complaint, as: UTF8.self))")
    }
    return String(decoding: text, as: UTF8.self)
  }
}
