import Foundation

/// The table for people.
enum MarkdownReport {
  static let head = """
    | row | subject | ratio | cpu | best | spread | budget | | one operation | ran |
    |---|---|---|---|---|---|---|---|---|---|
    """

  static func lines(_ result: RowResult) -> [String] {
    result.subjects.map { subject in
      let isOurs = subject.name == .rowan
      let cells = [
        result.row.id, subject.name.rawValue, ratio(subject.ratio, result.row), number(subject.cpuRatio),
        ratio(subject.best, result.row),
        "\(Int((subject.spread * 100).rounded())) %", isOurs ? budget(result.row) : "",
        isOurs ? verdict(subject, result.row) : "", duration(subject.seconds), result.placement.rawValue,
      ]
      return "| \(cells.joined(separator: " | ")) |"
    }
  }

  static func line(notRun row: BenchmarkRow, _ reason: String) -> String {
    let text = reason.replacing("|", with: "/").replacing("\n", with: " ")
    return "| \(row.id) | | | | | | \(budget(row)) | not run: \(text) | | |"
  }

  private static func budget(_ row: BenchmarkRow) -> String {
    ratio(row.budget, row) + (row.cpuBudget.map { ", cpu \(number($0))" } ?? "")
  }

  private static func verdict(_ subject: SubjectResult, _ row: BenchmarkRow) -> String {
    var missed: [String] = []
    if subject.ratio > row.budget { missed.append("over by \(percent(subject.ratio / row.budget))") }
    if let limit = row.cpuBudget, subject.cpuRatio > limit {
      missed.append("cpu over by \(percent(subject.cpuRatio / limit))")
    }
    return missed.isEmpty ? "met" : missed.joined(separator: ", ")
  }

  private static func percent(_ share: Double) -> String { "\(Int(((share - 1) * 100).rounded())) %" }

  private static func ratio(_ value: Double, _ row: BenchmarkRow) -> String {
    if case .memory = row.kind { return String(format: "%.1f MiB", value) }
    return number(value)
  }

  private static func number(_ value: Double) -> String { String(format: value < 0.1 ? "%.3f" : "%.2f", value) }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-6: String(format: "%.0f ns", seconds * 1e9)
    case ..<1e-3: String(format: "%.1f µs", seconds * 1e6)
    case ..<1: String(format: "%.2f ms", seconds * 1e3)
    default: String(format: "%.2f s", seconds)
    }
  }
}
