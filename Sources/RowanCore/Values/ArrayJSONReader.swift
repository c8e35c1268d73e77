#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension RowReader {
  /// Reads the elements of a JSON array; on failure returns what it has, or throws where an element does.
  mutating func elements<Element: ColumnValue>(
    _: Element.Type, json cell: Cell
  ) throws(DecodeFailure) -> [Element] {
    let type = Element.sqlType
    var elements: [Element] = []
    var scanner = JSONScanner(cell.bytes)
    var text: [UInt8] = []
    scanner.skipSpace()
    var isOpen = scanner.take("[")
    scanner.skipSpace()
    var isDone = isOpen && scanner.take("]")
    while isOpen, !isDone {
      scanner.skipSpace()
      let start = scanner.index
      guard let token = scanner.value(into: &text) else { break }
      if type == .json { text = [UInt8](scanner.slice(from: start)) }
      let form = ElementForm(type, token, &text, admitsNull: Element.isNullable)
      let result = text.withUnsafeBytes { bytes in
        withUnsafePointer(to: form.cell(bytes)) { pointer in
          var reader = RowReader(cells: pointer, count: 1)
          return Result { () throws(DecodeFailure) in try element(Element.self, from: &reader) }
        }
      }
      guard let element = try result.get() else { return elements }
      elements.append(element)
      scanner.skipSpace()
      isDone = scanner.take("]")
      isOpen = isDone || scanner.take(",")
    }
    scanner.skipSpace()
    if !isDone || !scanner.isAtEnd {
      note(DecodeFailure(column: index &- 1, found: cell.tag, reason: .invalid("not a JSON array")))
    }
    return elements
  }
}

/// The cell of an element of a JSON array: of the type that the Swift element wants if the text is such a value, and
/// otherwise of the type that the JSON has, which the element then refuses.
private struct ElementForm {
  private var tag: CellTag
  private var bits: UInt64 = 0
  private var isPointer = false

  /// The cell, which points to `bytes` where its tag is of that kind.
  func cell(_ bytes: UnsafeRawBufferPointer) -> Cell {
    isPointer ? .pointing(tag, to: bytes.baseAddress, count: bytes.count, aux: 0) : Cell(tag: tag, bits: bits)
  }

  /// Decides the form of a token whose text is `text`, which is replaced where the cell points to other bytes.
  init(_ type: SQLType, _ token: JSONScanner.Token, _ text: inout [UInt8], admitsNull: Bool) {
    if type == .json {
      if case .null = token, admitsNull {
        self.init(.null)
        return
      }
      self.init(pointing: .json)
      return
    }
    switch token {
    case .null: self.init(.null)
    case .boolean(let value): self.init(.int, value ? 1 : 0)
    case .nested: self.init(.array)
    case .number: self.init(number: type, text)
    case .string: self = Self(string: type, &text) ?? Self(pointing: .text)
    }
  }

  private init(_ tag: CellTag, _ bits: UInt64 = 0) {
    self.tag = tag
    self.bits = bits
  }

  private init(_ tag: CellTag, signed bits: Int64) { self.init(tag, UInt64(bitPattern: bits)) }

  private init(pointing tag: CellTag) {
    self.tag = tag
    isPointer = true
  }

  private init(number type: SQLType, _ text: [UInt8]) {
    let digits = String(decoding: text, as: UTF8.self)
    switch type {
    case .decimal: self.init(pointing: .decimal)
    case .real, .double: self.init(double: digits)
    default:
      if let signed = Int64(digits) {
        self.init(.int, signed: signed)
      } else if let unsigned = UInt64(digits) {
        self.init(.uint, unsigned)
      } else {
        self.init(double: digits)
      }
    }
  }

  private init(double text: String) {
    if let double = Double(text) { self.init(.double, double.bitPattern) } else { self.init(pointing: .text) }
  }

  private init?(string type: SQLType, _ text: inout [UInt8]) {
    switch type {
    case .real, .double:
      switch String(decoding: text, as: UTF8.self) {
      case "NaN": self.init(.double, Double.nan.bitPattern)
      case "Infinity": self.init(.double, Double.infinity.bitPattern)
      case "-Infinity": self.init(.double, (-Double.infinity).bitPattern)
      default: return nil
      }
    case .decimal: self.init(pointing: .decimal)
    case .bytes:
      guard let bytes = HexText.bytes(text) else { return nil }
      text = bytes
      self.init(pointing: .bytes)
    case .uuid:
      guard let uuid = UUID(uuidString: String(decoding: text, as: UTF8.self)) else { return nil }
      text = withUnsafeBytes(of: uuid.uuid) { [UInt8]($0) }
      self.init(pointing: .uuid)
    case .timestamp:
      guard let value = text.withUnsafeBytes({ Timestamp(utf8: $0) }) else { return nil }
      self.init(.timestamp, signed: value.microseconds)
    case .date:
      guard let value = text.withUnsafeBytes({ CalendarDate(utf8: $0) }) else { return nil }
      self.init(.date, signed: Int64(value.days))
    case .time:
      guard let value = text.withUnsafeBytes({ TimeOfDay(utf8: $0) }) else { return nil }
      self.init(.time, signed: value.microseconds)
    case .interval:
      guard let value = text.withUnsafeBytes({ Interval(utf8: $0) }) else { return nil }
      text = withUnsafeBytes(of: value) { [UInt8]($0) }
      self.init(pointing: .interval)
    default: return nil
    }
  }
}
