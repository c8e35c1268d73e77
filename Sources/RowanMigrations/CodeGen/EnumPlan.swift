internal import RowanCore

/// An enumerated type of the database as a Swift one.
struct EnumPlan {
  var typeName: String
  var comment: String?
  /// Each value with the name of its case.
  var cases: [(name: String, value: String)]
  /// Whether columns hold arrays of it.
  var isElement = false

  /// The type whose values are `values`; nil where Swift has none: it takes a value, and no two that are the same to it.
  init?(_ typeName: String, values: [String], comment: String? = nil) {
    guard !values.isEmpty, Set(values).count == values.count else { return nil }
    self.typeName = typeName
    self.comment = comment
    var names = NameAllocation(reserved: [])
    cases = values.enumerated().map { index, value in
      let words = SwiftIdentifier.words(value)
      let wanted = words.isEmpty ? (value.isEmpty ? "empty" : "value\(index + 1)") : SwiftIdentifier.lower(words)
      let free = SwiftNames.cases.contains(wanted) ? wanted + "Value" : wanted
      return (names.take([free]), value)
    }
  }

  /// The declaration.
  var source: String {
    var lines = comment.map { SwiftLiteral.comment($0) } ?? []
    lines.append(
      "enum \(SwiftIdentifier.quoted(typeName)): String, \(isElement ? "ArrayElement" : "ColumnValue"), CaseIterable {")
    for (name, value) in cases {
      let raw = name == value ? "" : " = \(SwiftLiteral.string(value))"
      lines.append("  case \(SwiftIdentifier.quoted(name))\(raw)")
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  /// The values of a type that a column states itself: `enum('a','b')`.
  static func values(inline type: String) -> [String]? {
    guard type.lowercased().hasPrefix("enum("), type.hasSuffix(")") else { return nil }
    var values: [String] = []
    var current: String?
    var scalars = Array(type.dropFirst(5).dropLast().unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      guard var text = current else {
        switch scalar {
        case "'": current = ""
        case ",", " ": continue
        default: return nil
        }
        continue
      }
      if scalar == "'" {
        guard scalars.first == "'" else {
          values.append(text)
          current = nil
          continue
        }
        scalars.removeFirst()
      } else if scalar == "\\" {
        // How a backslash is kept differs with the server's mode; such a type stays text.
        return nil
      }
      text.unicodeScalars.append(scalar)
      current = text
    }
    return current == nil ? values : nil
  }
}
