/// Writes ASCII into a buffer that the caller made large enough; what does not fit is dropped.
struct ISOWriter {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  private init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  /// The text that `body` writes, of at most `capacity` bytes.
  static func text(capacity: Int, _ body: (inout ISOWriter) -> Void) -> String {
    String(unsafeUninitializedCapacity: capacity) { buffer in
      var writer = ISOWriter(buffer)
      body(&writer)
      return writer.count
    }
  }

  mutating func write(_ byte: UInt8) {
    guard count < buffer.count else { return }
    buffer.initializeElement(at: count, to: byte)
    count &+= 1
  }

  mutating func write(_ character: Unicode.Scalar) { write(UInt8(truncatingIfNeeded: character.value)) }

  /// Writes `number` in decimal, with zeros before it up to `width` digits.
  mutating func write(_ number: UInt64, width: Int = 1) {
    var power: UInt64 = 1
    var digits = 1
    while digits < 20, digits < width || number / power >= 10 {
      power &*= 10
      digits &+= 1
    }
    while power > 0 {
      write(UInt8(truncatingIfNeeded: number / power % 10) &+ 48)
      power /= 10
    }
  }

  /// Writes a point and `microseconds` as six digits, or only as many as are needed.
  mutating func write(fraction microseconds: UInt64, trimmed: Bool) {
    if trimmed && microseconds == 0 { return }
    var rest = microseconds
    var width = 6
    while trimmed, rest % 10 == 0 {
      rest /= 10
      width &-= 1
    }
    write(".")
    write(rest, width: width)
  }

  /// Writes `year-month-day`; years outside 0...9999 have a sign and at least six digits, as ISO 8601 expands them.
  mutating func write(days: Int32) {
    let (year, month, day) = CivilCalendar.date(days: days)
    if 0...9999 ~= year {
      write(UInt64(year.magnitude), width: 4)
    } else {
      write(year < 0 ? "-" : "+")
      write(UInt64(year.magnitude), width: 6)
    }
    write("-")
    write(UInt64(month.magnitude), width: 2)
    write("-")
    write(UInt64(day.magnitude), width: 2)
  }

  /// Writes `hours:minutes:seconds.microseconds`.
  mutating func write(time microseconds: UInt64) {
    let seconds = microseconds / 1_000_000
    write(seconds / 3600, width: 2)
    write(":")
    write(seconds / 60 % 60, width: 2)
    write(":")
    write(seconds % 60, width: 2)
    write(fraction: microseconds % 1_000_000, trimmed: false)
  }
}
