import RowanCore

/// A value that must never be seen outside the database, and everything in which it was looked for.
struct Secret {
  /// The value as text.
  let text = "s3cr3t-marker-0451"
  /// The value as a number.
  let number: Int64 = 451_045_104_510_451

  /// Fails the case if the secret is in anything that can be printed of `thing`.
  func expectAbsent(from thing: Any, file: StaticString = #fileID, line: UInt = #line) throws {
    var texts = [String(describing: thing), String(reflecting: thing)]
    var dumped = ""
    dump(thing, to: &dumped)
    texts.append(dumped)
    for shown in texts where shown.contains(text) || shown.contains("\(number)") {
      throw ConformanceFailure("a bound value is shown: \(shown)", file: file, line: line)
    }
  }
}

/// Every event of a database.
final class EventLog: Sendable {
  private let notes = Notes<DatabaseEvent>()
  private let token: EventToken
  private let database: Database

  init(_ database: Database) {
    self.database = database
    token = database.on { [notes] in notes.add($0) }
  }

  /// The events so far, once all have been delivered.
  func all() async -> [DatabaseEvent] {
    await database.eventsDelivered()
    return notes.all
  }

  func stop() { token.cancel() }
}
