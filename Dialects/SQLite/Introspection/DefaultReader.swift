#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

import RowanCore

/// Reads defaults back: the inverse of what the emitter writes after `DEFAULT`.
struct DefaultReader {
  let dialect: any Dialect

  /// The default written as `text` for a column of `type`.
  func read(_ text: String, _ type: SQLType) -> DefaultSnapshot {
    if text.hasPrefix("(") { return expression(String(text.dropFirst().dropLast()).trimmed, type) }
    guard let tokens = SQLiteTokenizer.tokens(text), let last = tokens.last else { return written(text) }
    switch last.kind {
    case .number: return number(text, type) ?? written(text)
    case .string: return .literal(string(last.value, type))
    case .blob: return blob(last.value, type) ?? written(text)
    case .word where last.is("NULL"): return .literal(.null)
    case .word where type == .boolean && (last.is("TRUE") || last.is("FALSE")): return .literal(.bool(last.is("TRUE")))
    default: return written(text)
    }
  }

  private func written(_ text: String) -> DefaultSnapshot { .expression(CanonicalText.expression(text)) }

  private func expression(_ inner: String, _ type: SQLType) -> DefaultSnapshot {
    let form = CanonicalText.form("(\(inner))")
    for known in [DefaultSnapshot.now, .randomUUID] where spelling(known, type) == form { return known }
    // Text with a NUL inside has no other literal.
    if let tokens = SQLiteTokenizer.tokens(inner), tokens.count == 6, tokens[0].is("CAST"), tokens[2].kind == .blob,
      tokens[3].is("AS"), tokens[4].is("TEXT"), let bytes = Self.bytes(tokens[2].value)
    {
      return .literal(string(String(decoding: bytes, as: UTF8.self), type))
    }
    return written(inner)
  }

  private func spelling(_ value: DefaultSnapshot, _ type: SQLType) -> String? {
    if value == .randomUUID, type != .uuid { return nil }
    return (try? SQLiteDefaults.text(value, type, dialect: dialect)).flatMap(CanonicalText.form)
  }

  private func number(_ text: String, _ type: SQLType) -> DefaultSnapshot? {
    let isHex = text.folded.hasPrefix("0x")
    let whole = isHex ? Int64(text.dropFirst(2), radix: 16) : Int64(text)
    switch type {
    case .boolean where whole == 0 || whole == 1: return .literal(.bool(whole == 1))
    case .real, .double: return Double(text).map { .literal(.double($0)) }
    case .decimal: return (try? DecimalText.parse(text)).map { .literal(.decimal($0)) }
    case .timestamp: return whole.map { .literal(.timestamp(Timestamp(microseconds: $0))) }
    case .date: return whole.flatMap { Int32(exactly: $0) }.map { .literal(.date(CalendarDate(days: $0))) }
    case .time: return whole.map { .literal(.time(TimeOfDay(microseconds: $0))) }
    case .text, .char, .varchar: return whole.map { .literal(.text(String($0))) }
    case .json: return whole.map { .literal(.json(String($0))) }
    default:
      if let whole { return .literal(.int(whole)) }
      return isHex ? nil : Double(text).map { .literal(.double($0)) }
    }
  }

  private func string(_ value: String, _ type: SQLType) -> SQLValue {
    switch type {
    case .json, .array: return .json(value)
    case .interval: return Interval(value).map { .interval($0) } ?? .text(value)
    case .decimal: return (try? DecimalText.parse(value)).map { .decimal($0) } ?? .text(value)
    default: return .text(value)
    }
  }

  private func blob(_ digits: String, _ type: SQLType) -> DefaultSnapshot? {
    guard let bytes = Self.bytes(digits) else { return nil }
    if type == .uuid, bytes.count == 16 { return .literal(.uuid(uuid(bytes))) }
    return .literal(.bytes(bytes))
  }

  private func uuid(_ bytes: [UInt8]) -> UUID {
    var uuid = UUID().uuid
    withUnsafeMutableBytes(of: &uuid) { $0.copyBytes(from: bytes) }
    return UUID(uuid: uuid)
  }

  private static func bytes(_ digits: String) -> [UInt8]? {
    let digits = Array(digits.utf8)
    guard digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    for at in stride(from: 0, to: digits.count, by: 2) {
      guard let byte = UInt8(String(decoding: digits[at...(at + 1)], as: UTF8.self), radix: 16) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}
