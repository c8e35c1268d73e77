import Foundation

/// `rowan-bench`: Rowan against the C clients and its peers, in ratios of one and the same run.
@main
struct RowanBench {
  static func main() async {
    do {
      try await run(Options(Array(CommandLine.arguments.dropFirst())))
    } catch {
      FileHandle.standardError.write(Data("rowan-bench: \(error)\n".utf8))
      exit(1)
    }
  }

  // Away from the main thread, as the handlers of a server are.
  @concurrent
  private static func run(_ options: Options) async throws {
    let surroundings = Surroundings(environment: ProcessInfo.processInfo.environment)
    defer { surroundings.cleanUp() }
    if let order = options.memory {
      let subject = try await Catalogue.streaming(order, surroundings)
      return Output.line(try await MemoryProbe.run(subject).line)
    }
    if options.helps { return Output.line(Options.help) }
    if options.lists { return Catalogue.rows.forEach { Output.line("\($0.id)  \($0.path)") } }
    let all = Catalogue.rows
    let wanted = options.wanted(of: all.map(\.id))
    let rows = all.filter { wanted.contains($0.id) }
    guard !rows.isEmpty else { throw BenchmarkError("no row has the name given; see --list") }
    if let seconds = options.loop { return try await loop(rows, options, surroundings, seconds: seconds) }
    try await measure(rows, options, surroundings)
  }

  /// Rows whose server was not given are left out; one that fails fails the run, once the others have been measured.
  private static func measure(
    _ rows: [BenchmarkRow], _ options: Options, _ surroundings: Surroundings
  ) async throws {
    let timing = Runner(options: options, surroundings: surroundings)
    let memory = MemoryRunner(options: options, surroundings: surroundings)
    var results: [RowResult] = []
    var failed: [String] = []
    Output.line(MarkdownReport.head)
    for row in rows {
      if let reason = surroundings.obstacle(row.engine) {
        Output.line(MarkdownReport.line(notRun: row, reason))
        continue
      }
      do {
        let result: RowResult
        switch row.kind {
        case .time(let make): result = try await timing.run(row, make)
        case .memory(let subjects): result = try memory.run(row, subjects)
        }
        results.append(result)
        for line in MarkdownReport.lines(result) { Output.line(line) }
      } catch {
        failed.append(row.id)
        Output.line(MarkdownReport.line(notRun: row, "\(error)"))
      }
    }
    if let path = options.json { try JSONReport.write(results, to: path) }
    if !failed.isEmpty { throw BenchmarkError("these rows failed: \(failed.joined(separator: ", "))") }
  }

  private static func loop(
    _ rows: [BenchmarkRow], _ options: Options, _ surroundings: Surroundings, seconds: Double
  ) async throws {
    let runner = Runner(options: options, surroundings: surroundings)
    for row in rows {
      if case .time(let make) = row.kind { try await runner.loop(row, make, seconds: seconds) }
    }
  }
}
