/// Cuts what a client sends into the messages of its protocol.
public protocol MessageCutter: Sendable {
  /// Takes over what has come.
  /// - Returns: a letter for each message that is complete with it.
  mutating func letters(_ new: ArraySlice<UInt8>) -> String
}
