/// Memory for the texts and blobs of one execution, handed to SQLite without a copy of its own (`SQLITE_STATIC`), which
/// takes 0.4 of the time. It never moves while a statement is bound.
struct BindArena: ~Copyable {
  private var chunk: UnsafeMutableRawBufferPointer
  private var used = 0
  private var full: [UnsafeMutableRawBufferPointer] = []
  private var spilled = 0

  init() { chunk = UnsafeMutableRawBufferPointer(start: nil, count: 0) }

  deinit {
    chunk.deallocate()
    for chunk in full { chunk.deallocate() }
  }

  /// Whether the memory is worth giving back between executions.
  var isLarge: Bool { !full.isEmpty || chunk.count > Self.kept }

  /// Makes all memory free to use again. What was bound before must be bound anew or cleared.
  mutating func reset() {
    used = 0
    if isLarge { shrink() }
  }

  @inline(never)
  private mutating func shrink() {
    let wanted = chunk.count &+ spilled
    chunk.deallocate()
    for chunk in full { chunk.deallocate() }
    full = []
    spilled = 0
    chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: min(wanted, Self.kept), alignment: 8)
  }

  /// `count` bytes that stay where they are until ``reset()``.
  mutating func take(_ count: Int) -> UnsafeMutableRawPointer {
    if let base = chunk.baseAddress, count <= chunk.count &- used {
      defer { used &+= count }
      return base + used
    }
    return grow(count)
  }

  @inline(never)
  private mutating func grow(_ count: Int) -> UnsafeMutableRawPointer {
    if chunk.count > 0 {
      full.append(chunk)
      spilled &+= chunk.count
    }
    let new = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, Self.least, min(chunk.count &* 2, Self.kept)), alignment: 8)
    chunk = new
    used = count
    return new.baseAddress.unsafelyUnwrapped
  }

  private static let least = 256
  private static let kept = 256 << 10
}
