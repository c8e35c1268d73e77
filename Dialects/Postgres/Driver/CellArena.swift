/// Memory for what the current row's cells point to and the result does not hold in that form. Emptied for each row.
///
/// A class, like everything the hot path writes to: a mutating call on a class's struct pays for a check of exclusive
/// access at run time, and plain fields of a final class do not.
final class CellArena {
  private var chunk: UnsafeMutableRawPointer
  private var capacity: Int
  private var used = 0
  /// Chunks that became too small during this row; their cells still point into them.
  private var full: ContiguousArray<UnsafeMutableRawPointer> = []

  init() {
    capacity = 512
    chunk = .allocate(byteCount: capacity, alignment: 16)
  }

  deinit {
    chunk.deallocate()
    for old in full { old.deallocate() }
  }

  @inline(__always)
  func reset() {
    if used == 0 { return }
    used = 0
    if !full.isEmpty { dropFull() }
  }

  /// Gives back what one huge row needed.
  func trim() {
    reset()
    guard capacity > 1 << 20 else { return }
    chunk.deallocate()
    capacity = 512
    chunk = .allocate(byteCount: capacity, alignment: 16)
  }

  /// Memory for `bytes` bytes, aligned to 16.
  func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let rounded = Swift.max(16, (bytes &+ 15) & ~15)
    if capacity &- used < rounded {
      full.append(chunk)
      capacity = Swift.max(capacity &* 2, rounded)
      chunk = .allocate(byteCount: capacity, alignment: 16)
      used = 0
    }
    let start = chunk + used
    used &+= rounded
    return start
  }

  private func dropFull() {
    for old in full { old.deallocate() }
    full.removeAll(keepingCapacity: true)
  }
}
