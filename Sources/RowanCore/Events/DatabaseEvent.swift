/// Something that happened on a database. Carries no bound value.
public enum DatabaseEvent: Sendable {
  /// A statement ran.
  case query(QueryEvent)
  /// A statement failed, or was refused before it was sent: vetoed, without a `where`, without a context value. One
  /// that was refused before it was compiled has no text.
  case queryError(QueryEvent, RowanError)
  /// A statement took longer than the threshold given to ``Database/reportSlowQueries(over:)``, and perhaps failed.
  /// Comes after the event that says how it ended.
  case slowQuery(QueryEvent)
  /// A transaction is opened, by its first statement or savepoint: one that sends nothing is not reported, nor is how
  /// it ends. What opens it has its own event, which comes later.
  case transactionStart(TransactionEvent)
  /// The first statement of a transaction was answered without an error, so that the transaction is open for certain.
  /// Comes before that statement's event, and never where every statement has failed.
  case transactionConfirmed(TransactionEvent)
  /// A transaction was committed.
  case transactionCommit(TransactionEvent)
  /// A transaction was rolled back.
  case transactionRollback(TransactionEvent)
  /// The connection was lost while a commit was on its way: the transaction was committed, or it was not.
  case transactionUnknown(TransactionEvent)
  /// A savepoint was opened.
  case savepointStart(TransactionEvent)
  /// A savepoint was released.
  case savepointRelease(TransactionEvent)
  /// A savepoint was rolled back.
  case savepointRollback(TransactionEvent)
  /// A connection was opened.
  case connectionOpened
  /// A connection was closed on purpose.
  case connectionClosed
  /// A connection failed, or the server closed it.
  case connectionLost(RowanError?)
  /// A lane has not looked at its connections for 50 ms: they all stand still while something computes or blocks on its
  /// thread, such as the closure of a transaction or a request handler (``Database/offload(_:)`` is for that). It comes
  /// while that goes on, once for each time. A machine with more to do than it can is told of in the same way.
  case laneStalled(LaneStall)
  /// Events that were thrown away because listeners were too slow.
  case dropped(Int)
  /// The database was closed.
  case closed
}

/// One statement that ran.
public struct QueryEvent: Sendable {
  /// The text, with placeholders.
  public var sql: String
  /// How many values were bound; the values themselves are not here.
  public var bindCount: Int
  /// From the call to the last row, waiting for a connection included.
  public var duration: Duration
  /// The part of ``duration`` spent waiting for a connection, for one to be opened included; inside a transaction, for
  /// the statements before it.
  public var queueDuration: Duration
  /// The part of ``duration`` between having the connection and having the rows: the server and the way there. SQLite
  /// works a row out when it is read. The time that passes between two batches of a stream is in none of the parts.
  public var executeDuration: Duration
  /// The part of ``duration`` spent reading rows.
  public var decodeDuration: Duration
  /// Rows read.
  public var rows: Int
  /// Rows changed.
  public var affectedRows: Int
  /// Which transaction it ran in, if any.
  public var transaction: Int?
  /// What ``Database/labelled(_:)`` called the work it belongs to, if anything.
  public var label: String?
}

/// A transaction or savepoint.
public struct TransactionEvent: Sendable {
  /// A number unique within the process.
  public var id: Int
  /// 0 for a transaction, 1 and up for savepoints inside it.
  public var depth: Int
  /// How long it has been open; zero at its start.
  public var duration: Duration
  /// Where it was opened, `file:line`.
  public var location: String
  /// What ``Database/labelled(_:)`` called the work it belongs to, if anything.
  public var label: String?
}
