/// The numbers that make up the hash of a shape, where they alone say what the shape is; else none.
///
/// Proof for `@unchecked Sendable`: nothing writes to the words any more, and whoever is given them uses them only during
/// the call.
struct ShapeWords: @unchecked Sendable {
  private let words: UnsafeBufferPointer<UInt64>

  static let none = ShapeWords(UnsafeBufferPointer(start: nil, count: 0))

  @inline(__always) init(_ words: UnsafeBufferPointer<UInt64>) { self.words = words }

  @inline(__always) var isEmpty: Bool { words.isEmpty }

  /// A copy, which the caller deallocates.
  func copy() -> ShapeWords {
    let copy = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: words.count)
    _ = copy.initialize(from: words)
    return ShapeWords(UnsafeBufferPointer(copy))
  }

  func deallocate() { words.deallocate() }

  @inline(__always) static func == (left: ShapeWords, right: ShapeWords) -> Bool {
    guard left.words.count == right.words.count else { return false }
    for index in 0..<left.words.count where left.words[index] != right.words[index] { return false }
    return true
  }
}

/// A bounded table from shapes to compiled statements: open addressing on the hash, a full comparison on a hit.
struct ShapeTable {
  // A class, so that looking at a key does not copy it.
  private final class Entry {
    let hash: UInt64
    let key: Statement
    let tag: String
    let words: ShapeWords
    let compiled: Compiled
    @exclusivity(unchecked) var lastUse: UInt64

    init(hash: UInt64, key: Statement, tag: String, words: ShapeWords, compiled: Compiled, lastUse: UInt64) {
      self.hash = hash
      self.key = key
      self.tag = tag
      self.words = words.copy()
      self.compiled = compiled
      self.lastUse = lastUse
    }

    deinit { words.deallocate() }

    /// Words are compared where both sides have them, which copies nothing; else the trees.
    @inline(__always) func matches(_ statement: Statement, tag: String, words: ShapeWords) -> Bool {
      guard self.tag == tag else { return false }
      if words.isEmpty || self.words.isEmpty { return ShapeEquality.same(key, statement) }
      return words == self.words
    }
  }

  private var entries: ContiguousArray<Entry> = []
  /// The same, to be looked at without counting references.
  private var looks: ContiguousArray<Unmanaged<Entry>> = []
  private var slots: ContiguousArray<Int32>
  private var clock: UInt64 = 0
  private let capacity: Int

  /// Holds at most `capacity` shapes; a full table drops the quarter used longest ago.
  init(capacity: Int) {
    self.capacity = Swift.max(4, capacity)
    var size = 16
    while size < self.capacity * 2 { size <<= 1 }
    slots = ContiguousArray(repeating: -1, count: size)
  }

  var count: Int { entries.count }

  @inline(__always)
  mutating func find(_ hash: UInt64, _ statement: Statement, tag: String, words: ShapeWords) -> Compiled? {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while true {
      let index = Int(slots[at])
      if index < 0 { return nil }
      // Proof: `entries` holds it.
      let found = looks[index]._withUnsafeGuaranteedRef { entry -> Compiled? in
        guard entry.hash == hash, entry.matches(statement, tag: tag, words: words) else { return nil }
        clock &+= 1
        entry.lastUse = clock
        return entry.compiled
      }
      if let found { return found }
      at = (at + 1) & mask
    }
  }

  mutating func insert(_ hash: UInt64, _ key: Statement, tag: String, words: ShapeWords, _ compiled: Compiled) {
    if entries.count >= capacity { evict() }
    clock &+= 1
    let entry = Entry(hash: hash, key: key, tag: tag, words: words, compiled: compiled, lastUse: clock)
    entries.append(entry)
    looks.append(.passUnretained(entry))
    place(entries.count - 1)
  }

  mutating func removeAll() {
    entries.removeAll()
    looks.removeAll()
    for index in slots.indices { slots[index] = -1 }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: entries[index].hash) & mask
    while slots[at] >= 0 { at = (at + 1) & mask }
    slots[at] = Int32(truncatingIfNeeded: index)
  }

  private mutating func evict() {
    let kept = entries.sorted { $0.lastUse > $1.lastUse }.prefix(capacity - Swift.max(1, capacity / 4))
    entries = ContiguousArray(kept)
    looks = ContiguousArray(entries.map { .passUnretained($0) })
    for index in slots.indices { slots[index] = -1 }
    for index in entries.indices { place(index) }
  }
}
