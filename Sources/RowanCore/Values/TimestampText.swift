/// ISO 8601 in UTC with all six digits of the microseconds, which sorts as text within the years 0 to 9999.
extension Timestamp: CustomStringConvertible, LosslessStringConvertible {
  /// The instant as ISO 8601 in UTC, such as `2026-11-21T10:00:00.123456Z`.
  ///
  /// Years outside 0...9999 have a sign and at least six digits.
  public var description: String {
    let (days, time) = split
    return ISOWriter.text(capacity: 32) { writer in
      writer.write(days: days)
      writer.write("T")
      writer.write(time: time.magnitude)
      writer.write("Z")
    }
  }

  /// Reads ISO 8601 with a zone, such as `2026-11-21T10:00:00.123456Z` or `2026-11-21 11:00+01:00`.
  /// - Returns: nil for other text, a time finer than a microsecond, and an instant out of range.
  public init?(_ description: String) {
    guard let value = description.withRawUTF8({ Timestamp(utf8: $0) }) else { return nil }
    self = value
  }

  /// Reads ISO 8601 from UTF-8.
  /// - Parameters:
  ///   - bytes: The text, without spaces around it. The date and the time are parted by `T` or a space.
  ///   - zoneless: Whether a time without a zone is taken as UTC; otherwise it is refused.
  /// - Returns: nil for other text, a time finer than a microsecond, and an instant out of range.
  public init?(utf8 bytes: UnsafeRawBufferPointer, zoneless: Bool = false) {
    var scanner = ISOScanner(bytes)
    guard let days = scanner.days(), scanner.take("T") || scanner.take("t") || scanner.take(" "),
      let time = scanner.time()
    else { return nil }
    var offset: Int64 = 0
    if !(zoneless && scanner.isAtEnd) {
      guard let zone = scanner.offset() else { return nil }
      offset = zone
    }
    guard scanner.isAtEnd else { return nil }
    self.init(days: days, offset: time &- offset)
  }
}

/// The text of ``description``, so that no digit is lost to a floating-point number.
extension Timestamp: Codable {
  /// Reads the text of ``description``; throws `DecodingError` for other text.
  public init(from decoder: any Decoder) throws { self = try decoder.lossless() }
  /// Writes the text of ``description``.
  public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

extension Decoder {
  /// Reads a single value from its text. The error does not contain the text.
  func lossless<Value: LosslessStringConvertible>() throws -> Value {
    let container = try singleValueContainer()
    if let value = Value(try container.decode(String.self)) { return value }
    throw DecodingError.dataCorruptedError(in: container, debugDescription: "not the text of a \(Value.self)")
  }
}

extension Encoder {
  /// Writes a single value as its text.
  func encodeText(_ value: some CustomStringConvertible) throws {
    var container = singleValueContainer()
    try container.encode(value.description)
  }
}
