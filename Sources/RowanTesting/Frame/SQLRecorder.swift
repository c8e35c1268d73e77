public import RowanCore
import Synchronization

/// Records the SQL a database runs.
/// ```swift
/// let recorder = SQLRecorder(db)
/// _ = try await User.find(id).fetchFirst(db)
/// #expect(await recorder.statements() == [#"SELECT t0."id", … WHERE t0."id" = ? LIMIT ?"#])
/// ```
public final class SQLRecorder: Sendable {
  private let recorded: Box
  private let token: EventToken

  private final class Box: Sendable {
    let events = Mutex<[QueryEvent]>([])
  }

  /// Starts recording.
  public init(_ database: Database) {
    let box = Box()
    recorded = box
    token = database.on { event in
      switch event {
      case .query(let query), .queryError(let query, _): box.events.withLock { $0.append(query) }
      default: break
      }
    }
  }

  /// What ran so far; waits until `count` statements have been reported, at most two seconds.
  public func events(atLeast count: Int = 0) async -> [QueryEvent] {
    for _ in 0..<200 {
      let now = recorded.events.withLock { $0 }
      if now.count >= count { return now }
      try? await Task.sleep(for: .milliseconds(10))
    }
    return recorded.events.withLock { $0 }
  }

  /// The SQL that ran so far.
  public func statements(atLeast count: Int = 0) async -> [String] { await events(atLeast: count).map(\.sql) }
}
