internal import CPostgres
internal import RowanCore

/// What a failed result says.
struct ServerError {
  var state: String
  var message: String
  var detail: String?
  var constraint: String?
  var table: String?
  var column: String?
  /// The server's own function that raised it, which no language setting translates.
  var routine: String?
  /// The character of the statement it points at, from 1.
  var position: Int?

  init(_ result: OpaquePointer) {
    func field(_ code: Character) -> String? {
      guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
      return String(cString: text)
    }
    // The codes are the protocol's: https://www.postgresql.org/docs/15/protocol-error-fields.html
    state = field("C") ?? ""
    message = field("M") ?? ""
    detail = field("D")
    constraint = field("n")
    table = field("t")
    column = field("c")
    routine = field("R")
    position = field("P").flatMap { Int($0) }
  }

  /// Whether a prepared statement no longer fits the tables it uses: preparing it anew helps.
  var isStalePlan: Bool {
    (state == "0A000" && routine == "RevalidateCachedQuery") || state == "26000"
  }

  /// Whether the server has ended the session with it.
  var endsSession: Bool {
    state.hasPrefix("57P0") || state.hasPrefix("08") || state == "25P03" || state == "25P04"
  }
}

extension ServerError {
  /// The error in the neutral form, without any value.
  /// - Parameters:
  ///   - sql: the statement, with placeholders.
  ///   - binds: the statement's values, which are blotted out where the server repeats them.
  func rowanError(sql: String? = nil, binds: ContiguousArray<SQLValue> = []) -> RowanError {
    let code = code
    var text = ValueRedaction.message(state: state, message, binds)
    if state.hasPrefix("42"), let position { text += " (at character \(position))" }
    let report = ServerReport(sqlState: state, constraint: constraint, table: table, columns: columns)
    return RowanError(code, text, hint: hint(code), server: report, sql: sql)
  }

  /// The columns concerned: the server's own field, or for keys the names before their values in the detail,
  /// `Key (a, b)=(…)`.
  private var columns: [String] {
    if let column { return [column] }
    guard state == "23505" || state == "23503" || state == "23P01", let detail,
      let start = detail.firstIndex(of: "(")
    else { return [] }
    let rest = detail[detail.index(after: start)...]
    var from = rest.startIndex
    while let close = rest[from...].firstIndex(of: ")") {
      if rest[close...].hasPrefix(")=(") {
        return rest[..<close].split(separator: ",").map { part in
          var name = part.drop { $0 == " " }
          if name.first == "\"", name.last == "\"", name.count > 1 { name = name.dropFirst().dropLast() }
          return String(name)
        }
      }
      from = rest.index(after: close)
    }
    return []
  }

  /// https://www.postgresql.org/docs/15/errcodes-appendix.html
  var code: RowanError.Code {
    switch state {
    case "23505", "23P01": .uniqueViolation
    case "23503": .foreignKeyViolation
    case "23502": .notNullViolation
    case "23514", "44000": .checkViolation
    case "40001": .serializationFailure
    case "40P01": .deadlock
    case "55P03": .lockTimeout
    case "57014": message.contains("timeout") ? .queryTimeout : .cancelled
    case "25P04", "25P03": .queryTimeout
    case "57P01", "57P02", "57P03", "57P05": .connectionLost
    case "57P04", "3D000": .unknownDatabase
    case "28P01", "28000": .authenticationFailed
    case "53300": .tooManyConnections
    case "53100": .diskFull
    case "42P01", "3F000": .unknownTable
    case "42703": .unknownColumn
    case "42601", "42602", "42622": .syntaxError
    case "42501": .permissionDenied
    case "25006": .readOnlyTransaction
    case "25P02": .transactionAborted
    case "26000": .schemaChanged
    case "0A000": routine == "RevalidateCachedQuery" ? .schemaChanged : .unsupported
    case "54000", "54001", "54011", "54023": .unsupported
    case "42883" where message.contains("binary output function") || message.contains("binary input function"):
      .unsupported
    case "XX001", "XX002": .databaseCorrupt
    case "58030": .ioFailed
    default:
      switch state.prefix(2) {
      case "08": .connectionLost
      case "22": .valueOutOfRange
      case "28": .authenticationFailed
      default: .serverError
      }
    }
  }

  private func hint(_ code: RowanError.Code) -> String? {
    switch code {
    case .uniqueViolation: "another row already has this key"
    case .foreignKeyViolation: "the referenced row is missing, or rows still refer to this one"
    case .serializationFailure, .deadlock: "run the whole transaction again"
    case .lockTimeout: "another transaction holds the lock; try again"
    case .transactionAborted: "roll back, or back to a savepoint, before the next statement"
    case .readOnlyTransaction: "open the transaction for writing, or connect to a primary server"
    case .schemaChanged: "the tables have changed since the statement was prepared; run the transaction again"
    case .tooManyConnections: "lower PoolOptions.maxConnections, or raise the server's max_connections"
    case .unsupported where state == "42883": "cast the column or the placeholder to text"
    case .unknownTable: "check the name and the search path, and that migrations have run"
    case .unknownColumn: "check the name, and that migrations have run"
    case .permissionDenied: "grant the role what the statement needs"
    default: nil
    }
  }
}
