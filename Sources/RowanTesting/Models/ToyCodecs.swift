#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore
import Synchronization

/// Codecs that hide nothing, one of each sort, for the columns of ``Vault``.
struct ToyCodecs: DatabasePlugin {
  let name = "toy codecs"

  func codec(for column: ColumnSchema, of table: TableSchema) throws -> (any ColumnCodec)? {
    guard table.name == Vault.schema.name else { return nil }
    switch column.name {
    case "code": return ReversingCodec()
    case "secret": return SaltingCodec()
    case "pin": return MaskingCodec()
    case "price", "tags": return WritingCodec(type: column.type)
    default: return nil
    }
  }
}

/// Text backwards, in text of the same length.
struct ReversingCodec: ColumnCodec {
  let storedType = SQLType.varchar(200)
  let isDeterministic = true

  func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue { try reversed(value) }
  func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue { try reversed(stored) }

  private func reversed(_ value: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .text(let text) = value else { throw CodecFailure("not a text") }
    return .text(String(text.reversed()))
  }
}

/// Text as bytes, masked with a salt that is never the same twice.
struct SaltingCodec: ColumnCodec {
  private static let next = Atomic<UInt8>(0)
  private static let mark: UInt8 = 0xA5
  let storedType = SQLType.bytes
  let isDeterministic = false

  func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .text(let text) = value else { throw CodecFailure("not a text") }
    if text.contains("unspeakable") { throw CodecFailure("refused by the codec") }
    let salt = Self.next.wrappingAdd(1, ordering: .relaxed).newValue
    return .bytes([Self.mark, salt] + text.utf8.map { $0 ^ salt })
  }

  func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .bytes(let bytes) = stored, bytes.count >= 2, bytes[0] == Self.mark else {
      throw CodecFailure("not what this codec has written")
    }
    return .text(String(decoding: bytes.dropFirst(2).map { $0 ^ bytes[1] }, as: UTF8.self))
  }
}

/// An integer in a text of hexadecimal digits, masked.
struct MaskingCodec: ColumnCodec {
  private static let mask: UInt64 = 0x5A5A_1234_5A5A_4321
  let storedType = SQLType.varchar(40)
  let isDeterministic = true

  func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .int(let number) = value else { throw CodecFailure("not an integer") }
    let digits = String(UInt64(bitPattern: number) ^ Self.mask, radix: 16)
    return .text(String(repeating: "0", count: 16 - digits.count) + digits)
  }

  func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .text(let text) = stored, let bits = UInt64(text, radix: 16) else {
      throw CodecFailure("not a hexadecimal number")
    }
    return .int(Int64(bitPattern: bits ^ Self.mask))
  }
}

/// Decimals and lists of texts, written as bytes.
struct WritingCodec: ColumnCodec {
  let type: SQLType
  let storedType = SQLType.bytes
  let isDeterministic = true

  func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue {
    switch value {
    case .decimal(let decimal): return .bytes(Array(DecimalText.format(decimal).utf8))
    case .array(let list):
      var bytes: [UInt8] = []
      for element in list.values {
        guard case .text(let text) = element else { throw CodecFailure("an element is no text") }
        bytes += Array(text.utf8) + [0]
      }
      return .bytes(bytes)
    default: throw CodecFailure("neither a decimal nor a list")
    }
  }

  func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue {
    guard case .bytes(let bytes) = stored else { throw CodecFailure("not bytes") }
    if case .array(let element) = type {
      let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      return .array(
        SQLArray(element: element, values: ContiguousArray(parts.map { .text(String(decoding: $0, as: UTF8.self)) })))
    }
    guard let decimal = try? DecimalText.parse(String(decoding: bytes, as: UTF8.self)) else {
      throw CodecFailure("not the text of a decimal")
    }
    return .decimal(decimal)
  }
}

/// A codec on one column whose key has to be loaded, and which counts how often it was.
final class KeyedCodecs: DatabasePlugin {
  let name = "keyed codecs"
  private let state = Mutex(State())

  private struct State: Sendable {
    var version = 1
    var isLoaded = false
    var prepared: [[String]] = []
    var refusal: RowanError?
  }

  var codecVersion: Int { state.withLock { $0.version } }
  /// The columns of each time the plugin was prepared.
  var prepared: [[String]] { state.withLock { $0.prepared } }

  /// Gives the codec another key.
  func turn() {
    state.withLock {
      $0.version += 1
      $0.isLoaded = false
    }
  }

  /// Lets preparing fail, or succeed again.
  func refuse(_ error: RowanError?) { state.withLock { $0.refusal = error } }

  func codec(for column: ColumnSchema, of table: TableSchema) throws -> (any ColumnCodec)? {
    table.name == Vault.schema.name && column.name == "code" ? Codec(plugin: self) : nil
  }

  func prepare(for columns: [CodedColumn]) async throws {
    await Task.yield()
    try state.withLock {
      if let refusal = $0.refusal { throw refusal }
      $0.isLoaded = true
      $0.prepared.append(columns.map { "\($0.table.name).\($0.column.name)" })
    }
  }

  private struct Codec: ColumnCodec {
    let plugin: KeyedCodecs
    let storedType = SQLType.varchar(200)
    let isDeterministic = true

    func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue {
      try check()
      return try ReversingCodec().encode(value)
    }

    func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue {
      try check()
      return try ReversingCodec().decode(stored)
    }

    private func check() throws(CodecFailure) {
      if !plugin.state.withLock({ $0.isLoaded }) { throw CodecFailure("the key is not loaded") }
    }
  }
}
