public import RowanCore

extension JSONValue {
  /// The document as text: two spaces a level, one member or element a line, a line feed at the end.
  ///
  /// Equal documents have equal text.
  /// - Throws: ``RowanError/Code/encodingFailed`` for an infinite number or one that is none.
  public func text() throws(RowanError) -> String {
    var text = ""
    try write(to: &text, indent: 0)
    text.append("\n")
    return text
  }

  /// The document on one line.
  func compactText() throws(RowanError) -> String {
    var text = ""
    try write(to: &text, indent: nil)
    return text
  }

  private func write(to text: inout String, indent: Int?) throws(RowanError) {
    switch self {
    case .null: text.append("null")
    case .bool(let value): text.append(value ? "true" : "false")
    case .integer(let value): text.append(String(value))
    case .number(let value):
      guard value.isFinite else {
        throw RowanError(.encodingFailed, "JSON has no form for a number that is not finite", hint: "store it as text")
      }
      text.append(value.description)
    case .string(let value): JSONValue.quote(value, to: &text)
    case .array(let elements):
      try JSONValue.write(elements, "[", "]", to: &text, indent: indent) { element, text, inner throws(RowanError) in
        try element.write(to: &text, indent: inner)
      }
    case .object(let members):
      try JSONValue.write(members, "{", "}", to: &text, indent: indent) { member, text, inner throws(RowanError) in
        JSONValue.quote(member.name, to: &text)
        text.append(inner == nil ? ":" : ": ")
        try member.value.write(to: &text, indent: inner)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], _ opening: String, _ closing: String, to text: inout String, indent: Int?,
    item: (Item, inout String, Int?) throws(RowanError) -> Void
  ) throws(RowanError) {
    text.append(opening)
    let inner = indent.map { $0 + 2 }
    var isFirst = true
    for element in items {
      if !isFirst { text.append(",") }
      isFirst = false
      breakLine(inner, &text)
      try item(element, &text, inner)
    }
    if !items.isEmpty { breakLine(indent, &text) }
    text.append(closing)
  }

  private static func breakLine(_ indent: Int?, _ text: inout String) {
    guard let indent else { return }
    text.append("\n")
    text.append(String(repeating: " ", count: indent))
  }

  private static func quote(_ value: String, to text: inout String) {
    text.append("\"")
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text.append("\\\"")
      case "\\": text.append("\\\\")
      case "\n": text.append("\\n")
      case "\r": text.append("\\r")
      case "\t": text.append("\\t")
      case "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        text.append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text.append("\"")
  }
}
