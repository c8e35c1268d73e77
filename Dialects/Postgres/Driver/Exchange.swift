internal import CPostgres
internal import RowanCore

/// One command on its way, and what its answer is for.
enum Command {
  /// BEGIN, SAVEPOINT, COMMIT and the like, which travel with statements.
  case control
  case prepare(PreparedStatement)
  /// A statement; the number is its place in a batch.
  case statement(Int)
  /// An answer nobody needs.
  case ignored
}

/// What the server answers to one group of commands. The rows of the last statement are kept; of the others, only how
/// many they changed.
final class Exchange {
  /// The first failure of a group. Everything after it was skipped.
  struct Failure {
    var error: ServerError
    /// Whether it was a command that travelled with the statements.
    var isControl: Bool
    /// The statement's place in its batch.
    var index: Int
  }

  private var commands: UnsafeMutablePointer<Command>
  private var capacity = 16
  private var count = 0
  private var cursor = 0
  private(set) var failure: Failure?
  /// Control commands that were carried out.
  private(set) var controlsDone = 0
  /// Rows changed by each statement.
  private(set) var affected: ContiguousArray<Int> = []
  private var keepsAffected = false
  private(set) var isSynced = false
  /// The first letters of the last statement's tag tell whether it changed the session.
  private(set) var changedSession = false
  private var rows: OpaquePointer?

  init() { commands = .allocate(capacity: capacity) }

  deinit {
    dropRows()
    commands.deinitialize(count: count)
    commands.deallocate()
  }

  func start(keepingAffected: Bool = false) {
    dropRows()
    commands.deinitialize(count: count)
    count = 0
    if !affected.isEmpty { affected.removeAll(keepingCapacity: true) }
    cursor = 0
    if failure != nil { failure = nil }
    controlsDone = 0
    keepsAffected = keepingAffected
    isSynced = false
  }

  func append(_ command: Command) {
    if count == capacity { grow() }
    (commands + count).initialize(to: command)
    count += 1
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Command>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: commands, count: count)
    commands.deallocate()
    commands = larger
    capacity *= 2
  }

  func markSynced() { isSynced = true }

  func takeRows() -> ResultHandle? {
    guard let taken = rows else { return nil }
    rows = nil
    return ResultHandle(raw: taken)
  }

  func dropRows() {
    if let rows { PQclear(rows) }
    rows = nil
  }

  func noteSessionIsClean() { changedSession = false }

  /// Takes what has arrived.
  /// - Returns: whether the group is over.
  func advance(_ session: Session) throws(RowanError) -> Bool {
    let raw = session.raw
    while PQisBusy(raw) == 0 {
      guard let result = PQgetResult(raw) else {
        // The end of one command's results. There is none after the Sync's.
        cursor += 1
        if cursor > count { throw session.lostError() }
        continue
      }
      let status = PQresultStatus(result)
      if status == PGRES_PIPELINE_SYNC {
        PQclear(result)
        return true
      }
      guard cursor < count else {
        PQclear(result)
        throw session.lostError()
      }
      try take(result, status, session)
    }
    if PQstatus(raw) == CONNECTION_BAD { throw session.lostError() }
    return false
  }

  private func take(_ result: OpaquePointer, _ status: ExecStatusType, _ session: Session) throws(RowanError) {
    var isKept = false
    defer { if !isKept { PQclear(result) } }
    switch status {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      switch commands[cursor] {
      case .statement:
        if keepsAffected { affected.append(ResultRows.affectedRows(result)) }
        if status == PGRES_COMMAND_OK { noteTag(result, session) }
        dropRows()
        rows = result
        isKept = true
      case .prepare(let statement): session.statements.insert(statement)
      case .control: controlsDone += 1
      case .ignored: break
      }
    case PGRES_PIPELINE_ABORTED: break
    case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
      session.lose()
      throw RowanError(
        .unsupported, "COPY cannot run as an ordinary statement", hint: "use a bulk insert, or psql's \\copy")
    default:
      let error = ServerError(result)
      if PQstatus(session.raw) == CONNECTION_BAD || error.state.isEmpty { throw session.lostError() }
      if error.endsSession {
        session.lose()
        throw error.rowanError()
      }
      if failure != nil { return }
      if case .ignored = commands[cursor] { return }
      failure = Failure(error: error, isControl: isControl, index: index)
    }
  }

  private var isControl: Bool { if case .control = commands[cursor] { true } else { false } }

  /// The place in the batch of the failing command, which may be the preparation of a statement.
  private var index: Int {
    for place in cursor..<count { if case .statement(let index) = commands[place] { return index } }
    return 0
  }

  private func noteTag(_ result: OpaquePointer, _ session: Session) {
    guard let tag = PQcmdStatus(result) else { return }
    switch (UInt8(bitPattern: tag[0]), UInt8(bitPattern: tag[1])) {
    case (UInt8(ascii: "S"), UInt8(ascii: "E")) where UInt8(bitPattern: tag[2]) == UInt8(ascii: "T"),
      (UInt8(ascii: "L"), UInt8(ascii: "I")):
      changedSession = true
    case (UInt8(ascii: "D"), UInt8(ascii: "I")), (UInt8(ascii: "D"), UInt8(ascii: "E")):
      // DISCARD ALL and DEALLOCATE ALL; DELETE has the same letters.
      let text = String(cString: tag)
      if text == "DISCARD ALL" || text == "DEALLOCATE ALL" { session.statements.removeAll() }
    default: break
    }
  }
}
