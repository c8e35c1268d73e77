import Rowan
import RowanTesting
import Testing

@Suite struct ConformanceTests {
  @Test(arguments: Engines.required, ConformanceSuite.cases)
  func holds(_ engine: EngineName, _ conformanceCase: ConformanceCase) async throws {
    _ = try await conformanceCase.run(on: try Engines.engine(engine))
  }
}
