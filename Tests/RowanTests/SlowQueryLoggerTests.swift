import Logging
import Rowan
import RowanLogging
import RowanTesting
import Synchronization
import Testing

/// What the slow-query logger writes.
@Suite struct SlowQueryLoggerTests {
  private struct Line: Sendable {
    var level: Logger.Level
    var message: String
    var metadata: [String: String]
  }

  private final class Lines: Sendable {
    let all = Mutex<[Line]>([])
  }

  private struct Recorder: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    init(_ lines: Lines) { self.lines = lines }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let line = Line(
        level: event.level, message: "\(event.message)", metadata: (event.metadata ?? [:]).mapValues { "\($0)" })
      lines.all.withLock { $0.append(line) }
    }
  }

  private static func logger(_ lines: Lines) -> Logger { Logger(label: "slow") { _ in Recorder(lines) } }

  @Test(arguments: Engines.required) func twoDatabasesEachWithALogger(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let (loud, calm) = (Lines(), Lines())
    let configuration = try store.configuration(PoolOptions(maxConnections: 2, lanes: 1))
    let first = try await Database.open(
      configuration, plugins: [SlowQueryLogger(threshold: .zero, logger: Self.logger(loud), level: .error)])
    let second = try await Database.open(
      configuration, plugins: [SlowQueryLogger(threshold: .seconds(1000), logger: Self.logger(calm))])
    let secret = "s3cr3t-marker-0451"
    for database in [first, second] {
      let rows = try await SQL("SELECT \(secret) AS t").as(String.self).fetchAll(database.labelled("request 7"))
      #expect(rows == [secret])
      await #expect(throws: RowanError.self) {
        try await database.transaction { transaction in
          try await SQL("SELECT n FROM no_such_table WHERE t = \(secret)").as(Int64.self).fetchAll(transaction)
        }
      }
      await database.eventsDelivered()
    }
    let lines = loud.all.withLock { $0 }
    #expect(lines.map(\.level) == [.error, .error])
    #expect(lines.map(\.message) == ["slow query", "slow query"])
    #expect(lines.map { $0.metadata["rows"] } == ["1", "0"])
    #expect(lines.map { $0.metadata["binds"] } == ["1", "1"])
    #expect(lines.map { $0.metadata["label"] } == ["request 7", nil])
    #expect(lines.map { $0.metadata["error"] } == [nil, "unknown_table"])
    #expect(lines.map { $0.metadata["transaction"] != nil } == [false, true])
    #expect(lines.allSatisfy { $0.metadata["sql"]?.hasPrefix("SELECT ") == true })
    for part in ["duration_ms", "queue_ms", "execute_ms", "decode_ms"] {
      #expect(lines.allSatisfy { Int64($0.metadata[part] ?? "").map { $0 >= 0 } == true }, "\(part)")
    }
    #expect(!lines.contains { "\($0)".contains(secret) })
    #expect(calm.all.withLock { $0.isEmpty })
    await first.close()
    await second.close()
    await store.remove()
  }

  @Test(arguments: Engines.required) func twoLoggersOnOneDatabaseKeepTheirThresholds(_ engine: EngineName) async throws
  {
    let store = try await Engines.engine(engine).makeStore()
    let (loud, calm) = (Lines(), Lines())
    let database = try await Database.open(
      try store.configuration(PoolOptions(maxConnections: 1, lanes: 1)),
      plugins: [
        SlowQueryLogger(threshold: .zero, logger: Self.logger(loud)),
        SlowQueryLogger(threshold: .seconds(1000), logger: Self.logger(calm)),
      ])
    _ = try await SQL("SELECT 1 AS n").as(Int64.self).fetchAll(database)
    await database.eventsDelivered()
    #expect(loud.all.withLock { $0.map(\.level) } == [.warning])
    #expect(calm.all.withLock { $0.isEmpty })
    await database.close()
    await store.remove()
  }
}
