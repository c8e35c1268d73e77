/// ISO 8601 durations in which each part has its own sign, as PostgreSQL writes them: `P1Y2M-3DT4H5M6.5S`.
extension Interval: CustomStringConvertible, LosslessStringConvertible {
  /// The span as an ISO 8601 duration, such as `P1Y2M3DT-4H-5M-6.789S`; `PT0S` when there is none.
  public var description: String {
    ISOWriter.text(capacity: 64) { writer in
      writer.write("P")
      let monthSign = months < 0
      writer.write(part: UInt64(months.magnitude / 12), negative: monthSign, unit: "Y")
      writer.write(part: UInt64(months.magnitude % 12), negative: monthSign, unit: "M")
      writer.write(part: UInt64(days.magnitude), negative: days < 0, unit: "D")
      guard microseconds != 0 || writer.count == 1 else { return }
      writer.write("T")
      let total = microseconds.magnitude
      let seconds = total / 1_000_000
      let fraction = total % 1_000_000
      writer.write(part: seconds / 3600, negative: microseconds < 0, unit: "H")
      writer.write(part: seconds / 60 % 60, negative: microseconds < 0, unit: "M")
      guard seconds % 60 != 0 || fraction != 0 || total == 0 else { return }
      if microseconds < 0 { writer.write("-") }
      writer.write(seconds % 60)
      writer.write(fraction: fraction, trimmed: true)
      writer.write("S")
    }
  }

  /// Reads an ISO 8601 duration such as `P1Y2M-3DT4H5M6.5S`. See ``init(utf8:)``.
  public init?(_ description: String) {
    guard let value = description.withRawUTF8({ Interval(utf8: $0) }) else { return nil }
    self = value
  }

  /// Reads an ISO 8601 duration from UTF-8: `P`, then years, months, weeks and days, then `T` and hours, minutes and
  /// seconds, in this order, each at most once and with a sign of its own. Seconds may have a fraction.
  /// - Returns: nil for other text, a fraction finer than a microsecond, and a part out of range.
  public init?(utf8 bytes: UnsafeRawBufferPointer) {
    var scanner = ISOScanner(bytes)
    guard scanner.take("P") else { return nil }
    var total = Interval()
    var parts = Self.dateParts[...]
    var afterT = false
    var hasPart = false
    while !scanner.isAtEnd {
      if !afterT, scanner.take("T") {
        parts = Self.timeParts[...]
        afterT = true
        hasPart = false
        continue
      }
      let sign: Int64 = scanner.sign() < 0 ? -1 : 1
      guard let number = scanner.number(sign: sign) else { return nil }
      var fraction: Int64 = 0
      let hasFraction = scanner.take(".")
      if hasFraction {
        guard let digits = scanner.fraction() else { return nil }
        fraction = sign &* digits
      }
      guard let at = parts.firstIndex(where: { scanner.take($0.unit) }) else { return nil }
      let part = parts[at]
      guard !hasFraction || part.unit == "S", let span = part.span(number),
        let sum = total.adding(span)?.adding(Interval(microseconds: fraction))
      else { return nil }
      total = sum
      parts = parts[(at &+ 1)...]
      hasPart = true
    }
    guard hasPart else { return nil }
    self = total
  }

  private struct Part: Sendable {
    var unit: Unicode.Scalar
    var field: Field
    var factor: Int64

    enum Field { case months, days, microseconds }

    func span(_ number: Int64) -> Interval? {
      let (product, overflow) = number.multipliedReportingOverflow(by: factor)
      if overflow { return nil }
      switch field {
      case .months: return Int32(exactly: product).map { Interval(months: $0) }
      case .days: return Int32(exactly: product).map { Interval(days: $0) }
      case .microseconds: return Interval(microseconds: product)
      }
    }
  }

  private static let dateParts = [
    Part(unit: "Y", field: .months, factor: 12), Part(unit: "M", field: .months, factor: 1),
    Part(unit: "W", field: .days, factor: 7), Part(unit: "D", field: .days, factor: 1),
  ]

  private static let timeParts = [
    Part(unit: "H", field: .microseconds, factor: 3_600_000_000),
    Part(unit: "M", field: .microseconds, factor: 60_000_000),
    Part(unit: "S", field: .microseconds, factor: 1_000_000),
  ]
}

extension ISOWriter {
  /// Writes a number and its unit, or nothing for zero.
  mutating fileprivate func write(part: UInt64, negative: Bool, unit: Unicode.Scalar) {
    if part == 0 { return }
    if negative { write("-") }
    write(part)
    write(unit)
  }
}

/// The text of ``description``.
extension Interval: Codable {
  /// Reads the text of ``description``; throws `DecodingError` for other text.
  public init(from decoder: any Decoder) throws { self = try decoder.lossless() }
  /// Writes the text of ``description``.
  public func encode(to encoder: any Encoder) throws { try encoder.encodeText(self) }
}
