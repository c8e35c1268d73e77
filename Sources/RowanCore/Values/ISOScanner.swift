/// Reads ASCII date and time fields one after the other; each reader returns nil on text that is not such a field.
struct ISOScanner {
  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { index >= bytes.count }

  /// The next byte, or 0 at the end.
  var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// Takes the next byte if it is `character`.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard !isAtEnd, UInt32(peek) == character.value else { return false }
    index &+= 1
    return true
  }

  /// Takes a sign: -1, 1, or 0 where there is none.
  mutating func sign() -> Int64 { take("-") ? -1 : take("+") ? 1 : 0 }

  /// The next byte's value as a digit.
  mutating func digit() -> Int? {
    guard 48...57 ~= peek else { return nil }
    defer { index &+= 1 }
    return Int(peek) &- 48
  }

  /// Exactly `count` digits, at most nine.
  mutating func number(digits count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value &* 10 &+ digit
    }
    return value
  }

  /// One digit or more, as a number of the sign given that fits an `Int64`.
  mutating func number(sign: Int64) -> Int64? {
    guard let first = digit() else { return nil }
    var value = sign &* Int64(first)
    while let digit = digit() {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(sign &* Int64(digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// The microseconds in the digits after a point: one digit or more, those after the sixth all 0.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while let digit = digit() {
      if count < 6 { value = value &* 10 &+ Int64(digit) } else if digit != 0 { return nil }
      count &+= 1
    }
    guard count > 0 else { return nil }
    while count < 6 {
      value &*= 10
      count &+= 1
    }
    return value
  }

  /// `YYYY-MM-DD`, or a signed year of four to seven digits before the month and day.
  mutating func days() -> Int32? {
    let sign = sign()
    let year: Int
    if sign == 0 {
      guard let plain = number(digits: 4) else { return nil }
      year = plain
    } else {
      let start = index
      guard let signed = number(sign: sign), 4...7 ~= index &- start, signed != 0 || sign > 0 else { return nil }
      year = Int(truncatingIfNeeded: signed)
    }
    guard take("-"), let month = number(digits: 2), take("-"), let day = number(digits: 2) else { return nil }
    return CivilCalendar.days(year: year, month: month, day: day)
  }

  /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.ffffff`, below 24 hours, in microseconds.
  mutating func time() -> Int64? {
    guard let hour = number(digits: 2), hour < 24, take(":"), let minute = number(digits: 2), minute < 60 else {
      return nil
    }
    var microseconds = Int64(hour &* 3600 &+ minute &* 60) &* 1_000_000
    if take(":") {
      guard let second = number(digits: 2), second < 60 else { return nil }
      microseconds &+= Int64(second) &* 1_000_000
      if take(".") {
        guard let fraction = fraction() else { return nil }
        microseconds &+= fraction
      }
    }
    return microseconds
  }

  /// `Z` or `+HH`, `+HHMM`, `+HH:MM`, below 24 hours, in microseconds east of UTC.
  mutating func offset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign = sign()
    guard sign != 0, let hours = number(digits: 2), hours < 24 else { return nil }
    var minutes = 0
    if take(":") || !isAtEnd {
      guard let number = number(digits: 2), number < 60 else { return nil }
      minutes = number
    }
    return sign &* Int64(hours &* 60 &+ minutes) &* 60_000_000
  }
}

extension String {
  /// The text's UTF-8 as one run of bytes.
  func withRawUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    var copy = self
    return copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
  }
}
