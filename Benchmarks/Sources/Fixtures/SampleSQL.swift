import BenchmarkModels
import RowanCore

import Foundation

/// The samples as INSERT statements, sent before anything is timed.
enum SampleSQL {
  /// The narrow rows, 500 a statement.
  static var items: [String] {
    chunks(Samples.itemCount) { first, last in
      let rows = (first...last).map { id in
        let item = Samples.item(id)
        return "(\(id), \(text(item.name)), \(text(item.email)), \(item.score), \(item.active), \(optional(item.note)))"
      }
      return "INSERT INTO bench_items VALUES \(rows.joined(separator: ", "))"
    }
  }

  /// The wide rows, 500 a statement.
  static func profiles(_ engine: Engine) -> [String] {
    chunks(Samples.profileCount) { first, last in
      let rows = (first...last).map { id in
        let row = Samples.profile(id)
        let fields: [String] = [
          "\(id)", uuid(row.key, engine), "\(row.owner)", text(row.code), text(row.city), text(row.name),
          text(row.email), optional(row.bio), optional(row.phone), "\(row.age)", number(row.rank), "\(row.visits)",
          "\(row.latitude)", "\(row.longitude)", number(row.weight), "\(row.active)", "\(row.verified)",
          instant(row.createdAt, engine), instant(row.updatedAt, engine),
          row.deletedAt.map { instant($0, engine) } ?? "NULL",
        ]
        return "(\(fields.joined(separator: ", ")))"
      }
      return "INSERT INTO bench_profiles VALUES \(rows.joined(separator: ", "))"
    }
  }

  /// A million rows out of the ten thousand.
  static let events = """
    INSERT INTO bench_events
    SELECT (a.id - 1) * \(Samples.itemCount) + b.id, b.name, b.email, b.score, b.active, b.note
    FROM bench_items a CROSS JOIN bench_items b WHERE a.id <= \(Samples.eventCount / Samples.itemCount)
    """

  private static func chunks(_ count: Int64, _ make: (Int64, Int64) -> String) -> [String] {
    stride(from: 1, through: count, by: 500).map { make($0, min($0 + 499, count)) }
  }

  private static func text(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
  private static func optional(_ value: String?) -> String { value.map(text) ?? "NULL" }
  private static func number(_ value: (some CustomStringConvertible)?) -> String { value?.description ?? "NULL" }

  private static func uuid(_ uuid: UUID, _ engine: Engine) -> String {
    engine == .postgres ? "'\(uuid.uuidString)'" : "x'\(uuid.uuidString.replacing("-", with: ""))'"
  }

  /// The form in which Rowan stores instants on `engine`.
  private static func instant(_ instant: Timestamp, _ engine: Engine) -> String {
    let microseconds = instant.microseconds
    switch engine {
    case .postgres: return "'epoch'::timestamptz + \(microseconds) * interval '1 microsecond'"
    case .mysql: return "'1970-01-01' + INTERVAL \(microseconds) MICROSECOND"
    case .sqlite, .core: return "\(microseconds)"
    }
  }
}
