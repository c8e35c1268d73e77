import Foundation

/// The array for programs.
enum JSONReport {
  private struct Entry: Encodable {
    let id: String
    let engine: String
    let subject: String
    let ratio: Double
    let cpuRatio: Double
    let spread: Double
  }

  static func write(_ results: [RowResult], to path: String) throws {
    let entries = results.flatMap { result in
      result.subjects.map {
        Entry(
          id: result.row.id, engine: result.row.engine.rawValue, subject: $0.name.rawValue, ratio: rounded($0.ratio),
          cpuRatio: rounded($0.cpuRatio), spread: rounded($0.spread))
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(entries).write(to: URL(fileURLWithPath: path))
  }

  /// Four digits after the point: more would be noise.
  private static func rounded(_ value: Double) -> Double { value.isFinite ? (value * 10_000).rounded() / 10_000 : 0 }
}
