#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Growing bytes in network order. A class for the same reason as ``CellArena``.
final class WireBuffer {
  private(set) var base: UnsafeMutableRawPointer
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 1024) {
    self.capacity = capacity
    base = .allocate(byteCount: capacity, alignment: 8)
  }

  deinit { base.deallocate() }

  /// Forgets the bytes, and gives back memory that only a rare, large statement needed.
  func reset() {
    count = 0
    guard capacity > 1 << 20 else { return }
    base.deallocate()
    capacity = 1024
    base = .allocate(byteCount: capacity, alignment: 8)
  }

  /// Makes room for `bytes` more bytes and returns where they go.
  @inline(__always)
  func extend(by bytes: Int) -> UnsafeMutableRawPointer {
    if capacity &- count < bytes { grow(bytes) }
    let start = base + count
    count &+= bytes
    return start
  }

  @inline(__always)
  func append<I: FixedWidthInteger>(_ value: I) {
    extend(by: MemoryLayout<I>.size).storeBytes(of: value.bigEndian, as: I.self)
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    extend(by: bytes.count).copyMemory(from: source, byteCount: bytes.count)
  }

  func append(ascii text: StaticString) {
    guard text.hasPointerRepresentation else { return }
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Replaces the 32-bit number at `offset`.
  func patch(_ value: Int32, at offset: Int) {
    guard offset >= 0, offset &+ 4 <= count else { return }
    (base + offset).storeBytes(of: value.bigEndian, as: Int32.self)
  }

  /// Whether any byte from `offset` on is zero.
  func containsNUL(from offset: Int) -> Bool {
    offset < count && memchr(base + offset, 0, count &- offset) != nil
  }

  @inline(never)
  private func grow(_ bytes: Int) {
    let larger = Swift.max(capacity &* 2, count &+ bytes)
    let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
    moved.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = moved
    capacity = larger
  }
}
