/// A calendar date in the proleptic Gregorian calendar, without time or zone.
public struct CalendarDate: Sendable, Hashable, BitwiseCopyable {
  /// Days since 1970-01-01.
  public var days: Int32

  /// Makes the date `days` after 1970-01-01.
  @inlinable public init(days: Int32) { self.days = days }

  /// Makes a date from its parts. Years are astronomical: the year before 1 is 0.
  /// - Returns: nil when the month has no such day, or the year is beyond about 5.8 million.
  public init?(year: Int, month: Int, day: Int) {
    guard let days = CivilCalendar.days(year: year, month: month, day: day) else { return nil }
    self.days = days
  }

  /// The year, month and day, which cost less together than one by one.
  public var components: (year: Int, month: Int, day: Int) { CivilCalendar.date(days: days) }

  /// The astronomical year: the one before 1 is 0.
  public var year: Int { components.year }
  /// The month, from 1 to 12.
  public var month: Int { components.month }
  /// The day of the month, from 1 to 31.
  public var day: Int { components.day }

  /// The date so many days later, or earlier where negative; nil outside the range of a date.
  public func adding(days more: Int32) -> CalendarDate? {
    let (sum, overflow) = days.addingReportingOverflow(more)
    return overflow ? nil : CalendarDate(days: sum)
  }
}

extension CalendarDate: Comparable {
  /// Whether `left` is earlier.
  @inlinable public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.days < right.days }
}

extension CalendarDate: CustomStringConvertible, LosslessStringConvertible {
  /// The date as ISO 8601, `2026-11-21`. Years outside 0...9999 have a sign and at least six digits.
  public var description: String { ISOWriter.text(capacity: 20) { $0.write(days: days) } }

  /// Reads ISO 8601, `2026-11-21`.
  /// - Returns: nil for other text and for days no month has.
  public init?(_ description: String) {
    guard let value = description.withRawUTF8({ CalendarDate(utf8: $0) }) else { return nil }
    self = value
  }

  /// Reads ISO 8601, `2026-11-21`, from UTF-8.
  /// - Returns: nil for other text and for days no month has.
  public init?(utf8 bytes: UnsafeRawBufferPointer) {
    var scanner = ISOScanner(bytes)
    guard let days = scanner.days(), scanner.isAtEnd else { return nil }
    self.days = days
  }
}

/// The text of ``description``.
extension CalendarDate: Codable {
  /// Reads the text of ``description``; throws `DecodingError` for other text.
  public init(from decoder: any Decoder) throws { self = try decoder.lossless() }
  /// Writes the text of ``description``.
  public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}

/// The engines' infinities and zero dates have no place in a `CalendarDate`: reading one is a ``DecodeFailure``.
extension CalendarDate: ColumnValue {
  /// ``SQLType/date``.
  @inlinable public static var sqlType: SQLType { .date }
  /// The value as ``SQLValue/date(_:)``.
  @inlinable public var sqlValue: SQLValue { .date(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> CalendarDate {
    row.calendarDate()
  }
}

extension RowReader {
  /// Reads a calendar date; after a failure, 1970-01-01.
  @inlinable public mutating func calendarDate() -> CalendarDate {
    guard let cell = cell(.date) else { return CalendarDate(days: 0) }
    if cell.flags != 0 {
      noteFlags(cell)
    } else if let days = Int32(exactly: Int64(bitPattern: cell.bits)) {
      return CalendarDate(days: days)
    } else {
      outOfRange(cell)
    }
    return CalendarDate(days: 0)
  }
}
