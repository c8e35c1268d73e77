internal import RowanCore

/// The prepared statements of one connection, found by indexing with ``Compiled/id``.
struct StatementCache {
  private var slots: ContiguousArray<SQLiteStatement?> = []
  /// Those whose id is too large for an array.
  private var far: [Int: SQLiteStatement] = [:]
  private var count = 0
  private var clock: UInt64 = 0
  private let capacity: Int

  private static let near = 1 << 14

  init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The statement prepared for `compiled`, taken for one execution; nil if there is none, or it is being read.
  mutating func take(_ compiled: Compiled) -> SQLiteStatement? {
    let id = compiled.id
    // Identity, as ids are unique within a database handle only.
    guard let statement = self[id], statement.compiled === compiled, !statement.isBusy else { return nil }
    clock &+= 1
    statement.lastUsed = clock
    statement.isBusy = true
    return statement
  }

  /// Keeps a statement that is in use, unless its place is taken by one in use too.
  mutating func insert(_ statement: SQLiteStatement) {
    let id = statement.compiled.id
    if let present = self[id] {
      if present.isBusy { return }
      self[id] = nil
      count -= 1
    }
    if count >= capacity { evict() }
    clock &+= 1
    statement.lastUsed = clock
    self[id] = statement
    count += 1
  }

  private mutating func evict() {
    let all = slots.lazy.compactMap { $0 }
    let idle = [
      all.filter { !$0.isBusy }.min { $0.lastUsed < $1.lastUsed },
      far.values.lazy.filter { !$0.isBusy }
        .min { $0.lastUsed < $1.lastUsed },
    ].compactMap { $0 }
    if let oldest = idle.min(by: { $0.lastUsed < $1.lastUsed }) { remove(oldest.compiled.id) }
  }

  private mutating func remove(_ id: Int) {
    self[id] = nil
    count -= 1
  }

  private subscript(id: Int) -> SQLiteStatement? {
    get {
      if id >= 0, id < slots.count { return slots[id] }
      return far.isEmpty ? nil : far[id]
    }
    set {
      guard id >= 0, id < Self.near else {
        far[id] = newValue
        return
      }
      while slots.count <= id { slots.append(nil) }
      slots[id] = newValue
    }
  }
}
