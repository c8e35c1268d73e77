import WireRelay

/// PostgreSQL's messages by their first letters: P parses, B binds, D describes, E executes, S is a Sync.
/// https://www.postgresql.org/docs/15/protocol-message-formats.html
struct PostgresMessages: MessageCutter {
  private var bytes: [UInt8] = []
  private var isStarted = false

  mutating func letters(_ new: ArraySlice<UInt8>) -> String {
    bytes += new
    var letters = ""
    while true {
      let head = isStarted ? 1 : 0
      guard bytes.count >= head + 8 || isStarted && bytes.count >= head + 4 else { return letters }
      let length = Swift.max(4, bytes[head..<head + 4].reduce(0) { $0 << 8 | Int($1) })
      guard bytes.count >= head + length else { return letters }
      if isStarted {
        letters.append(Character(UnicodeScalar(bytes[0])))
      } else {
        // Requests for encryption come before the message that starts the session, and have no letter either.
        isStarted = bytes[4] == 0 && bytes[5] == 3
      }
      bytes.removeFirst(head + length)
    }
  }
}
