/// Hashes the shape of a statement: everything but the bound values.
///
/// A plain multiply-and-rotate mix is enough, since a hit is compared in full before it is used.
public struct ShapeHasher {
  /// The hash so far.
  public private(set) var value: UInt64 = 0x9e37_79b9_7f4a_7c15
  /// Where the next number is noted, and for how many there is room; below zero once they no longer say everything.
  private var next: UnsafeMutablePointer<UInt64>?
  private var room = 0

  /// Starts a hash.
  @inline(__always) public init() {}

  /// Starts a hash whose numbers are noted in `words`.
  @inline(__always) init(noting words: UnsafeMutableBufferPointer<UInt64>) {
    next = words.baseAddress
    room = words.count
  }

  /// What was noted in `words`; none where the words do not say everything, or there were too few.
  @inline(__always) func noted(of words: UnsafeMutableBufferPointer<UInt64>) -> ShapeWords {
    if room < 0 { return .none }
    return ShapeWords(UnsafeBufferPointer(start: words.baseAddress, count: words.count &- room))
  }

  /// Mixes in a number.
  @inline(__always) public mutating func mix(_ part: UInt64) {
    let product = (value ^ part) &* 0xff51_afd7_ed55_8ccd
    value = product ^ (product >> 32)
    room &-= 1
    if room >= 0, let next {
      next.pointee = part
      self.next = next + 1
    }
  }

  /// Mixes in the hash of something, which does not say what it was.
  @inline(__always) mutating func mix(hash: UInt64) {
    room = -1
    mix(hash)
  }

  @inline(__always) mutating func mix(_ part: Int) { mix(UInt64(bitPattern: Int64(part))) }

  mutating func text(_ text: String) {
    room = -1
    mix(text.utf8.count)
    for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    mix(1)
  }

  @inline(__always) mutating func table(_ table: TableSchema) {
    mix(UInt64(UInt(bitPattern: ObjectIdentifier(table))))
  }

  @inline(__always) mutating func column(_ ref: ColumnRef) {
    mix(UInt64(ref.scope) << 24 | UInt64(ref.slot) << 16 | UInt64(ref.column))
  }

  /// Mixes in a Swift type, which no value of the statement shows: two statements that differ in nothing else are told
  /// apart for the sake of what their errors say.
  @inline(__always) mutating func swiftType(_ type: (any ColumnValue.Type)?) {
    guard let type else { return mix(0) }
    mix(UInt64(UInt(bitPattern: ObjectIdentifier(type))))
  }

  mutating func type(_ type: SQLType?) {
    guard let type else { return mix(0) }
    switch type {
    case .boolean: mix(1)
    case .smallint: mix(2)
    case .integer: mix(3)
    case .bigint: mix(4)
    case .real: mix(5)
    case .double: mix(6)
    case .text: mix(7)
    case .uuid: mix(8)
    case .timestamp: mix(9)
    default: mix(hash: UInt64(bitPattern: Int64(type.hashValue)))
    }
  }
}
