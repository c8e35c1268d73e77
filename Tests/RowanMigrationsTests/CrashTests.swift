import RowanCore
import Synchronization
import Testing

@testable import RowanMigrations

/// A change that stops at any point leaves the old history or the new one.
@Suite struct CrashTests {
  /// Thrown in place of a step.
  private final class Stopper: Sendable {
    private let left: Mutex<Int>
    let seen = Mutex<[FileMigrationStorage.Step]>([])

    init(after steps: Int) { left = Mutex(steps) }

    func step(_ step: FileMigrationStorage.Step) throws(RowanError) {
      let stops = left.withLock { left in
        left -= 1
        return left < 0
      }
      if stops { throw RowanError(.ioFailed, "stopped") }
      seen.withLock { $0.append(step) }
    }
  }

  private func directory(_ folder: borrowing TemporaryFolder, _ stopper: Stopper? = nil) throws -> MigrationDirectory {
    var storage = FileMigrationStorage(folder: "\(folder.path)/sqlite")
    if let stopper { storage.beforeStep = { step throws(RowanError) in try stopper.step(step) } }
    return try MigrationDirectory(storage: storage, dialect: "sqlite")
  }

  /// Stops `change` before its first step, its second, and so on, and checks what is left each time.
  private func crashEverywhere(
    _ names: [String], change: (MigrationDirectory) throws -> Void
  ) throws -> [FileMigrationStorage.Step] {
    let reference = try TemporaryFolder()
    try Sample.write(names, to: directory(reference))
    let old = try directory(reference).load()
    try change(directory(reference))
    let new = try directory(reference).load()
    let newFiles = try reference.files()
    var seen: [FileMigrationStorage.Step] = []
    for steps in 0..<100 {
      let folder = try TemporaryFolder()
      try Sample.write(names, to: directory(folder))
      let stopper = Stopper(after: steps)
      let stopped = Result { try change(directory(folder, stopper)) }
      seen = stopper.seen.withLock { $0 }
      if case .success = stopped { break }
      // A reader that cannot finish the change either must not see half of it.
      if seen.contains(.commit) {
        #expect(throws: RowanError.self) { try directory(folder, Stopper(after: 0)).load() }
      }
      var found = try directory(folder).load()
      let hasLeftovers = !found.leftovers.isEmpty
      found.leftovers = []
      #expect(found == (seen.contains(.commit) ? new : old), "after \(seen)")
      #expect(try directory(folder).load().migrations == found.migrations)
      if seen.contains(.commit) {
        #expect(!hasLeftovers)
        #expect(try folder.files() == newFiles)
      } else {
        #expect(hasLeftovers == (seen.count >= 2))
        // The next change takes the leftovers away.
        try change(directory(folder))
        #expect(try directory(folder).load() == new)
        #expect(try folder.files() == newFiles)
      }
    }
    return seen
  }

  @Test func write() throws {
    let steps = try crashEverywhere(["users"]) { directory in
      try directory.write(name: "posts", at: Sample.time(day: 5), contents: Sample.contents("posts"))
    }
    #expect(steps.contains(.placeFolder("20261106000000_posts")))
    #expect(steps.last == .placeJournal)
    #expect(steps.count == 10)
  }

  @Test func firstWrite() throws {
    let steps = try crashEverywhere([]) { directory in
      try directory.write(name: "users", at: Sample.time(day: 5), contents: Sample.contents("users"))
    }
    #expect(steps.last == .placeJournal)
  }

  @Test func rebase() throws {
    let steps = try crashEverywhere(["users", "posts", "tags", "likes"]) { directory in
      _ = try directory.rebase(
        [
          MigrationRewrite(
            tag: "20261104000000_tags", time: Sample.time(day: 7), contents: Sample.contents("new_tags")),
          MigrationRewrite(
            tag: "20261105000000_likes", time: Sample.time(day: 8), contents: Sample.contents("likes")),
        ], onto: "20261103000000_posts", applied: ["20261102000000"])
    }
    #expect(steps.contains(.renameOld("20261104000000_tags")))
    #expect(steps.contains(.placeFile("20261108000000_tags", "up.sql")))
    #expect(steps.contains(.removeRenames))
  }

  @Test func rebaseInPlace() throws {
    let steps = try crashEverywhere(["users", "posts"]) { directory in
      _ = try directory.rebase(
        [MigrationRewrite(tag: "20261103000000_posts", contents: Sample.contents("other"))],
        onto: "20261102000000_users", applied: [])
    }
    #expect(steps.contains(.placeFile("20261103000000_posts", "up.sql")))
    #expect(!steps.contains(.writeRenames))
  }

  @Test func writersAtTheSameTime() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    // All add a migration of the same time: one succeeds, the others are told why not.
    let outcomes = await withTaskGroup(of: RowanError.Code?.self) { group in
      for number in 0..<8 {
        group.addTask { @concurrent in
          do throws(RowanError) {
            let directory = try MigrationDirectory(root: path, dialect: "sqlite")
            try directory.write(
              name: "m\(number)", at: Sample.time(day: 1), contents: Sample.contents("m\(number)"))
            return nil
          } catch {
            return error.code
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0 == nil } == 1)
    // A reader between the steps of another's change may see its folder before its journal.
    let expected: [RowanError.Code?] = [nil, .journalChanged, .migrationOutOfOrder, .migrationNotInJournal]
    #expect(outcomes.allSatisfy(expected.contains))
    #expect(try directory(folder).load().migrations.count == 1)
  }

  @Test func folderThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "sqlite")
    let error = #expect(throws: RowanError.self) {
      try directory(folder).write(name: "users", at: Sample.time(day: 1), contents: Sample.contents("users"))
    }
    #expect(error?.code == .ioFailed)
    #expect(error?.message.contains("sqlite") == true)
  }
}
