import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum Int8Kind: StoredKind {
  typealias Value = Int8
  static let schema = TableSchema.stored("int8", Value.self)
}
enum Int16Kind: StoredKind {
  typealias Value = Int16
  static let schema = TableSchema.stored("int16", Value.self)
}
enum Int32Kind: StoredKind {
  typealias Value = Int32
  static let schema = TableSchema.stored("int32", Value.self)
}
enum Int64Kind: StoredKind {
  typealias Value = Int64
  static let schema = TableSchema.stored("int64", Value.self)
}
enum IntKind: StoredKind {
  typealias Value = Int
  static let schema = TableSchema.stored("int", Value.self)
}
enum UInt8Kind: StoredKind {
  typealias Value = UInt8
  static let schema = TableSchema.stored("uint8", Value.self)
}
enum UInt16Kind: StoredKind {
  typealias Value = UInt16
  static let schema = TableSchema.stored("uint16", Value.self)
}
enum UInt32Kind: StoredKind {
  typealias Value = UInt32
  static let schema = TableSchema.stored("uint32", Value.self)
}
enum UInt64Kind: StoredKind {
  typealias Value = UInt64
  static let schema = TableSchema.stored("uint64", Value.self)
}
enum UIntKind: StoredKind {
  typealias Value = UInt
  static let schema = TableSchema.stored("uint", Value.self)
}
enum BoolKind: StoredKind {
  typealias Value = Bool
  static let schema = TableSchema.stored("bool", Value.self)
}
enum FloatKind: StoredKind {
  typealias Value = Float
  static let schema = TableSchema.stored("float", Value.self)
}
enum DoubleKind: StoredKind {
  typealias Value = Double
  static let schema = TableSchema.stored("double", Value.self)
}
enum DecimalKind: StoredKind {
  typealias Value = Decimal
  static let schema = TableSchema.stored("decimal", Value.self)
}
enum StringKind: StoredKind {
  typealias Value = String
  static let schema = TableSchema.stored("string", Value.self)
}
enum VarcharKind: StoredKind {
  typealias Value = String
  static let schema = TableSchema.stored("varchar", Value.self, as: .varchar(10))
}
enum BytesKind: StoredKind {
  typealias Value = [UInt8]
  static let schema = TableSchema.stored("bytes", Value.self)
}
enum DataKind: StoredKind {
  typealias Value = Data
  static let schema = TableSchema.stored("data", Value.self)
}
enum UUIDKind: StoredKind {
  typealias Value = UUID
  static let schema = TableSchema.stored("uuid", Value.self)
}
enum TimestampKind: StoredKind {
  typealias Value = Timestamp
  static let schema = TableSchema.stored("timestamp", Value.self)
}
enum DateKind: StoredKind {
  typealias Value = Date
  static let schema = TableSchema.stored("date", Value.self)
}
enum CalendarDateKind: StoredKind {
  typealias Value = CalendarDate
  static let schema = TableSchema.stored("calendar_date", Value.self)
}
enum TimeOfDayKind: StoredKind {
  typealias Value = TimeOfDay
  static let schema = TableSchema.stored("time_of_day", Value.self)
}
enum IntervalKind: StoredKind {
  typealias Value = Interval
  static let schema = TableSchema.stored("interval", Value.self)
}
enum DocumentKind: StoredKind {
  typealias Value = JSON<Document>
  static let schema = TableSchema.stored("document", Value.self)
}
enum TextIDKind: StoredKind {
  typealias Value = ID<TextIDKind, String>
  static let schema = TableSchema.stored("text_id", Value.self)
}
enum UUIDIDKind: StoredKind {
  typealias Value = ID<UUIDIDKind, UUID>
  static let schema = TableSchema.stored("uuid_id", Value.self)
}
enum Int32IDKind: StoredKind {
  typealias Value = ID<Int32IDKind, Int32>
  static let schema = TableSchema.stored("int32_id", Value.self)
}
enum IntIDKind: StoredKind {
  typealias Value = ID<IntIDKind, Int>
  static let schema = TableSchema.stored("int_id", Value.self)
}
enum StatusKind: StoredKind {
  typealias Value = Status
  static let schema = TableSchema.stored("status", Value.self)
}
enum LevelKind: StoredKind {
  typealias Value = Level
  static let schema = TableSchema.stored("level", Value.self)
}
enum EmailKind: StoredKind {
  typealias Value = Email
  static let schema = TableSchema.stored("email", Value.self)
}
enum IntegersKind: StoredKind {
  typealias Value = [Int64]
  static let schema = TableSchema.stored("integers", Value.self)
}
enum SomeStringsKind: StoredKind {
  typealias Value = [String?]
  static let schema = TableSchema.stored("some_strings", Value.self)
}
enum DoublesKind: StoredKind {
  typealias Value = [Double]
  static let schema = TableSchema.stored("doubles", Value.self)
}
enum BoolsKind: StoredKind {
  typealias Value = [Bool]
  static let schema = TableSchema.stored("bools", Value.self)
}
enum DecimalsKind: StoredKind {
  typealias Value = [Decimal]
  static let schema = TableSchema.stored("decimals", Value.self)
}
enum UUIDsKind: StoredKind {
  typealias Value = [UUID]
  static let schema = TableSchema.stored("uuids", Value.self)
}
enum TimestampsKind: StoredKind {
  typealias Value = [Timestamp]
  static let schema = TableSchema.stored("timestamps", Value.self)
}
enum DatesKind: StoredKind {
  typealias Value = [CalendarDate]
  static let schema = TableSchema.stored("dates", Value.self)
}
enum StatusesKind: StoredKind {
  typealias Value = [Status]
  static let schema = TableSchema.stored("statuses", Value.self)
}
enum BlobsKind: StoredKind {
  typealias Value = [[UInt8]]
  static let schema = TableSchema.stored("blobs", Value.self)
}

/// What a JSON column holds here.
struct Document: Codable, Hashable, Sendable {
  var title: String
  var tags: [String] = []
  var ratio: Double?
  var nested: [String: Int] = [:]
}

/// An enum stored as its text.
enum Status: String, ColumnValue, ArrayElement, CaseIterable {
  case draft, published
  case odd = "it's \\ \"odd\""
}

/// An enum stored as its number.
enum Level: Int32, ColumnValue, CaseIterable {
  case low = -1
  case high = 2_000_000_000
}

/// A type of its own, with a rule.
struct Email: ColumnValue, Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static var sqlType: SQLType { .varchar(255) }
  var sqlValue: SQLValue {
    text.contains("@") ? .text(text) : .invalid(EncodingFailure(swiftType: "Email", reason: "it has no @"))
  }
  static func read(_ row: inout RowReader) throws(DecodeFailure) -> Email {
    let text = try String.read(&row)
    guard text.contains("@") else { throw row.invalid("an e-mail address has an @") }
    return Email(text)
  }
}
