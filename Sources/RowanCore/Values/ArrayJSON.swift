/// Arrays as JSON text, for engines without an array type.
///
/// Numbers and truth values are those of JSON; NaN and infinities, decimals, UUIDs, dates and times are strings, so
/// that no digit passes through a JSON parser's numbers; bytes are strings of hexadecimal digits; documents are
/// themselves. Reading goes by the Swift element's ``ColumnValue/sqlType``.
public enum ArrayJSON {
  /// The JSON array of the elements of `array`.
  public static func text(_ array: SQLArray) -> String {
    var text: [UInt8] = []
    append(array, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(_ array: SQLArray, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "["))
    for (index, value) in array.values.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      append(value, to: &text)
    }
    text.append(UInt8(ascii: "]"))
  }

  private static func append(_ value: SQLValue, to text: inout [UInt8]) {
    switch value {
    case .null, .invalid: text += "null".utf8
    case .bool(let value): text += (value ? "true" : "false").utf8
    case .int(let value): text += value.description.utf8
    case .uint(let value): text += value.description.utf8
    case .double(let value):
      if value.isFinite {
        text += value.description.utf8
      } else {
        append(string: value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity", to: &text)
      }
    case .text(let value): append(string: value, to: &text)
    case .bytes(let bytes):
      text.append(quote)
      for byte in bytes { text += [hexDigit(byte >> 4), hexDigit(byte & 15)] }
      text.append(quote)
    case .uuid(let value): append(string: value.uuidString, to: &text)
    case .timestamp(let value): append(string: value.description, to: &text)
    case .date(let value): append(string: value.description, to: &text)
    case .time(let value): append(string: value.description, to: &text)
    case .interval(let value): append(string: value.description, to: &text)
    case .decimal(let value): append(string: DecimalText.format(value), to: &text)
    case .json(let value): text += value.utf8
    case .array(let value): append(value, to: &text)
    }
  }

  private static func append(string: String, to text: inout [UInt8]) {
    text.append(quote)
    for byte in string.utf8 {
      switch byte {
      case quote, UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case ..<0x20: text += [UInt8(ascii: "\\"), UInt8(ascii: "u"), 48, 48, 48 &+ (byte >> 4), hexDigit(byte & 15)]
      default: text.append(byte)
      }
    }
    text.append(quote)
  }

  private static let quote = UInt8(ascii: "\"")

  private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 48 &+ value : 87 &+ value }
}
