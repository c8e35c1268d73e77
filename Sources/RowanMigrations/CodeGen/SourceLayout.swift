/// How rendered source is laid out.
enum SourceLayout {
  /// The columns of a line.
  static let width = 120

  /// `name(arguments)` on one line where it fits, else each argument on its own.
  /// - Parameter indent: what stands before the line it begins on.
  static func call(_ name: String, _ arguments: [String], indent: String) -> String {
    let line = "\(name)(\(arguments.joined(separator: ", ")))"
    if fits(line, indent) { return line }
    let inner = indent + "  "
    return "\(name)(\n\(arguments.map { inner + $0 }.joined(separator: ",\n")))"
  }

  /// `label[elements]` on one line where it fits, else each element on its own.
  static func list(_ label: String, _ elements: [String], indent: String) -> String {
    let line = "\(label)[\(elements.joined(separator: ", "))]"
    if fits(line, indent) { return line }
    let inner = indent + "  "
    let comma = elements.count > 1 ? "," : ""
    return "\(label)[\n\(elements.map { inner + $0 }.joined(separator: ",\n"))\(comma)\n\(indent)]"
  }

  private static func fits(_ line: String, _ indent: String) -> Bool {
    !line.contains("\n") && indent.count + line.count <= width
  }
}
