import Foundation
import Testing

/// Schemas made by chance, one changed into another over rows.
///
/// `ROWAN_TEST_PAIRS` says how many of each kind for each engine; `ROWAN_TEST_SEED` runs the one pair of that number,
/// which a failure names.
@Suite struct PairTests {
  private static let environment = ProcessInfo.processInfo.environment

  static func seeds(_ count: Int) -> [UInt64] {
    if let seed = environment["ROWAN_TEST_SEED"].flatMap({ UInt64($0) }) { return [seed] }
    let wanted = environment["ROWAN_TEST_PAIRS"].flatMap { Int($0) } ?? count
    return wanted > 0 ? (1...UInt64(wanted)).map { $0 } : []
  }

  private func each(_ count: Int, _ engine: MigrationEngine, _ run: (PairRun) async throws -> Void) async {
    for seed in Self.seeds(count) {
      do { try await run(PairRun(engine: engine, seed: seed)) } catch {
        Issue.record("\(engine.name): ROWAN_TEST_SEED=\(seed): \(error)")
      }
    }
  }

  @Test("Changes that keep everything reach the goal over rows, and go back", arguments: MigrationEngine.all)
  func keeping(_ engine: MigrationEngine) async { await each(100, engine) { try await $0.keeping() } }

  @Test("Changes that lose something say so", arguments: MigrationEngine.all)
  func losing(_ engine: MigrationEngine) async { await each(60, engine) { try await $0.losing() } }

  @Test("Changes that rows do not meet leave what was there, or are gone on with", arguments: MigrationEngine.all)
  func violating(_ engine: MigrationEngine) async { await each(60, engine) { try await $0.violating() } }
}
