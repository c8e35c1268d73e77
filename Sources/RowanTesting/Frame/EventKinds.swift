import RowanCore

extension DatabaseEvent {
  /// The name of its kind.
  var kind: String {
    switch self {
    case .query: "query"
    case .queryError: "queryError"
    case .slowQuery: "slowQuery"
    case .transactionStart: "transactionStart"
    case .transactionCommit: "transactionCommit"
    case .transactionRollback: "transactionRollback"
    case .transactionUnknown: "transactionUnknown"
    case .savepointStart: "savepointStart"
    case .savepointRelease: "savepointRelease"
    case .savepointRollback: "savepointRollback"
    case .connectionOpened: "connectionOpened"
    case .connectionClosed: "connectionClosed"
    case .connectionLost: "connectionLost"
    case .dropped: "dropped"
    case .closed: "closed"
    }
  }

  /// What it says of a statement.
  var query: QueryEvent? {
    switch self {
    case .query(let event), .queryError(let event, _), .slowQuery(let event): event
    default: nil
    }
  }

  /// What it says of a transaction or savepoint.
  var transaction: TransactionEvent? {
    switch self {
    case .transactionStart(let event), .transactionCommit(let event), .transactionRollback(let event),
      .transactionUnknown(let event), .savepointStart(let event), .savepointRelease(let event),
      .savepointRollback(let event):
      event
    default: nil
    }
  }

  /// Why a statement failed.
  var failure: RowanError? { if case .queryError(_, let error) = self { error } else { nil } }

  /// Whether it is about a connection: a pool opens them when it likes.
  var isOfConnection: Bool { kind.hasPrefix("connection") }
}

extension EventLog {
  /// The events so far, those of connections apart.
  func statements() async -> [DatabaseEvent] { await all().filter { !$0.isOfConnection } }
}

extension [DatabaseEvent] {
  /// The names of their kinds.
  var kinds: [String] { map(\.kind) }
}
