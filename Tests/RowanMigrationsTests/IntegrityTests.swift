import RowanCore
import RowanMigrations
import Testing

/// What a history is refused for.
@Suite struct IntegrityTests {
  private static let users = "20261102000000_users"
  private static let posts = "20261103000000_posts"

  private let storage = InMemoryMigrationStorage()
  private let directory: MigrationDirectory

  init() throws {
    directory = try MigrationDirectory(storage: storage, dialect: "sqlite")
    try Sample.write(["users", "posts", "tags"], to: directory)
  }

  private func expect(_ code: RowanError.Code, _ parts: String...) {
    let error = #expect(throws: RowanError.self) { try directory.load() }
    #expect(error?.code == code)
    #expect(error?.hint != nil)
    for part in parts { #expect(error?.message.contains(part) == true, "\(error?.message ?? "")") }
    // Nothing is added to a history that does not verify.
    #expect(throws: RowanError.self) {
      try directory.write(name: "late", at: Sample.time(day: 9), contents: Sample.contents("late"))
    }
  }

  private func change(_ edit: (inout MigrationJournal) -> Void) throws {
    var journal = try directory.journal()
    edit(&journal)
    storage.set(journal: Array(try journal.text().utf8))
  }

  @Test(arguments: ["up.sql", "down.sql", "snapshot.json"])
  func tamperedFile(_ name: String) throws {
    let bytes = try #require(storage.file(name, in: Self.posts))
    storage.set(bytes + Array("SELECT 1;".utf8), file: name, in: Self.posts)
    expect(.migrationTampered, Self.posts)
  }

  @Test func swappedFiles() throws {
    let up = try #require(storage.file("up.sql", in: Self.posts))
    let down = try #require(storage.file("down.sql", in: Self.posts))
    storage.set(down, file: "up.sql", in: Self.posts)
    storage.set(up, file: "down.sql", in: Self.posts)
    expect(.migrationTampered, Self.posts)
  }

  @Test func missingFolder() {
    storage.remove(folder: Self.posts)
    expect(.migrationFolderMissing, Self.posts)
  }

  @Test(arguments: ["up.sql", "down.sql", "snapshot.json", "meta.json"])
  func missingFile(_ name: String) {
    storage.set(nil, file: name, in: Self.posts)
    expect(.migrationFileMissing, "\(Self.posts)/\(name)")
  }

  @Test func fileThatIsNoText() {
    storage.set([0xFF, 0xFE], file: "up.sql", in: Self.posts)
    expect(.migrationFileUnreadable, "\(Self.posts)/up.sql")
  }

  @Test(arguments: [
    "{", "[]", "{\"version\": 2, \"tool\": \"1\"}", "{\"version\": 1}",
    "{\"version\": 1, \"tool\": \"1\", \"statements\": [{}]}",
  ])
  func unreadableMeta(_ text: String) {
    storage.set(Array(text.utf8), file: "meta.json", in: Self.posts)
    expect(.migrationFileUnreadable, "\(Self.posts)/meta.json")
  }

  @Test func strayFolder() {
    storage.set([], file: "up.sql", in: "20261105000000_stray")
    expect(.migrationNotInJournal, "20261105000000_stray")
  }

  @Test func folderWithoutJournal() {
    storage.set(journal: nil)
    expect(.migrationNotInJournal, Self.users)
  }

  @Test func unknownParent() throws {
    try change { $0.entries[1].parent = "20200101000000" }
    expect(.migrationChainBroken, Self.posts, "20200101000000, which is not in the journal")
  }

  @Test func entryLeftOut() throws {
    try change { $0.entries.remove(at: 1) }
    expect(.migrationChainBroken, "20261104000000_tags", Self.users)
  }

  @Test func entriesOutOfOrder() throws {
    try change { $0.entries.swapAt(0, 1) }
    expect(.migrationChainBroken, Self.posts)
  }

  @Test func twoChildren() throws {
    try change { $0.entries[2].parent = $0.entries[0].id }
    expect(.migrationBranched, Self.posts, "20261104000000_tags", Self.users)
    try change {
      $0.entries[2].parent = $0.entries[1].id
      $0.entries[1].parent = nil
    }
    expect(.migrationBranched, "the empty database")
  }

  @Test func idsThatDoNotGrow() throws {
    try change {
      $0.entries[2].id = "20261101000000"
      $0.entries[2].tag = "20261101000000_tags"
    }
    expect(.migrationOutOfOrder, "20261101000000_tags", Self.posts)
  }

  @Test func duplicateIDs() throws {
    try change {
      $0.entries[2].id = $0.entries[1].id
      $0.entries[2].tag = $0.entries[1].id + "_tags"
    }
    expect(.duplicateMigration, Self.posts, "20261103000000_tags")
  }

  @Test(arguments: [
    ("", RowanError.Code.journalUnreadable, "line 1"),
    ("{\n\"version\": 1,\n<<<<<<< HEAD\n", .journalUnreadable, "line 3: the mark of a merge conflict"),
    ("{\"version\": 1,\n\"dialect\": \"sqlite\",\n\"entries\": [}", .journalUnreadable, "line 3"),
    ("{\"version\": 1,\n\"version\": 1}", .journalUnreadable, "line 2: a name comes twice"),
    ("{}", .journalUnreadable, "no version"),
    ("{\"version\": 99}", .unknownJournalVersion, "version 99"),
    ("{\"version\": 0}", .unknownJournalVersion, "version 0"),
    ("{\"version\": 1}", .journalUnreadable, "no dialect"),
    ("{\"version\": 1, \"dialect\": \"mysql\"}", .journalDialectMismatch, "sqlite"),
    ("{\"version\": 1, \"dialect\": \"sqlite\"}", .journalUnreadable, "no list"),
    ("{\"version\": 1, \"dialect\": \"sqlite\", \"entries\": [{}]}", .journalUnreadable, "entry 1 has no usable id"),
    (
      "{\"version\": 1, \"dialect\": \"sqlite\", \"entries\": [{\"id\": \"20261102000000\", \"tag\": \"../../x\"}]}",
      .journalUnreadable, "entry 1 has no tag"
    ),
    (
      "{\"version\": 1, \"dialect\": \"sqlite\", \"entries\": [{\"id\": \"20261102000000\", "
        + "\"tag\": \"20261102000000_../x\"}]}", .journalUnreadable, "entry 1 has no tag"
    ),
  ])
  func unreadableJournal(_ text: String, _ code: RowanError.Code, _ problem: String) {
    storage.set(journal: Array(text.utf8))
    expect(code, "memory/_journal.json", problem)
  }
}
