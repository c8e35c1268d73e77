import Foundation

/// Facts about processes, from Linux's `/proc`. https://man7.org/linux/man-pages/man5/proc.5.html
enum ProcFS {
  /// The names in `folder`, none if it does not exist.
  static func entries(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// The process that started `process`.
  static func parent(of process: Int32) -> Int32? {
    status(process, "PPid").flatMap { Int32($0) }
  }

  /// The processes that `process` has started.
  static func children(of process: Int32) -> [Int32] {
    entries("/proc").compactMap { Int32($0) }.filter { parent(of: $0) == process }
  }

  /// A number of kibibytes from this process's status: `VmRSS`, or `VmHWM`, its peak.
  static func kibibytes(_ field: String) -> Int? {
    status(nil, field).flatMap { Int($0.prefix { $0.isNumber }) }
  }

  /// Makes the current resident size the new peak.
  static func resetPeak() -> Bool {
    guard let handle = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return false }
    defer { try? handle.close() }
    return (try? handle.write(contentsOf: Data("5".utf8))) != nil
  }

  private static func status(_ process: Int32?, _ field: String) -> Substring? {
    let path = "/proc/\(process.map(String.init) ?? "self")/status"
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix("\(field):") {
      return line.dropFirst(field.utf8.count + 1).drop { $0 == " " || $0 == "\t" }
    }
    return nil
  }
}
