/// A hash that is the same on every machine and run, unlike `Hasher`.
public enum StableHash {
  /// FNV-1a of 64 bits over the bytes of UTF-8. http://www.isthe.com/chongo/tech/comp/fnv/
  public static func of(_ text: String) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return hash
  }
}
