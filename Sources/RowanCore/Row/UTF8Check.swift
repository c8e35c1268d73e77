/// Tells text that was decoded as it is from text whose broken bytes were replaced by U+FFFD.
///
/// `String(validating:as:)` says so too, but is not specialised outside the standard library: it took a sixth of the time
/// of a row with three texts.
@usableFromInline enum UTF8Check {
  /// Whether no byte has its highest bit set.
  @inlinable static func isASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    var offset = 0
    var seen: UInt64 = 0
    if count < 8 {
      while offset < count {
        seen |= UInt64(bytes[offset])
        offset &+= 1
      }
    } else {
      let last = count &- 8
      while offset < last {
        seen |= bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        offset &+= 8
      }
      // The rest together with bytes that were seen before, rather than one by one.
      seen |= bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self)
    }
    return seen & 0x8080_8080_8080_8080 == 0
  }

  /// Whether `text` consists of `bytes`.
  @inlinable static func isExact(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard text.utf8.count == bytes.count else { return false }
    var text = text
    return text.withUTF8 { UnsafeRawBufferPointer($0).elementsEqual(bytes) }
  }
}
