import RowanCore

/// Lists longer than a statement may have placeholders travel as one JSON text.
/// https://sqlite.org/json1.html#jeach
extension SQLitePrinter {
  func membership(_ membership: ListMembership, in place: Precedence) throws {
    let count = binds.count + membership.padded
    guard count > dialect.capabilities.maxBinds, let list = BoundOperand(membership.list), case .source = list.step
    else { return try placeholderList(membership, in: place) }
    guard let element = elementType(of: membership), SQLitePrinter.travelsAsJSON(element),
      let step = try list.transformed(by: SQLitePrinter.json)
    else { throw tooManyBinds(count) }
    try group(.comparison, in: place) {
      try compared(membership.expr, hint: nil)
      emit(membership.negated ? " NOT IN " : " IN ")
      emit("(SELECT value FROM json_each(")
      bind(step, type: .text)
      emit("))")
    }
  }

  /// Doubles do not: SQLite's reader of JSON numbers may miss the last bit. Bytes and decimals have no exact form.
  private static func travelsAsJSON(_ type: SQLType) -> Bool {
    switch type {
    case .boolean, .timestamp, .date, .time: true
    default: type.isInteger || type.isText
    }
  }

  private static func json(_ value: SQLValue) throws -> SQLValue {
    guard case .array(let list) = value else {
      throw RowanError.internalFailure("a list of values is no array")
    }
    var out = "["
    for (index, element) in list.values.enumerated() {
      if index > 0 { out += "," }
      switch element {
      case .null: out += "null"
      case .bool(let bool): out += bool ? "1" : "0"
      case .int(let number): out += String(number)
      case .timestamp(let instant): out += String(instant.microseconds)
      case .date(let date): out += String(date.days)
      case .time(let time): out += String(time.microseconds)
      case .text(let text): append(text, to: &out)
      default:
        throw RowanError(
          .tooManyBinds, "a list this long of \(element.kind) values cannot be bound by sqlite",
          hint: "split the list, or put the values into a table and join it")
      }
    }
    return .text(out + "]")
  }

  private static func append(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{0}"..."\u{1F}":
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
