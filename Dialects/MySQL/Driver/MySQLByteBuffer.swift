/// Bytes in one place, kept between uses.
struct MySQLByteBuffer: ~Copyable {
  /// The first byte; moves when the buffer grows.
  private(set) var start: UnsafeMutableRawPointer
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 256) {
    self.capacity = max(16, capacity)
    start = .allocate(byteCount: self.capacity, alignment: 16)
  }

  deinit { start.deallocate() }

  mutating func removeAll() { count = 0 }

  /// Copies `bytes` to the end.
  /// - Returns: where they start, counted from ``start``.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Int {
    let at = reserve(bytes.count)
    if let base = bytes.baseAddress { (start + at).copyMemory(from: base, byteCount: bytes.count) }
    return at
  }

  /// Makes room for `more` bytes at the end.
  /// - Returns: where they start, counted from ``start``.
  mutating func reserve(_ more: Int, alignedTo alignment: Int = 1) -> Int {
    let at = (count + alignment - 1) & ~(alignment - 1)
    // One byte over, so that an empty value at the end has an address of its own.
    if at + more >= capacity {
      let larger = max(capacity * 2, at + more + 1)
      let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
      moved.copyMemory(from: start, byteCount: count)
      start.deallocate()
      (start, capacity) = (moved, larger)
    }
    count = at + more
    return at
  }

  /// Gives memory back if much more is held than the last use needed.
  mutating func shrink() {
    guard capacity > 65_536, count < capacity / 8 else { return }
    self = MySQLByteBuffer(capacity: count)
  }
}
