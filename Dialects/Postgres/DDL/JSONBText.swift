/// JSON in the form in which `jsonb` gives it back: keys by length and bytes, the last of two equal ones, numbers
/// without exponents, one blank after colons and commas.
/// https://www.postgresql.org/docs/current/datatype-json.html
struct JSONBText {
  private var bytes: ArraySlice<UInt8>
  private var depth = 0

  /// The form of `text`; nil for what is no JSON, or nested deeper than anyone writes by hand.
  static func canonical(_ text: String) -> String? {
    var reader = JSONBText(bytes: Array(text.utf8)[...])
    guard let value = reader.value() else { return nil }
    reader.skipBlanks()
    return reader.bytes.isEmpty ? value : nil
  }

  private mutating func skipBlanks() {
    while let byte = bytes.first, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { bytes.removeFirst() }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard bytes.first == byte else { return false }
    bytes.removeFirst()
    return true
  }

  private mutating func value() -> String? {
    skipBlanks()
    depth += 1
    defer { depth -= 1 }
    guard depth < 200, let first = bytes.first else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map { Self.quoted($0) }
    default:
      let word = bytes.prefix { byte in
        !(byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") || byte <= 0x20)
      }
      bytes.removeFirst(word.count)
      let text = String(decoding: word, as: UTF8.self)
      return ["true", "false", "null"].contains(text) ? text : Self.number(text)
    }
  }

  private mutating func object() -> String? {
    bytes.removeFirst()
    // By bytes: two strings that only look the same are two keys.
    var members: [[UInt8]: String] = [:]
    if !take(UInt8(ascii: "}")) {
      repeat {
        skipBlanks()
        guard bytes.first == UInt8(ascii: "\""), let key = string(), take(UInt8(ascii: ":")), let value = value() else {
          return nil
        }
        members[Array(key.utf8)] = value
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "}")) else { return nil }
    }
    let sorted = members.sorted { left, right in
      left.key.count == right.key.count
        ? left.key.lexicographicallyPrecedes(right.key) : left.key.count < right.key.count
    }
    return "{"
      + sorted.map { Self.quoted(String(decoding: $0.key, as: UTF8.self)) + ": " + $0.value }
      .joined(separator: ", ") + "}"
  }

  private mutating func array() -> String? {
    bytes.removeFirst()
    var values: [String] = []
    if !take(UInt8(ascii: "]")) {
      repeat {
        guard let value = value() else { return nil }
        values.append(value)
      } while take(UInt8(ascii: ","))
      guard take(UInt8(ascii: "]")) else { return nil }
    }
    return "[" + values.joined(separator: ", ") + "]"
  }

  private mutating func string() -> String? {
    bytes.removeFirst()
    var out: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: out, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escape = bytes.popFirst() else { return nil }
        switch escape {
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0c)
        case UInt8(ascii: "n"): out.append(0x0a)
        case UInt8(ascii: "r"): out.append(0x0d)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"):
          guard let scalar = scalar() else { return nil }
          out.append(contentsOf: String(scalar).utf8)
        default: out.append(escape)
        }
      default: out.append(byte)
      }
    }
    return nil
  }

  /// The scalar behind four digits, or behind a pair of surrogates.
  private mutating func scalar() -> Unicode.Scalar? {
    guard let high = unit() else { return nil }
    guard 0xd800..<0xdc00 ~= high else { return Unicode.Scalar(high) }
    guard bytes.popFirst() == UInt8(ascii: "\\"), bytes.popFirst() == UInt8(ascii: "u"), let low = unit(),
      0xdc00..<0xe000 ~= low
    else { return nil }
    return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
  }

  private mutating func unit() -> UInt32? {
    guard bytes.count >= 4 else { return nil }
    let digits = String(decoding: bytes.prefix(4), as: UTF8.self)
    bytes.removeFirst(4)
    return UInt32(digits, radix: 16)
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\u{08}": out += "\\b"
      case "\u{0c}": out += "\\f"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\u{00}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A number without exponent, as `numeric` keeps it; nil for other text.
  static func number(_ text: String) -> String? {
    let lowered = text.lowercased()
    let parts = lowered.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    let isNegative = parts[0].hasPrefix("-")
    let mantissa = parts[0].drop { $0 == "-" || $0 == "+" }.split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let exponent = parts.count > 1 ? Int(parts[1]) : 0, (-2000...2000).contains(exponent) else { return nil }
    var whole = Array(mantissa[0])
    var fraction = mantissa.count > 1 ? Array(mantissa[1]) : []
    guard !(whole.isEmpty && fraction.isEmpty), (whole + fraction).allSatisfy({ $0.isASCII && $0.isNumber }) else {
      return nil
    }
    for _ in 0..<max(0, exponent) { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
    for _ in 0..<max(0, -exponent) { fraction.insert(whole.popLast() ?? "0", at: 0) }
    let digits = String(whole.drop { $0 == "0" })
    let isZero = digits.isEmpty && fraction.allSatisfy { $0 == "0" }
    return (isNegative && !isZero ? "-" : "") + (digits.isEmpty ? "0" : digits)
      + (fraction.isEmpty ? "" : "." + String(fraction))
  }
}
