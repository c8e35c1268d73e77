internal import RowanCore

/// The prepared statements of one connection, found by ``Compiled/id`` as an index.
struct MySQLStatementCache {
  private let capacity: Int
  private var slots: ContiguousArray<MySQLStatement?> = []
  private var count = 0
  private var clock: UInt64 = 0

  init(capacity: Int) { self.capacity = max(1, capacity) }

  /// The statement prepared for `compiled`, if there is one.
  mutating func find(_ compiled: Compiled) -> MySQLStatement? {
    guard slots.indices.contains(compiled.id), let found = slots[compiled.id], found.compiled === compiled else {
      return nil
    }
    clock &+= 1
    found.lastUse = clock
    return found
  }

  /// Keeps `statement`.
  /// - Returns: the statements it displaces, to be closed.
  mutating func insert(_ statement: MySQLStatement) -> [MySQLStatement] {
    let id = statement.compiled.id
    guard id >= 0 else { return [] }
    if id >= slots.count { slots.append(contentsOf: repeatElement(nil, count: id - slots.count + 1)) }
    var displaced: [MySQLStatement] = []
    if let old = slots[id] {
      displaced.append(old)
      count -= 1
    }
    slots[id] = statement
    count += 1
    clock &+= 1
    statement.lastUse = clock
    return displaced + shrink(to: capacity)
  }

  /// Makes room for one more.
  /// - Returns: the statements that had to go, to be closed.
  mutating func makeRoom() -> [MySQLStatement] { shrink(to: capacity - 1) }

  private mutating func shrink(to limit: Int) -> [MySQLStatement] {
    var displaced: [MySQLStatement] = []
    while count > limit, let oldest = slots.compactMap({ $0 }).min(by: { $0.lastUse < $1.lastUse }) {
      remove(oldest)
      displaced.append(oldest)
    }
    return displaced
  }

  /// Forgets `statement`.
  mutating func remove(_ statement: MySQLStatement) {
    let id = statement.compiled.id
    guard slots.indices.contains(id), slots[id] === statement else { return }
    slots[id] = nil
    count -= 1
  }

  /// Forgets everything.
  mutating func removeAll() {
    slots = []
    count = 0
  }
}
