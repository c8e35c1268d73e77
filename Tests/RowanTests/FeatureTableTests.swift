import Foundation
import Rowan
import RowanTesting
import Synchronization
import Testing

/// What the README's table says of each engine is what its capabilities say, and every row has tests that would fail if
/// it were not so.
@Suite struct FeatureTableTests {
  /// The tests behind a row: cases of the conformance suite, and tests of a target by file and name.
  private static let proofs: [String: [String]] = [
    "Typed queries, joins, groups, sub-queries, windows": [
      "selecting/whole rows", "joins/inner", "aggregates/by one key", "sub-queries/exists, correlated",
      "aggregates/window functions",
    ],
    "`FULL JOIN`": ["joins/full, both sides optional", "refusals/a full join"],
    "Sub-queries grouped or ordered by an outer query's columns": [
      "group keys/of outer columns alone", "refusals/a sub-query grouped or ordered by outer columns",
    ],
    "Sub-queries of HAVING grouped by the outer query's key": [
      "group keys/that group a query inside HAVING", "refusals/a sub-query of HAVING grouped by the outer key",
    ],
    "`INTERSECT`, `EXCEPT`": ["selecting/intersections and differences", "refusals/intersections and differences"],
    "Row locks (`locked()`)": ["selecting/row locks inside a transaction", "refusals/row locks"],
    "Insert `returning`": ["returning/one inserted row, as stored", "RowanTests/EmulationTests"],
    "Update `returning`": ["returning/updated rows", "RowanTests/EmulationTests"],
    "Delete `returning`": ["returning/deleted rows", "RowanTests/EmulationTests"],
    "Upsert on a chosen key": [
      "upserts/a conflict on another key than the target is a unique violation",
      "refusals/an upsert on one of several unique keys",
    ],
    "Bulk insert": [
      "batches/a long insert in a batch is split as it is elsewhere",
      "RowanPostgresTests/BulkWireTests.aBulkInsertIsOneStatementOfArrays",
      "RowanTests/FeatureTableTests.bulkInsertsOnSQLiteAreStatementsOfManyRows",
      "RowanMySQLTests/BulkWireTests.aBulkInsertIsOneExecutionOverArrays", "RowanMySQLTests/BulkTests.inserts",
      "RowanTests/EmulationTests",
    ],
    "Many statements in one batch": [
      "batches/a thousand statements", "RowanPostgresTests/BulkWireTests.aBatchIsOneTurn",
      "RowanPostgresTests/StreamAndBatchTests.batches", "RowanSQLiteTests/DriverBulkTests.aBatchStopsAtItsFirstFailure",
      "RowanMySQLTests/BulkTests.batchesStopAtTheFirstFailure",
    ],
    "Streams in flat memory": [
      "streams/ten thousand rows in order", "RowanTests/FeatureTableTests.streamsHoldNoMoreThanABatch",
      "RowanPostgresTests/BulkWireTests.aStreamIsReadBatchByBatch",
      // Of more rows than any machine has room for.
      "RowanSQLiteTests/DriverStreamTests.anEarlyEndGivesTheConnectionBack",
      "RowanMySQLTests/StreamTests.aLongRestIsEndedByTheServer",
      "RowanMySQLTests/StreamTests.aStreamInsideALeaseKeepsItsConnectionBusy",
    ],
    "Point reads of many tasks on one connection": [
      "cancellation/reads that share a connection: the neighbours get their own answers",
      "RowanPostgresTests/TypedReadTests.findsShareAConnection",
      "RowanPostgresTests/CancellationTests.sharedQueriesAreDetached",
    ],
    "Transactions, nested ones as savepoints": [
      "transactions/commit on return, with the closure's value", "savepoints/nested transactions are savepoints",
    ],
    "Isolation levels": ["transactions/all access modes and isolation levels are taken"],
    "Read-only transactions": [
      "transactions/read only ones refuse writes",
      "RowanTests/FeatureTableTests.readOnlyTransactionsOnSQLiteLeaveTheWriterFree",
    ],
    "DDL inside a transaction": ["refusals/DDL is undone with its transaction, or commits by itself"],
    "Cancellation and time-outs reach the engine": [
      "cancellation/a running query, on every connection at once", "time limits/a query of its own",
      "RowanPostgresTests/CancellationTests.cancelReachesTheServer",
      "RowanMySQLTests/CancelTests.cancellingReachesTheServer",
      "RowanSQLiteTests/DriverConcurrencyTests.aRunningQueryIsCancelledAndTimesOut",
    ],
    "Arrays": ["values/arrays", "RowanPostgresTests/ArrayAndCatalogTests.arraysOfEveryElement"],
    "`Decimal` of 38 digits, right order and sums": [
      "decimals/38 digits are exact", "decimals/order as numbers",
      "decimals/sum, smallest, largest and arithmetic are exact",
    ],
    "NaN and infinities": ["values/NaN and infinities are exact or refused"],
    "NUL inside text": ["values/texts with NUL are exact or refused"],
    "Integers above `Int64.max`": [
      "values/unsigned integers above Int64.max are exact or refused", "refusals/integers above Int64.max",
    ],
    "TLS, unix sockets": [
      "RowanPostgresTests/ConnectTests.encryption", "RowanPostgresTests/ConnectTests.certificatesNameTheHost",
      "RowanPostgresTests/ConnectTests.unixSocket", "RowanMySQLTests/ConnectTests.encryption",
      "RowanMySQLTests/ConnectTests.certificatesNameTheHost", "RowanMySQLTests/ConnectTests.aUnixSocket",
    ],
    "Plugins: rewrites, [codecs of columns](Docs/plugins.md), `beforeQuery`, results; events": [
      "codecs/values are stored encoded and read decoded, NULL untouched", "codecs/of several plugins apply in order",
      "plugins/tenancy: reads", "plugins/a veto is a typed error, and nothing is sent",
      "results/what ran, on which tables, before the caller goes on",
      "events/a query says what ran and how long, and no value",
    ],
    "[Hooks of models](Docs/plugins.md#hooks-of-models) around writes and reads of records": [
      "hooks/drafts are what their hooks make of them, one, many, returning, in a batch",
      "hooks/what a hook changes in a record is updated, and the caller's record stays as it is",
      "hooks/every record read is told, however it is read",
    ],
    "[Migrations](Docs/migrations.md): generated from models, reversible, journaled, checked for drift": [
      "RowanMigrationsTests/Engines/LifeCycleTests.generatedMigrationsReachWhatTheCodeSays",
      "RowanMigrationsTests/Engines/LifeCycleTests.rowsSurviveUpAndDown",
      "RowanMigrationsTests/Engines/LifeCycleTests.driftIsFoundBeforeAnythingRuns",
    ],
    "A migration that fails or is killed": [
      "RowanMigrationsTests/Engines/FaultTests.aKilledRunGoesOn",
      "RowanMigrationsTests/Engines/FaultTests.aStatementThatFailsIsNamedAndTheRestIsLeft",
    ],
    "Changes of tables with rows": [
      "RowanSQLiteTests/Schema/RebuildOrderTests.ours", "RowanMySQLTests/Schema/RandomAlterationTests.pairsOfSchemas",
      "RowanPostgresTests/Schema/AlterationTests",
    ],
    "[Introspection](Docs/cli.md) of schemas, models written from them": [
      "RowanPostgresTests/Schema/RoundTripTests", "RowanSQLiteTests/Schema/RoundTripTests",
      "RowanMySQLTests/Schema/RoundTripTests",
    ],
    "Computed columns": [
      "RowanPostgresTests/Schema/UnrepresentedTests.refused", "RowanMySQLTests/Schema/AlterationTests.computedColumns",
      "RowanSQLiteTests/Schema/RoundTripTests",
    ],
    "Partial indexes": [
      "RowanPostgresTests/Schema/RoundTripTests.everything", "RowanSQLiteTests/Schema/RoundTripTests",
      "RowanMySQLTests/Schema/UnrepresentedTests.refusedFeatures",
    ],
    "Indexes over expressions": [
      "RowanPostgresTests/Schema/RoundTripTests.everything", "RowanSQLiteTests/Schema/RoundTripTests",
      "RowanMySQLTests/Schema/UnrepresentedTests.refusedFeatures",
    ],
    "Index methods": [
      "RowanPostgresTests/Schema/RoundTripTests.everything", "RowanMySQLTests/Schema/RoundTripTests",
      "RowanSQLiteTests/Schema/RefusalTests.refuses",
    ],
    "Deferred foreign keys": [
      "RowanPostgresTests/Schema/RoundTripTests.everything", "RowanSQLiteTests/Schema/RoundTripTests",
      "RowanMySQLTests/Schema/UnrepresentedTests.refusedFeatures",
    ],
    "Comments of tables and columns": [
      "RowanPostgresTests/Schema/RoundTripTests.everything",
      "RowanMySQLTests/Schema/AlterationTests.optionsAndComments",
      "RowanSQLiteTests/Schema/RoundTripTests",
    ],
    "Enumerated types": [
      "RowanPostgresTests/Schema/EnumAlterationTests.values", "RowanSQLiteTests/Schema/RefusalTests.refuses",
      "RowanMySQLTests/Schema/UnrepresentedTests.refusedFeatures",
    ],
    "Namespaces, extensions": [
      "RowanSQLiteTests/Schema/RefusalTests.refuses", "RowanMySQLTests/Schema/UnrepresentedTests.refusedFeatures",
    ],
  ]

  /// What a cell starts with where the engine has a capability, and where not.
  private static let facts: [String: (has: any KeyPath<Capabilities, Bool> & Sendable, yes: String, no: String)] = [
    "`FULL JOIN`": (\.fullJoin, "", "`unsupported`"),
    "Sub-queries grouped or ordered by an outer query's columns": (\.correlatedOrder, "yes", "`unsupported`"),
    "Sub-queries of HAVING grouped by the outer query's key": (\.correlatedGroupKeys, "yes", "`unsupported`"),
    "`INTERSECT`, `EXCEPT`": (\.intersectAndExcept, "", "`unsupported`"),
    "Row locks (`locked()`)": (\.rowLocks, "yes", "`unsupported`"),
    "Insert `returning`": (\.insertReturning, "", "emulated"),
    "Update `returning`": (\.updateReturning, "native", "emulated"),
    "Delete `returning`": (\.deleteReturning, "", "emulated"),
    "Upsert on a chosen key": (\.conflictTarget, "yes", "on any unique key"),
    "Isolation levels": (\.isolationLevels, "all", "serializable"),
    "DDL inside a transaction": (\.transactionalDDL, "rolled back", "commits by itself"),
    "Arrays": (\.nativeArrays, "native", "JSON"),
    "NUL inside text": (\.nulInText, "exact", "refused"),
    "Integers above `Int64.max`": (\.unsignedBigint, "exact", "refused"),
    "NaN and infinities": (\.nonFiniteDoubles, "", "refused"),
  ]

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The table's rows: the feature, then PostgreSQL, SQLite and MySQL.
  private static func rows() throws -> [[String]] {
    let text = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let section = try #require(text.components(separatedBy: "## Features per engine").dropFirst().first)
    return section.components(separatedBy: "\n## ")[0].split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
      .map { line in
        line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      }
  }

  @Test func everyRowHasTests() throws {
    let rows = try Self.rows()
    #expect(Set(rows.map { $0[0] }) == Set(Self.proofs.keys))
    let cases = Set(ConformanceSuite.cases.map(\.name))
    for (feature, proofs) in Self.proofs {
      for proof in proofs where !cases.contains(proof) {
        let parts = proof.split(separator: ".").map(String.init)
        let file = Self.root.appendingPathComponent("Tests/\(parts[0]).swift")
        let text = try? String(contentsOf: file, encoding: .utf8)
        let isThere = parts.count > 1 ? text?.contains("func \(parts[1])(") ?? false : text != nil
        #expect(isThere, "\(feature): there is no test \(proof)")
      }
    }
  }

  @Test(arguments: Engines.required) func cellsAgreeWithTheEngine(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 1)))
    let capabilities = db.dialect.capabilities
    await db.close()
    await store.remove()
    let column = try #require([EngineName.postgres: 1, .sqlite: 2, .mysql: 3][engine])
    for row in try Self.rows() {
      #expect(row.count == 4, "\(row)")
      guard row.count == 4, let fact = Self.facts[row[0]] else { continue }
      let has = capabilities[keyPath: fact.has]
      let cell = row[column]
      #expect(cell.contains(has ? fact.yes : fact.no) || (has && fact.yes.isEmpty), "\(engine), \(row[0]): \(cell)")
      if has, fact.yes.isEmpty { #expect(!cell.hasPrefix(fact.no), "\(engine), \(row[0]): \(cell)") }
    }
  }

  /// A database in a file with a table of jars, for the length of `body`.
  private func withJars(
    _ body: (Database, ConformanceStore) async throws -> Void
  ) async throws {
    let store = try await Engines.engine(.sqlite).makeStore()
    let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 2)))
    try await SQL("CREATE TABLE jars (id INTEGER PRIMARY KEY, label TEXT NOT NULL, weight REAL)").run(db)
    do {
      try await body(db, store)
    } catch {
      await db.close()
      await store.remove()
      throw error
    }
    await db.close()
    await store.remove()
  }

  @Test(.enabled(if: Engines.required.contains(.sqlite)))
  func bulkInsertsOnSQLiteAreStatementsOfManyRows() async throws {
    try await withJars { db, _ in
      let recorder = SQLRecorder(db)
      try await Jar.insert((0..<120).map { Jar.Draft(label: "jar \($0)", weight: Double($0)) }).run(db)
      await db.eventsDelivered()
      let inserts = await recorder.events(atLeast: 4).filter { $0.sql.hasPrefix("INSERT") }
      #expect(inserts.map(\.affectedRows) == [50, 50, 10, 10])
      #expect(inserts.map(\.bindCount) == [100, 100, 20, 20])
      let rows = try await Jar.all().fetchCount(db)
      #expect(rows == 120)
    }
  }

  /// Writes go on beside it, of the same handle and of another connection to the file, and it sees none of them.
  @Test(.enabled(if: Engines.required.contains(.sqlite)))
  func readOnlyTransactionsOnSQLiteLeaveTheWriterFree() async throws {
    try await withJars { db, store in
      let other = try await Database.open(store.configuration(PoolOptions(maxConnections: 2)))
      try await db.transaction(access: .read) { transaction in
        let before = try await Jar.all().fetchCount(transaction)
        #expect(before == 0)
        try await Jar.insert(.init(label: "of the same handle")).run(db)
        try await Jar.insert(.init(label: "of another connection")).run(other)
        let written = try await Jar.all().fetchCount(other)
        #expect(written == 2)
        let after = try await Jar.all().fetchCount(transaction)
        #expect(after == 0)
      }
      let rows = try await Jar.all().fetchCount(db)
      #expect(rows == 2)
      await other.close()
    }
  }

  /// A query that counts the rows that were read of it.
  private struct Counted: Fetchable {
    let query: RawQuery<Int64>
    let read: Counter

    var statement: Statement { query.statement }

    func decode(_ row: inout RowReader) throws(DecodeFailure) -> Int64 {
      read.value.add(1, ordering: .relaxed)
      return try query.decode(&row)
    }

    final class Counter: Sendable {
      let value = Atomic<Int>(0)
      var count: Int { value.load(ordering: .relaxed) }
    }
  }

  /// What is read ahead of the one who asks for the rows is a batch, however many there are.
  @Test(arguments: Engines.required) func streamsHoldNoMoreThanABatch(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 1)))
    let numbers: SQL = """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i FROM n
      """
    let read = Counted.Counter()
    var seen = 0
    var mostAhead = 0
    for try await _ in Counted(query: numbers.as(Int64.self), read: read).stream(db, batchSize: 16) {
      mostAhead = max(mostAhead, read.count - seen)
      seen += 1
    }
    #expect(seen == 500 && read.count == 500)
    #expect(mostAhead == 16)
    await db.close()
    await store.remove()
  }
}

@Table("jars")
private struct Jar {
  @Column(.primaryKey, .generated) let id: Int64
  var label: String
  var weight: Double?
}
