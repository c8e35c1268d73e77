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
  mutating func insert(_ statement: MySQLStatement) {
    let id = statement.compiled.id
    guard id >= 0 else { return }
    if id >= slots.count { slots.append(contentsOf: repeatElement(nil, count: id - slots.count + 1)) }
    if slots[id] == nil { count += 1 }
    slots[id] = statement
    clock &+= 1
    statement.lastUse = clock
  }

  /// The statement that was used longest ago, if there is no room for another one.
  var surplus: MySQLStatement? {
    guard count >= capacity else { return nil }
    return slots.compactMap { $0 }.min { $0.lastUse < $1.lastUse }
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
