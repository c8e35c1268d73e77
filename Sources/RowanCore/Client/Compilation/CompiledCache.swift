import CRowanThread
import Synchronization

/// The compiled statements of one database, by shape.
///
/// Each thread mostly keeps to a stripe of its own, so that the lock on the way is all but never contended; a shape new
/// to a stripe is looked up in the table all stripes share, so that it has one ``Compiled/id`` everywhere.
final class CompiledCache: Sendable {
  private final class Stripe: Sendable {
    let table: Mutex<ShapeTable>
    init(capacity: Int) { table = Mutex(ShapeTable(capacity: capacity)) }
  }

  /// A power of two.
  private static let stripeCount = 16
  private let stripes: [Stripe]
  private let shared: Mutex<ShapeTable>
  private let nextID = Atomic<Int>(0)

  init(capacity: Int = 2048) {
    stripes = (0..<CompiledCache.stripeCount).map { _ in Stripe(capacity: Swift.max(64, capacity / 4)) }
    shared = Mutex(ShapeTable(capacity: capacity))
  }

  /// A number no other statement of this database has.
  func makeID() -> Int { nextID.add(1, ordering: .relaxed).oldValue }

  private var stripe: Stripe {
    stripes[Int(rowan_thread_stripe()) & (CompiledCache.stripeCount - 1)]
  }

  /// The compiled form of `statement`, if this thread's stripe has it.
  @inline(__always)
  func find(_ hash: UInt64, _ statement: Statement, tag: String, words: ShapeWords) -> Compiled? {
    stripe.table.withLock { $0.find(hash, statement, tag: tag, words: words) }
  }

  /// The compiled form of `statement`, made by `compile` the first time its shape is seen.
  func compiled(
    _ hash: UInt64, _ statement: Statement, tag: String, words: ShapeWords,
    compile: (Int) throws -> (key: Statement, Compiled)
  ) throws -> Compiled {
    let stripe = stripe
    if let hit = stripe.table.withLock({ $0.find(hash, statement, tag: tag, words: words) }) { return hit }
    // Compiled outside the lock, since plugins run here; of two threads that compile one shape, the first wins.
    let key: Statement
    let compiled: Compiled
    if let hit = shared.withLock({ $0.find(hash, statement, tag: tag, words: words) }) {
      key = try ShapeKey.strip(statement)
      compiled = hit
    } else {
      let made = try compile(makeID())
      key = made.key
      compiled = shared.withLock { table in
        if let first = table.find(hash, statement, tag: tag, words: words) { return first }
        table.insert(hash, made.key, tag: tag, words: words, made.1)
        return made.1
      }
    }
    stripe.table.withLock { table in
      if table.find(hash, statement, tag: tag, words: words) == nil {
        table.insert(hash, key, tag: tag, words: words, compiled)
      }
    }
    return compiled
  }

  /// Forgets every shape: the set of plugins has changed.
  func removeAll() {
    shared.withLock { $0.removeAll() }
    for stripe in stripes { stripe.table.withLock { $0.removeAll() } }
  }
}
