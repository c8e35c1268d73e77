import WireRelay

/// The commands of MySQL's protocol: P prepares, E executes, B does so for many rows, F fetches, C closes, Q is a
/// text; ? is any other.
/// https://mariadb.com/kb/en/0-packet/
struct MySQLPackets: MessageCutter {
  private var bytes: [UInt8] = []

  mutating func letters(_ new: ArraySlice<UInt8>) -> String {
    bytes += new
    var letters = ""
    while bytes.count >= 4 {
      let length = Int(bytes[0]) | Int(bytes[1]) << 8 | Int(bytes[2]) << 16
      guard bytes.count >= 4 + length else { break }
      // A command starts a count of its own; what a log-in answers goes on with the server's.
      if bytes[3] == 0, length > 0 { letters.append(Self.letter(bytes[4])) }
      bytes.removeFirst(4 + length)
    }
    return letters
  }

  private static func letter(_ command: UInt8) -> Character {
    switch command {
    case 0x03: "Q"
    case 0x16: "P"
    case 0x17: "E"
    case 0xfa: "B"
    case 0x19: "C"
    case 0x1c: "F"
    default: "?"
    }
  }
}
