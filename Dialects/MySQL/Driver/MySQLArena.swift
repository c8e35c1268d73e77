/// Memory for forms of one row's values that are wider than their bytes on the wire. Addresses stay until `reset`.
struct MySQLArena: ~Copyable {
  private var blocks: ContiguousArray<UnsafeMutableRawBufferPointer> = []
  private var block = 0
  private var offset = 0

  init() {}

  deinit { for block in blocks { block.deallocate() } }

  /// Whether there is anything to forget.
  var isUsed: Bool { offset > 0 || block > 0 }

  /// Forgets everything and keeps the memory.
  mutating func reset() {
    block = 0
    offset = 0
  }

  /// Copies `bytes` to an address that is a multiple of 16.
  mutating func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
    offset = (offset + 15) & ~15
    while block < blocks.count, blocks[block].count - offset < bytes.count {
      block += 1
      offset = 0
    }
    if block == blocks.count {
      blocks.append(.allocate(byteCount: max(4096, bytes.count), alignment: 16))
      offset = 0
    }
    guard let start = blocks[block].baseAddress, let source = bytes.baseAddress else { return nil }
    (start + offset).copyMemory(from: source, byteCount: bytes.count)
    defer { offset += max(1, bytes.count) }
    return UnsafeRawPointer(start + offset)
  }
}
