import Rowan
import Synchronization

/// Remembers what the database was asked on behalf of the last requests.
final class EventLog: Sendable {
  /// One event, as clients see it. Statements come with placeholders; values are never part of an event.
  struct Entry: Encodable, Sendable {
    let event: String
    var sql: String?
    var values: Int?
    var rows: Int?
    var affectedRows: Int?
    var microseconds: Int?
    var error: String?
  }

  private let recent: Recent
  private let token: EventToken

  init(_ database: Database, requests: Int = 256) {
    let recent = Recent(capacity: requests)
    self.recent = recent
    token = database.on { recent.note($0) }
  }

  /// What happened for the request so called, in order; nil if nothing is known of it.
  func entries(of request: String) -> [Entry]? { recent.entries(of: request) }

  /// The entries of the last requests by label.
  private final class Recent: Sendable {
    private struct State {
      var entries: [String: [Entry]] = [:]
      var order: [String] = []
    }
    private let state = Mutex(State())
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    func entries(of request: String) -> [Entry]? { state.withLock { $0.entries[request] } }

    func note(_ event: DatabaseEvent) {
      guard let (label, entry) = Entry.labelled(event) else { return }
      state.withLock { state in
        if state.entries[label] == nil {
          state.order.append(label)
          if state.order.count > capacity { state.entries[state.order.removeFirst()] = nil }
        }
        state.entries[label, default: []].append(entry)
      }
    }
  }
}

extension EventLog.Entry {
  fileprivate static func labelled(_ event: DatabaseEvent) -> (String, EventLog.Entry)? {
    switch event {
    case .query(let query): query.label.map { ($0, EventLog.Entry("query", query)) }
    case .queryError(let query, let error):
      query.label.map { ($0, EventLog.Entry("query_error", query, error: error.code.rawValue)) }
    case .transactionStart(let transaction): transaction.label.map { ($0, EventLog.Entry(event: "begin")) }
    case .transactionCommit(let transaction): transaction.label.map { ($0, EventLog.Entry("commit", transaction)) }
    case .transactionRollback(let transaction): transaction.label.map { ($0, EventLog.Entry("rollback", transaction)) }
    case .savepointStart(let savepoint): savepoint.label.map { ($0, EventLog.Entry(event: "savepoint")) }
    case .savepointRelease(let savepoint): savepoint.label.map { ($0, EventLog.Entry("release", savepoint)) }
    case .savepointRollback(let savepoint): savepoint.label.map { ($0, EventLog.Entry("rollback_to", savepoint)) }
    default: nil
    }
  }

  private init(_ event: String, _ query: QueryEvent, error: String? = nil) {
    self.init(
      event: event, sql: query.sql, values: query.bindCount, rows: query.rows, affectedRows: query.affectedRows,
      microseconds: query.duration.microseconds, error: error)
  }

  private init(_ event: String, _ transaction: TransactionEvent) {
    self.init(event: event, microseconds: transaction.duration.microseconds)
  }
}

extension Duration {
  fileprivate var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
