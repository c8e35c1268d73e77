import Foundation
import Rowan
import RowanTesting
import Testing

/// Every case of the suite on every engine, once as it is, from a lane where there are lanes, and once from elsewhere with
/// a plugin that rebuilds every statement, which proves that no node loses a field on the way.
@Suite struct ConformanceTests {
  @Test(arguments: ConformanceRun.all) func holds(_ run: ConformanceRun) async throws {
    let result = await Throttle.shared.run { await run.result() }
    await ConformanceReport.shared.note(run, try? result.get())
    _ = try result.get()
  }
}

/// One case on one engine, with or without the plugin.
struct ConformanceRun: Sendable, CustomTestStringConvertible {
  let engine: EngineName
  let conformanceCase: ConformanceCase
  let isRebuilt: Bool

  static let all: [ConformanceRun] = Engines.required.flatMap { engine in
    [false, true].flatMap { isRebuilt in
      cases.map { ConformanceRun(engine: engine, conformanceCase: $0, isRebuilt: isRebuilt) }
    }
  }

  /// Every case, or, to look closer at some, those whose name starts with one of `ROWAN_TEST_CASES`.
  private static let cases: [ConformanceCase] = {
    let wanted = ProcessInfo.processInfo.environment["ROWAN_TEST_CASES"]?.split(separator: ",") ?? []
    if wanted.isEmpty { return ConformanceSuite.cases }
    return ConformanceSuite.cases.filter { one in wanted.contains { one.name.hasPrefix($0) } }
  }()

  func result() async -> Result<ConformanceOutcome, any Error> {
    do {
      return .success(
        try await conformanceCase.run(
          on: try Engines.engine(engine), plugins: isRebuilt ? [IdentityPlugin()] : [], startsOnLane: !isRebuilt))
    } catch {
      return .failure(error)
    }
  }

  var testDescription: String { "\(engine): \(conformanceCase.name)\(isRebuilt ? " (rebuilt)" : "")" }
}
