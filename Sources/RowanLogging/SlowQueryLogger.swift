public import Logging
public import RowanCore
import Synchronization

/// Logs statements that take longer than a threshold, failing ones too, through swift-log. Bound values are never
/// logged. How long a statement waited for a connection (`queue_ms`) tells a busy pool from a slow statement.
/// ```swift
/// let db = try await Database.open(
///   .sqlite("app.db"), plugins: [SlowQueryLogger(threshold: .milliseconds(100), logger: logger)])
/// // warning: slow query  duration_ms=231 queue_ms=190 execute_ms=41 rows=1 sql=SELECT t0."id", … WHERE t0."email" = ?
/// ```
public final class SlowQueryLogger: DatabasePlugin {
  public let name = "slow-query-logger"
  private let threshold: Duration
  private let logger: Logger
  private let level: Logger.Level
  private let tokens = Mutex<[EventToken]>([])

  /// Makes the plugin.
  /// - Parameters:
  ///   - threshold: statements that take longer, waiting for a connection included, are logged.
  ///   - logger: where to.
  ///   - level: how loud.
  public init(threshold: Duration, logger: Logger, level: Logger.Level = .warning) {
    self.threshold = threshold
    self.logger = logger
    self.level = level
  }

  public func install(on database: Database) async throws {
    // Not by `reportSlowQueries`, whose one threshold another logger may have set.
    let listener = database.on { [threshold, logger, level] event in
      switch event {
      case .query(let query) where query.duration > threshold: log(query, nil, logger, level)
      case .queryError(let query, let error) where query.duration > threshold: log(query, error, logger, level)
      default: break
      }
    }
    tokens.withLock { $0.append(listener) }
  }
}

private func log(_ query: QueryEvent, _ error: RowanError?, _ logger: Logger, _ level: Logger.Level) {
  var metadata: Logger.Metadata = [
    "duration_ms": "\(query.duration.milliseconds)",
    "queue_ms": "\(query.queueDuration.milliseconds)",
    "execute_ms": "\(query.executeDuration.milliseconds)",
    "decode_ms": "\(query.decodeDuration.milliseconds)",
    "rows": "\(query.rows)",
    "affected_rows": "\(query.affectedRows)",
    "binds": "\(query.bindCount)",
    "sql": "\(query.sql)",
  ]
  if let label = query.label { metadata["label"] = "\(label)" }
  if let transaction = query.transaction { metadata["transaction"] = "\(transaction)" }
  if let error { metadata["error"] = "\(error.code.rawValue)" }
  logger.log(level: level, "slow query", metadata: metadata)
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
