import Foundation
import Rowan
import RowanTesting
import Synchronization
import Testing

/// A row whose text follows from its key, so that an answer to another's question is noticed.
@Table("fuzz_entries")
struct FuzzEntry: Equatable {
  @Column(.primaryKey) let id: Int64
  var text: String

  static func text(_ id: Int64) -> String { "entry \(id &* 7_919 % 104_729)" }
}

/// What the fuzz's transactions leave behind.
@Table("fuzz_notes")
struct FuzzNote {
  @Column(.primaryKey) let id: Int64
  var round: Int64
}

/// Many tasks on few connections of a server, cancelled and timed out at any moment: each answer belongs to its question,
/// what was committed is there, what was not is not, and every connection is in order at the end.
///
/// `ROWAN_FUZZ_SECONDS` says how long, `ROWAN_FUZZ_TASKS` by how many, `ROWAN_FUZZ_SEED` with which choices.
@Suite struct ConcurrencyFuzzTests {
  private static let rows: Int64 = 400
  private static let environment = ProcessInfo.processInfo.environment

  @Test(arguments: Engines.required.filter { $0 != .sqlite }, [1, 2])
  func everyAnswerBelongsToItsQuestion(_ engine: EngineName, lanes: Int) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let db = try await Database.open(
      store.configuration(
        PoolOptions(
          maxConnections: 4, checkoutTimeout: .seconds(60), connectTimeout: .seconds(30), statementCacheCapacity: 6,
          lanes: lanes)))
    try await db.createTables([FuzzEntry.self, FuzzNote.self])
    try await FuzzEntry.insert((1...Self.rows).map { FuzzEntry.Draft(id: $0, text: FuzzEntry.text($0)) }).run(db)

    let seconds = Self.environment["ROWAN_FUZZ_SECONDS"].flatMap(Double.init) ?? 1
    let seed = Self.environment["ROWAN_FUZZ_SEED"].flatMap(UInt64.init) ?? 20_260_101
    let end = ContinuousClock.now.advanced(by: .seconds(seconds))
    let ledger = Ledger()
    // Each cancelled statement costs a connection of its own on MySQL: the suite runs beside this.
    let workers = Self.environment["ROWAN_FUZZ_TASKS"].flatMap { Int($0) } ?? 24
    try await withThrowingTaskGroup { group in
      for worker in 0..<workers {
        group.addTask {
          var dice = Dice(seed: seed &+ UInt64(worker) &* 0x9E37_79B9)
          var step = 0
          repeat {
            let note = Int64(step * workers + worker + 1)
            step += 1
            try await Self.step(note, &dice, engine, db, ledger)
          } while ContinuousClock.now < end
        }
      }
      try await group.waitForAll()
    }

    // Every connection at once, so that one which was left in a transaction or with unread rows would show.
    try await withThrowingTaskGroup { group in
      for id in 1...Int64(32) {
        group.addTask {
          let found = try await db.transaction { transaction in try await FuzzEntry.find(id).fetchOne(transaction) }
          #expect(found.text == FuzzEntry.text(id))
        }
      }
      try await group.waitForAll()
    }
    let kept = Set(try await FuzzNote.all().select { $0.id }.fetchAll(db))
    let known = ledger.entries.withLock { $0 }
    #expect(known.committed.subtracting(kept).isEmpty, "committed and gone")
    #expect(known.refused.intersection(kept).isEmpty, "rolled back and there")
    #expect(known.answers > 0)
    let started = ContinuousClock.now
    await db.close(timeout: .seconds(60))
    #expect(started.duration(to: .now) < .seconds(60), "a connection was never given back")
    await store.remove()
  }

  private final class Ledger: Sendable {
    struct Entries: Sendable {
      var committed: Set<Int64> = []
      var refused: Set<Int64> = []
      var answers = 0
    }

    let entries = Mutex(Entries())
  }

  private struct Thrown: Error {}

  /// One task, which may be cancelled at any moment.
  private static func step(
    _ note: Int64, _ dice: inout Dice, _ engine: EngineName, _ db: Database, _ ledger: Ledger
  ) async throws {
    let kind = dice.next(in: 0..<10)
    let id = Int64(dice.next(in: 1..<Int(rows)))
    let choice = dice.next(in: 0..<40)
    let limited = dice.next(in: 0..<4) == 0 ? db.withTimeout(.milliseconds(dice.next(in: 1..<15))) : db
    let pause: Duration? = dice.next(in: 0..<3) == 0 ? .microseconds(dice.next(in: 0..<6000)) : nil
    let task = Task { try await ask(kind, id, choice, note, engine, limited) }
    if let pause {
      try await Task.sleep(for: pause)
      task.cancel()
    }
    let result = await task.result
    ledger.entries.withLock { ledger in
      switch result {
      case .success(let isCommitted):
        ledger.answers += 1
        if isCommitted { ledger.committed.insert(note) }
      case .failure(let error as RowanError) where error.code == .commitUnknown: break
      case .failure: ledger.refused.insert(note)
      }
    }
    // Its own errors come through as they are, that of a cancelled task among them.
    guard case .failure(let error) = result, !(error is Thrown), !(error is CancellationError) else { return }
    let code = (error as? RowanError)?.code
    // A cancel may cost the connection, where it or its request does not come through in time.
    let expected: [RowanError.Code] = [.cancelled, .queryTimeout, .poolTimeout, .connectionLost]
    if code.map({ !expected.contains($0) }) ?? true { throw error }
  }

  /// - Returns: whether the note was committed.
  private static func ask(
    _ kind: Int, _ id: Int64, _ choice: Int, _ note: Int64, _ engine: EngineName, _ db: Database
  ) async throws -> Bool {
    switch kind {
    case 0..<4:
      let entry = try await FuzzEntry.find(id).fetchOne(db)
      try expect(entry.id == id && entry.text == FuzzEntry.text(id), "a read by its key")
    case 4:
      let from = id
      let to = id + Int64(choice)
      let entries = try await FuzzEntry.where { $0.id.between(from, and: to) }.order { $0.id.ascending() }.fetchAll(db)
      try expect(entries.map(\.id) == Array(from...min(to, rows)), "a range")
      try expect(entries.allSatisfy { $0.text == FuzzEntry.text($0.id) }, "a range's texts")
    case 5:
      // More statements than a connection keeps prepared.
      var sum: SQL = "\(id)"
      for _ in 0..<choice { sum = "\(sum) + 1" }
      let answer = try await SQL("SELECT \(sum) AS n").as(Int64.self).fetchOne(db)
      try expect(answer == id + Int64(choice), "an expression")
    case 6:
      var seen: Int64 = 0
      for try await entry in FuzzEntry.all().order({ $0.id.ascending() }).stream(db, batchSize: 7) {
        seen += 1
        try expect(entry.id == seen && entry.text == FuzzEntry.text(seen), "a stream's row")
        if seen > choice * 3 { break }
      }
    case 7:
      let sleep: SQL = engine == .postgres ? "SELECT 1 AS n FROM pg_sleep(0.01)" : "SELECT SLEEP(0.01) + 1 AS n"
      let answer = try await sleep.as(Int64.self).fetchOne(db)
      try expect(answer == 1, "a slow query")
    default:
      try await db.transaction { transaction in
        try await FuzzNote.insert(FuzzNote.Draft(id: note, round: id)).run(transaction)
        let entry = try await FuzzEntry.find(id).fetchOne(transaction)
        try expect(entry.text == FuzzEntry.text(id), "a read in a transaction")
        if choice % 3 == 0 {
          try? await transaction.savepoint { inner in
            try await FuzzNote.insert(FuzzNote.Draft(id: -note, round: id)).run(inner)
            throw Thrown()
          }
          try Task.checkCancellation()
        }
        if choice % 5 == 0 { throw Thrown() }
        let round = try await FuzzNote.where { $0.id == note }.select { $0.round }.fetchOne(transaction)
        try expect(round == id, "the transaction's own row")
      }
      return true
    }
    return false
  }

  private struct WrongAnswer: Error { let what: String }

  private static func expect(_ holds: Bool, _ what: String) throws {
    if !holds { throw WrongAnswer(what: what) }
  }
}

/// Numbers that are the same for the same seed: SplitMix64.
private struct Dice: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(in range: Range<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return range.lowerBound + Int((mixed ^ (mixed >> 31)) % UInt64(range.count))
  }
}
