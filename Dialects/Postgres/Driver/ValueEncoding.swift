internal import RowanCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Why a value cannot be sent as the declared type. Says nothing of the value.
enum EncodingProblem: Error {
  /// The value is of a kind the type does not take.
  case mismatch(SQLValue.Kind)
  /// The value is outside what the type holds.
  case outOfRange(StaticString)
  /// The value's own type could not encode it.
  case invalid(EncodingFailure)
  /// Arrays of arrays.
  case nestedArray
}

extension WireBuffer {
  /// Appends `value` in the binary form of `type`, which is not an array.
  func append(
    _ value: SQLValue, _ form: ParameterType.Form, _ unsigned: ParameterType.Unsigned
  ) throws(EncodingProblem) {
    switch (form, value) {
    case (.int8, .int(let number)):
      if unsigned == .bits32, !(0...4_294_967_295 ~= number) { throw .outOfRange("the value does not fit") }
      append(number)
    case (.int4, .int(let number)):
      guard let exact = Int32(exactly: number), unsigned == .no || 0...65_535 ~= exact else {
        throw .outOfRange("the value does not fit")
      }
      append(exact)
    case (.int2, .int(let number)):
      guard let exact = Int16(exactly: number), unsigned == .no || 0...255 ~= exact else {
        throw .outOfRange("the value does not fit")
      }
      append(exact)
    case (.text, .text(let text)), (.text, .json(let text)): try append(text: text)
    case (.bool, .bool(let flag)): append(flag ? 1 as UInt8 : 0)
    case (.uuid, .uuid(let uuid)):
      withUnsafeBytes(of: uuid.uuid) { append($0) }
    case (.timestamp, .timestamp(let instant)):
      let (number, overflow) = instant.microseconds.subtractingReportingOverflow(PostgresEpoch.microseconds)
      guard !overflow, PostgresEpoch.timestamps.contains(number) else {
        throw .outOfRange("timestamps reach from 4714-11-24 BC to the end of 294276 AD")
      }
      append(number)
    case (.float8, .double(let number)): append(number.bitPattern)
    default: try appendRare(value, form, unsigned)
    }
  }

  @inline(never)
  private func appendRare(
    _ value: SQLValue, _ form: ParameterType.Form, _ unsigned: ParameterType.Unsigned
  ) throws(EncodingProblem) {
    switch (form, value) {
    case (.int2, .uint), (.int4, .uint), (.int8, .uint): throw .outOfRange("the value does not fit")
    case (.float8, .int(let number)):
      guard let exact = Double(exactly: number) else { throw .outOfRange("the integer has no exact double") }
      append(exact.bitPattern)
    case (.float4, .double(let number)):
      let narrow = Float(number)
      guard number.isNaN || Double(narrow) == number else {
        throw .outOfRange("the number needs double precision; only a Float is stored exactly")
      }
      append(narrow.bitPattern)
    case (.float4, .int(let number)):
      guard let exact = Float(exactly: number) else { throw .outOfRange("the integer has no exact float") }
      append(exact.bitPattern)
    case (.numeric, .int(let number)):
      if unsigned == .bits64, number < 0 { throw .outOfRange("the value does not fit") }
      try append(decimal: number.description)
    case (.numeric, .uint(let number)): try append(decimal: number.description)
    case (.numeric, .decimal(let number)):
      if number.isNaN {
        for header in [0, 0, NumericWire.notANumber, 0] { append(header) }
      } else {
        try append(decimal: DecimalText.format(number))
      }
    case (.bytea, .bytes(let bytes)): bytes.withUnsafeBytes { append($0) }
    case (.date, .date(let date)):
      let number = Int64(date.days) &- PostgresEpoch.days
      guard PostgresEpoch.dates.contains(number) else {
        throw .outOfRange("dates reach from 4714-11-24 BC to the end of 5874897 AD")
      }
      append(Int32(truncatingIfNeeded: number))
    case (.time, .time(let time)):
      guard PostgresEpoch.times.contains(time.microseconds) else {
        throw .outOfRange("times of day reach from 00:00 to 24:00")
      }
      append(time.microseconds)
    case (.interval, .interval(let interval)):
      // From version 17 on these two are the infinite intervals.
      let isExtreme = { (months: Int32, days: Int32, time: Int64) in
        interval.months == months && interval.days == days && interval.microseconds == time
      }
      if isExtreme(.max, .max, .max) || isExtreme(.min, .min, .min) {
        throw .outOfRange("the interval is the one the server takes for infinite")
      }
      append(interval.microseconds)
      append(interval.days)
      append(interval.months)
    case (.jsonb, .json(let text)), (.jsonb, .text(let text)):
      append(1 as UInt8)
      try append(text: text)
    case (_, .invalid(let failure)): throw .invalid(failure)
    case (_, .array) where form != .array: throw .mismatch(.array)
    case (.array, _): throw .nestedArray
    default: throw .mismatch(value.kind)
    }
  }

  /// Appends text, which on PostgreSQL holds no NUL.
  func append(text: String) throws(EncodingProblem) {
    let start = count
    // Read where it is: a copy to make it contiguous would be counted, for every value.
    let isRead: Void? = text.utf8.withContiguousStorageIfAvailable { append(UnsafeRawBufferPointer($0)) }
    if isRead == nil {
      var native = text
      native.withUTF8 { append(UnsafeRawBufferPointer($0)) }
    }
    if containsNUL(from: start) { throw .outOfRange("PostgreSQL text cannot hold a NUL character") }
  }

  private func append(decimal: String) throws(EncodingProblem) {
    var text = decimal
    guard text.withUTF8({ append(numeric: UnsafeRawBufferPointer($0)) }) else {
      throw .outOfRange("the number has more digits than numeric holds")
    }
  }
}
