internal import CMariaDB
internal import RowanCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The values of one execution, in the form Connector/C takes. Owned by its statement and used again.
///
/// Text and bytes are copied to one buffer, since the library reads them when it builds the packet.
final class MySQLParameters {
  let count: Int
  let binds: UnsafeMutablePointer<MYSQL_BIND>
  private let scalars: UnsafeMutablePointer<UInt64>
  private let times: UnsafeMutablePointer<MYSQL_TIME>
  private let lengths: UnsafeMutablePointer<UInt>
  /// Where each value starts in the buffer, -1 for those that are not there.
  private let offsets: UnsafeMutablePointer<Int>
  private var bytes = MySQLByteBuffer()

  init(count: Int) {
    self.count = count
    binds = .allocate(capacity: max(1, count))
    scalars = .allocate(capacity: max(1, count))
    times = .allocate(capacity: max(1, count))
    lengths = .allocate(capacity: max(1, count))
    offsets = .allocate(capacity: max(1, count))
    binds.initialize(repeating: MYSQL_BIND(), count: max(1, count))
    scalars.initialize(repeating: 0, count: max(1, count))
    times.initialize(repeating: MYSQL_TIME(), count: max(1, count))
    lengths.initialize(repeating: 0, count: max(1, count))
    offsets.initialize(repeating: -1, count: max(1, count))
    for index in 0..<count { binds[index].length = lengths + index }
  }

  deinit {
    binds.deallocate()
    scalars.deallocate()
    times.deallocate()
    lengths.deallocate()
    offsets.deallocate()
  }

  /// Bytes of text and other values of variable length, which is about the size of the packet.
  var byteCount: Int { bytes.count + count * 9 }

  /// Takes over `values`.
  /// - Throws: ``RowanError/Code/valueOutOfRange`` and ``RowanError/Code/encodingFailed`` for what the engine would
  ///   change or cannot hold.
  func set(_ values: ContiguousArray<SQLValue>, _ compiled: Compiled) throws {
    guard values.count == count else {
      throw RowanError.internalFailure("a statement with \(count) placeholders was given \(values.count) values")
    }
    // What one value needed once is not kept for ever.
    bytes.shrink()
    bytes.removeAll()
    for index in 0..<count {
      offsets[index] = -1
      binds[index].is_unsigned = 0
      try set(values[index], at: index, compiled)
    }
    // The buffer does not move any more.
    for index in 0..<count where offsets[index] >= 0 {
      binds[index].buffer = bytes.start + offsets[index]
      binds[index].buffer_length = lengths[index]
    }
  }

  private func set(_ value: SQLValue, at index: Int, _ compiled: Compiled) throws {
    switch value {
    case .null: binds[index].buffer_type = MYSQL_TYPE_NULL
    case .bool(let value): set(scalar: value ? 1 : 0, MYSQL_TYPE_TINY, at: index)
    case .int(let value): set(scalar: UInt64(bitPattern: value), MYSQL_TYPE_LONGLONG, at: index)
    case .uint(let value): set(scalar: value, MYSQL_TYPE_LONGLONG, at: index, isUnsigned: true)
    case .double(let value):
      set(
        scalar: try MySQLForm.number(value, compiled.bindType(index), compiled.sql).bitPattern, MYSQL_TYPE_DOUBLE,
        at: index)
    case .timestamp(let value):
      set(time: try MySQLForm.time(value, compiled.bindType(index), compiled.sql), MYSQL_TYPE_DATETIME, at: index)
    case .date(let value): set(time: try MySQLForm.time(value, compiled.sql), MYSQL_TYPE_DATE, at: index)
    case .time(let value): set(time: try MySQLForm.time(value, compiled.sql), MYSQL_TYPE_TIME, at: index)
    case .bytes(let value): value.withUnsafeBytes { append($0, MYSQL_TYPE_BLOB, at: index) }
    case .uuid(let value): withUnsafeBytes(of: value.uuid) { append($0, MYSQL_TYPE_BLOB, at: index) }
    case .text(let value), .json(let value): append(value, MYSQL_TYPE_STRING, at: index)
    case .interval(let value): append(value.description, MYSQL_TYPE_STRING, at: index)
    case .array(let value): append(try MySQLForm.json(value, compiled.sql), MYSQL_TYPE_STRING, at: index)
    case .decimal(let value):
      append(try MySQLForm.decimal(value, compiled.bindType(index), compiled.sql), MYSQL_TYPE_NEWDECIMAL, at: index)
    case .invalid(let failure): throw MySQLForm.invalid(failure, compiled.sql)
    }
  }

  private func set(scalar: UInt64, _ type: enum_field_types, at index: Int, isUnsigned: Bool = false) {
    scalars[index] = scalar
    binds[index].buffer_type = type
    binds[index].buffer = UnsafeMutableRawPointer(scalars + index)
    binds[index].is_unsigned = isUnsigned ? 1 : 0
  }

  private func set(time: MYSQL_TIME, _ type: enum_field_types, at index: Int) {
    times[index] = time
    binds[index].buffer_type = type
    binds[index].buffer = UnsafeMutableRawPointer(times + index)
  }

  private func append(_ text: String, _ type: enum_field_types, at index: Int) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0), type, at: index) }
  }

  private func append(_ value: UnsafeRawBufferPointer, _ type: enum_field_types, at index: Int) {
    binds[index].buffer_type = type
    lengths[index] = UInt(value.count)
    offsets[index] = bytes.append(value)
  }
}

extension Compiled {
  /// The type of a placeholder, where it is known.
  func bindType(_ index: Int) -> SQLType? { index < bindTypes.count ? bindTypes[index] : nil }
}
