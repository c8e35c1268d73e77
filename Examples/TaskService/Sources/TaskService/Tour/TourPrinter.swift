import Foundation

/// Lays out requests, answers and statements on a terminal.
enum TourPrinter {
  static func title(_ text: String) { print("\n\(text)\n\(String(repeating: "-", count: text.count))") }

  static func request(_ method: String, _ path: String, _ body: String?) {
    print("> \(method) \(path.removingPercentEncoding ?? path)")
    if let body { print("  \(body)") }
  }

  /// The answer, cut after `lines` lines.
  static func answer(_ answer: TourClient.Answer, lines limit: Int) {
    print("< \(answer.status)")
    guard let value = try? JSONSerialization.jsonObject(with: answer.body),
      let pretty = try? JSONSerialization.data(
        withJSONObject: value, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    else { return }
    let lines = String(decoding: pretty, as: UTF8.self).split(separator: "\n")
    for line in lines.prefix(limit) { print("  \(line.replacing(" : ", with: ": "))") }
    if lines.count > limit { print("  … \(lines.count - limit) more lines") }
  }

  static func event(_ event: Tour.Event) {
    let time = event.microseconds.map { "\($0) µs" } ?? ""
    let padded = String(repeating: " ", count: max(0, 10 - time.count)) + time
    guard let sql = event.sql else { return print("\(padded)  \(event.event)") }
    let rows = event.rows ?? 0
    let changed = event.affectedRows ?? 0
    let outcome = rows > 0 ? "\(rows) rows" : "\(changed) changed"
    print("\(padded)  \(event.event): \(event.values ?? 0) values, \(outcome)")
    for line in wrapped(sql, at: 100) { print("            \(line)") }
  }

  /// `text` broken between words.
  private static func wrapped(_ text: String, at width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty && line.count + word.count + 1 > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
