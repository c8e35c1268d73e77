/// A time of day, exact to the microsecond, without date or zone: from 00:00:00 to 23:59:59.999999.
public struct TimeOfDay: Sendable, Hashable, BitwiseCopyable {
  /// Microseconds since midnight. Outside a day, the value is not ``isValid``.
  public var microseconds: Int64

  /// Makes the time `microseconds` after midnight, which the caller knows to be within a day; see ``isValid``.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Makes a time from its parts.
  /// - Returns: nil when a part is outside its range: 0...23, 0...59, 0...59, 0...999999.
  public init?(hour: Int, minute: Int, second: Int = 0, microsecond: Int = 0) {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second, 0...999_999 ~= microsecond else { return nil }
    microseconds = Int64(hour &* 3600 &+ minute &* 60 &+ second) &* 1_000_000 &+ Int64(microsecond)
  }

  /// Whether this is a time within a day. One that is not fails to encode.
  @inlinable public var isValid: Bool { microseconds >= 0 && microseconds < 86_400_000_000 }

  /// The hour, from 0 to 23.
  public var hour: Int { Int(truncatingIfNeeded: microseconds / 3_600_000_000) }
  /// The minute, from 0 to 59.
  public var minute: Int { Int(truncatingIfNeeded: microseconds / 60_000_000 % 60) }
  /// The second, from 0 to 59.
  public var second: Int { Int(truncatingIfNeeded: microseconds / 1_000_000 % 60) }
  /// The microsecond, from 0 to 999999.
  public var microsecond: Int { Int(truncatingIfNeeded: microseconds % 1_000_000) }
}

extension TimeOfDay: Comparable {
  /// Whether `left` is earlier.
  @inlinable public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
    left.microseconds < right.microseconds
  }
}

extension TimeOfDay: CustomStringConvertible, LosslessStringConvertible {
  /// The time as ISO 8601 with all six digits of the microseconds, `10:00:00.123456`.
  public var description: String {
    ISOWriter.text(capacity: 24) { writer in
      if microseconds < 0 { writer.write("-") }
      writer.write(time: microseconds.magnitude)
    }
  }

  /// Reads `10:00`, `10:00:00` or `10:00:00.123456`.
  /// - Returns: nil for other text, 24:00, leap seconds, and a time finer than a microsecond.
  public init?(_ description: String) {
    guard let value = description.withRawUTF8({ TimeOfDay(utf8: $0) }) else { return nil }
    self = value
  }

  /// Reads `10:00`, `10:00:00` or `10:00:00.123456` from UTF-8.
  /// - Returns: nil for other text, 24:00, leap seconds, and a time finer than a microsecond.
  public init?(utf8 bytes: UnsafeRawBufferPointer) {
    var scanner = ISOScanner(bytes)
    guard let microseconds = scanner.time(), scanner.isAtEnd else { return nil }
    self.microseconds = microseconds
  }
}

/// The text of ``description``.
extension TimeOfDay: Codable {
  /// Reads the text of ``description``; throws `DecodingError` for other text.
  public init(from decoder: any Decoder) throws { self = try decoder.lossless() }
  /// Writes the text of ``description``.
  public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

/// PostgreSQL's 24:00:00 and MySQL's times beyond a day have no place here: reading one is
/// ``DecodeFailure/Reason/outOfRange``.
extension TimeOfDay: ColumnValue {
  /// ``SQLType/time``.
  @inlinable public static var sqlType: SQLType { .time }
  /// The value as ``SQLValue/time(_:)``, or ``SQLValue/invalid(_:)``.
  @inlinable public var sqlValue: SQLValue {
    isValid ? .time(self) : .invalid(EncodingFailure(swiftType: "TimeOfDay", reason: "not within a day"))
  }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> TimeOfDay { row.timeOfDay() }
}

extension RowReader {
  /// Reads a time of day; after a failure, midnight.
  @inlinable public mutating func timeOfDay() -> TimeOfDay {
    guard let cell = cell(.time) else { return TimeOfDay(microseconds: 0) }
    let time = TimeOfDay(microseconds: Int64(bitPattern: cell.bits))
    if time.isValid { return time }
    outOfRange(cell)
    return TimeOfDay(microseconds: 0)
  }
}
