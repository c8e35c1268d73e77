/// Bytes as hexadecimal digits.
enum HexText {
  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte &- 48
    case 65...70: byte &- 55
    case 97...102: byte &- 87
    default: nil
    }
  }

  /// The bytes whose digits are `text`, two each.
  static func bytes(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    for at in stride(from: 0, to: text.count, by: 2) {
      guard let high = digit(text[at]), let low = digit(text[at &+ 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}
