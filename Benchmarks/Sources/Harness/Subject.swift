/// Whose time is measured.
enum SubjectName: String {
  case c, rowan, grdb, pgbench
  /// The base of `core.query-build`: SQL rendered to a `String`, found in a dictionary.
  case string
  /// The C API inside a transaction: the least that `sqlite.point-read.snapshot` can take.
  case cSnapshot = "c-snapshot"
  /// No program: the time a row may take, where nothing else does the same.
  case budget
}

/// One way of doing what a row measures.
///
/// Used by one task at a time.
struct Subject {
  let name: SubjectName
  /// Does the operation so many times; the flag is that of ``Tally/isThorough``.
  var run: (Int, Bool) async throws -> Work
  /// The fewest operations worth timing.
  var minimum = 1
  /// Puts the database back as it was; never timed.
  var reset: () async throws -> Void = {}
  /// Lets go of connections.
  var close: () async -> Void = {}

  /// Makes a subject whose `run` returns a sum over what was read or written, the same for every subject of the row.
  init(_ name: SubjectName, run: @escaping (Int, Bool) async throws -> UInt64) {
    self.name = name
    self.run = { Work(checksum: try await run($0, $1), cost: nil) }
  }

  /// A subject that times itself, such as another program, which needs `minimum` operations to find its pace.
  init(timed name: SubjectName, minimum: Int, run: @escaping (Int) async throws -> Work) {
    self.name = name
    self.minimum = minimum
    self.run = { operations, _ in try await run(operations) }
  }

  func onReset(_ reset: @escaping () async throws -> Void) -> Subject {
    var copy = self
    copy.reset = reset
    return copy
  }

  func onClose(_ close: @escaping () async -> Void) -> Subject {
    var copy = self
    copy.close = close
    return copy
  }
}

/// What a subject did.
struct Work {
  /// Nil where the subject does not show what it read.
  var checksum: UInt64?
  /// Nil where the harness's own clock counts.
  var cost: Cost?
}
