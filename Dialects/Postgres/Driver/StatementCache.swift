internal import RowanCore

/// The statements one connection has prepared, found by the small number of their compiled form; the one that was not
/// used for longest makes room.
final class StatementCache {
  /// Numbers up to here index an array; a database that has compiled more shapes than this looks the others up.
  private static let denseLimit = 1 << 16

  private let capacity: Int
  private var dense: UnsafeMutablePointer<PreparedStatement?>
  private var denseCount = 0
  private var sparse: [Int: PreparedStatement] = [:]
  private(set) var count = 0
  private var uses: UInt64 = 0
  private var names: UInt64 = 0
  /// Names that the server still holds for nobody. libpq 15 has no message to close one, and a DEALLOCATE that failed
  /// would undo whatever travels with it, so that they wait for a group of their own.
  private(set) var discarded: ContiguousArray<PreparedStatement> = []

  init(capacity: Int) {
    self.capacity = Swift.max(1, capacity)
    dense = .allocate(capacity: 0)
  }

  deinit {
    dense.deinitialize(count: denseCount)
    dense.deallocate()
  }

  /// The statement prepared for `compiled`, if there is one.
  func find(_ compiled: Compiled) -> PreparedStatement? {
    guard let found = statement(compiled.id), found.compiled === compiled else { return nil }
    uses &+= 1
    found.lastUse = uses
    return found
  }

  /// How many names wait in ``discarded``.
  var discardedCount: Int { discarded.count }

  /// A number for a new statement's name.
  func nextNumber() -> UInt64 {
    names &+= 1
    return names
  }

  /// Keeps a statement, in place of an older one of the same number.
  func insert(_ statement: PreparedStatement) {
    if let old = self.statement(statement.compiled.id) { remove(old) }
    if count >= capacity, let oldest { remove(oldest) }
    uses &+= 1
    statement.lastUse = uses
    count += 1
    let id = statement.compiled.id
    guard 0..<Self.denseLimit ~= id else {
      sparse[id] = statement
      return
    }
    if id >= denseCount { grow(id) }
    dense[id] = statement
  }

  /// Forgets a statement, if it is still the one kept for its number.
  /// - Parameter isOnServer: whether the server knows its name.
  func remove(_ statement: PreparedStatement, isOnServer: Bool = true) {
    let id = statement.compiled.id
    guard self.statement(id) === statement else { return }
    if isDense(id) { dense[id] = nil } else { sparse[id] = nil }
    count -= 1
    if isOnServer, statement.isNamed { discarded.append(statement) }
  }

  /// Forgets every statement, after the server has.
  func removeAll() {
    for id in 0..<denseCount { dense[id] = nil }
    sparse.removeAll()
    discarded.removeAll()
    count = 0
  }

  /// The names to free on the server; they are forgotten here.
  func takeDiscarded() -> ContiguousArray<PreparedStatement> {
    let taken = discarded
    discarded = []
    return taken
  }

  private func statement(_ id: Int) -> PreparedStatement? {
    isDense(id) ? dense[id] : sparse.isEmpty ? nil : sparse[id]
  }

  private func isDense(_ id: Int) -> Bool { id >= 0 && id < denseCount }

  private func grow(_ id: Int) {
    let wanted = Swift.max(64, Swift.min(Self.denseLimit, (id + 1) * 2))
    let larger = UnsafeMutablePointer<PreparedStatement?>.allocate(capacity: wanted)
    larger.moveInitialize(from: dense, count: denseCount)
    (larger + denseCount).initialize(repeating: nil, count: wanted - denseCount)
    dense.deallocate()
    dense = larger
    denseCount = wanted
  }

  private var oldest: PreparedStatement? {
    var oldest: PreparedStatement?
    for case let statement? in UnsafeMutableBufferPointer(start: dense, count: denseCount)
    where statement.lastUse < oldest?.lastUse ?? .max { oldest = statement }
    for statement in sparse.values where statement.lastUse < oldest?.lastUse ?? .max { oldest = statement }
    return oldest
  }
}
