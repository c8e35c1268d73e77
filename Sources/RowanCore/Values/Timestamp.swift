/// An instant, exact to the microsecond, in the years -290308 to 294247.
///
/// `Date` is a `Double` whose spacing passes one microsecond in the 23rd century and whose sub-microsecond noise no
/// engine stores; `Timestamp` reads back equal to what was written.
public struct Timestamp: Sendable, Hashable, BitwiseCopyable {
  /// Microseconds since 1970-01-01 00:00:00 UTC.
  public var microseconds: Int64

  /// Makes the instant `microseconds` after 1970-01-01 00:00:00 UTC.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }

  /// Makes the instant of a date and time of day in UTC.
  /// - Returns: nil when it is outside the range of a timestamp, or `time` is no time of day.
  public init?(date: CalendarDate, time: TimeOfDay) {
    guard time.isValid else { return nil }
    self.init(days: date.days, offset: time.microseconds)
  }

  /// Makes the instant `offset` microseconds, fewer than two days either way, after the start of a day.
  init?(days: Int32, offset: Int64) {
    // The first day's start is below `Int64.min`, so days before 1970 count from their ends.
    let shift: Int64 = days < 0 ? 1 : 0
    let (start, overflow) = (Int64(days) &+ shift).multipliedReportingOverflow(by: CivilCalendar.dayLength)
    let (sum, carry) = start.addingReportingOverflow(offset &- shift &* CivilCalendar.dayLength)
    guard !overflow, !carry else { return nil }
    microseconds = sum
  }

  /// The calendar date in UTC.
  public var calendarDate: CalendarDate { CalendarDate(days: split.days) }

  /// The time of day in UTC.
  public var timeOfDay: TimeOfDay { TimeOfDay(microseconds: split.time) }

  /// The day since 1970-01-01 and the microseconds since its start.
  var split: (days: Int32, time: Int64) {
    var (days, time) = microseconds.quotientAndRemainder(dividingBy: CivilCalendar.dayLength)
    if time < 0 {
      days &-= 1
      time &+= CivilCalendar.dayLength
    }
    return (Int32(truncatingIfNeeded: days), time)
  }

  /// The instant so many microseconds later, or earlier where negative; nil outside the range of a timestamp.
  public func adding(microseconds more: Int64) -> Timestamp? {
    let (sum, overflow) = microseconds.addingReportingOverflow(more)
    return overflow ? nil : Timestamp(microseconds: sum)
  }

  /// The microseconds from `other` to this instant; nil when they exceed an `Int64`.
  public func microseconds(since other: Timestamp) -> Int64? {
    let (difference, overflow) = microseconds.subtractingReportingOverflow(other.microseconds)
    return overflow ? nil : difference
  }
}

extension Timestamp: Comparable {
  /// Whether `left` is earlier.
  @inlinable public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.microseconds < right.microseconds
  }
}

/// The engines' infinities and zero dates have no place in a `Timestamp`: reading one is a ``DecodeFailure``.
extension Timestamp: ColumnValue {
  /// ``SQLType/timestamp``.
  @inlinable public static var sqlType: SQLType { .timestamp }
  /// The value as ``SQLValue/timestamp(_:)``.
  @inlinable public var sqlValue: SQLValue { .timestamp(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Timestamp { row.timestamp() }
}

extension RowReader {
  /// Reads an instant; after a failure, 1970-01-01.
  @inlinable public mutating func timestamp() -> Timestamp {
    guard let cell = cell(.timestamp) else { return Timestamp(microseconds: 0) }
    if cell.flags == 0 { return Timestamp(microseconds: Int64(bitPattern: cell.bits)) }
    noteFlags(cell)
    return Timestamp(microseconds: 0)
  }

  /// Notes that the date or instant just read is infinite or a zero date.
  @inline(never) @usableFromInline
  mutating func noteFlags(_ cell: Cell) {
    guard cell.flags & CellFlags.zeroDate != 0 else { return outOfRange(cell) }
    note(DecodeFailure(column: index &- 1, found: cell.tag, reason: .invalid("a zero date is no date")))
  }
}
