import Rowan
import RowanTesting
import Testing

/// Writes on engines without `RETURNING` and without array binding, as MySQL is: the core does their work.
@Suite struct EmulationTests {
  private static let areas: Set<String> = ["writes", "upserts", "returning", "records", "codecs"]

  /// PostgreSQL reports generated keys by `RETURNING` alone.
  private static let engines = Engines.required.filter { $0 != .postgres }

  @Test(arguments: engines, ConformanceSuite.cases.filter { areas.contains($0.area) })
  func holdsWithout(_ engine: EngineName, _ conformanceCase: ConformanceCase) async throws {
    let reduced = try Engines.engine(engine).reduced { capabilities in
      capabilities.insertReturning = false
      capabilities.updateReturning = false
      capabilities.deleteReturning = false
      capabilities.bulkInsert = .multiRow(rowsPerStatement: 7)
    }
    _ = try await Throttle.shared.run { try await conformanceCase.run(on: reduced) }
  }
}
