import Hummingbird
import Rowan

extension APIError {
  /// What a client is told of a database error that no route foresaw. Neither SQL nor schema is shown.
  init(_ error: RowanError) {
    switch error.code {
    case .notFound:
      self.init(status: .notFound, code: "not_found", message: "there is no such row")
    case .uniqueViolation:
      self.init(status: .conflict, code: "already_exists", message: "a row with these values exists already")
    case .foreignKeyViolation:
      self.init(
        status: .conflict, code: "reference_violation", message: "another row refers to this one, or the other way")
    case .notNullViolation, .checkViolation, .valueOutOfRange:
      self.init(status: .unprocessableContent, code: "invalid_value", message: "a value does not fit its column")
    case .serializationFailure, .deadlock, .lockTimeout, .databaseLocked:
      self.init(status: .serviceUnavailable, code: "busy", message: "other requests were in the way; try again")
    case .connectionRefused, .connectionLost, .connectTimeout, .poolTimeout, .tooManyConnections, .databaseClosed,
      .authenticationFailed, .unknownDatabase, .tlsFailed, .queryTimeout, .commitUnknown, .cancelled, .diskFull,
      .readOnlyDatabase, .ioFailed:
      self.init(
        status: .serviceUnavailable, code: "database_unavailable", message: "the database cannot answer at the moment")
    default:
      self.init(status: .internalServerError, code: "internal_error", message: "something went wrong")
    }
  }
}

/// Runs `body`, which may be stopped by a unique constraint: then 409 naming `field`.
func refusingDuplicates<R>(of field: String, _ body: () async throws -> R) async throws -> R {
  do {
    return try await body()
  } catch let error as RowanError where error.code == .uniqueViolation {
    throw APIError.conflict("\(field)_taken", "this \(field) is taken", field: field)
  }
}

/// Runs a delete that rows referring to `what` may stop: then 409.
func refusingWhileInUse<R>(_ what: String, _ body: () async throws -> R) async throws -> R {
  do {
    return try await body()
  } catch let error as RowanError where error.code == .foreignKeyViolation {
    throw APIError.conflict("\(what)_in_use", "other rows still refer to this \(what)")
  }
}
