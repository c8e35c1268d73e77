import RowanCore
import RowanMigrations
import Testing

/// Writing and reading migrations.
@Suite struct DirectoryTests {
  @Test func writesWhatItReads() throws {
    let folder = try TemporaryFolder()
    let directory = try MigrationDirectory(root: folder.path, dialect: "postgres")
    #expect(try directory.load().migrations.isEmpty)
    try Sample.write(["users", "posts"], to: directory)
    let history = try directory.load()
    #expect(history.migrations.map(\.tag) == ["20261102000000_users", "20261103000000_posts"])
    #expect(history.migrations.map(\.name) == ["users", "posts"])
    #expect(history.migrations.map(\.entry.parent) == [nil, "20261102000000"])
    #expect(history.migrations.map(\.contents) == [Sample.contents("users"), Sample.contents("posts")])
    #expect(history.leftovers.isEmpty)
    #expect(history["20261103000000"]?.name == "posts")
    #expect(history["20261103000000_posts"]?.name == "posts")
    #expect(
      try folder.files().keys.sorted().filter { $0.contains(".") } == [
        "postgres/20261102000000_users/down.sql", "postgres/20261102000000_users/meta.json",
        "postgres/20261102000000_users/snapshot.json", "postgres/20261102000000_users/up.sql",
        "postgres/20261103000000_posts/down.sql", "postgres/20261103000000_posts/meta.json",
        "postgres/20261103000000_posts/snapshot.json", "postgres/20261103000000_posts/up.sql",
        "postgres/_journal.json",
      ])
    #expect(
      try folder.files()["postgres/_journal.json"] == """
        {
          "version": 1,
          "dialect": "postgres",
          "entries": [
            {
              "id": "20261102000000",
              "tag": "20261102000000_users",
              "parent": null,
              "hash": "\(Sample.contents("users").hash)",
              "createdAt": "2026-11-02T00:00:00.000000Z"
            },
            {
              "id": "20261103000000",
              "tag": "20261103000000_posts",
              "parent": "20261102000000",
              "hash": "\(Sample.contents("posts").hash)",
              "createdAt": "2026-11-03T00:00:00.000000Z"
            }
          ]
        }

        """)
  }

  @Test func memoryHoldsTheSame() throws {
    let folder = try TemporaryFolder()
    let storage = InMemoryMigrationStorage()
    let memory = try MigrationDirectory(storage: storage, dialect: "sqlite")
    let disk = try MigrationDirectory(root: folder.path, dialect: "sqlite")
    for directory in [memory, disk] { try Sample.write(["users", "posts"], to: directory) }
    #expect(try memory.load() == disk.load())
    for (name, text) in try folder.files() where name.hasPrefix("sqlite/2026") && name.contains(".") {
      let parts = name.split(separator: "/").map(String.init)
      #expect(storage.file(parts[2], in: parts[1]) == Array(text.utf8))
    }
  }

  @Test func dialectsAreApart() throws {
    let folder = try TemporaryFolder()
    for dialect in ["sqlite", "mysql"] {
      try Sample.write(["users"], to: MigrationDirectory(root: folder.path, dialect: dialect))
    }
    #expect(try MigrationDirectory(root: folder.path, dialect: "sqlite").load().migrations.count == 1)
    #expect(try MigrationDirectory(root: folder.path, dialect: "postgres").load().migrations.isEmpty)
  }

  @Test(arguments: ["", "../users", "a/b", "a b", "a.b", "ü", "a\u{0}", String(repeating: "a", count: 101)])
  func namesThatArePathsAreRefused(_ name: String) throws {
    let directory = try MigrationDirectory(storage: InMemoryMigrationStorage(), dialect: "sqlite")
    let error = #expect(throws: RowanError.self) {
      try directory.write(name: name, at: Sample.time(day: 1), contents: Sample.contents("a"))
    }
    #expect(error?.code == .invalidMigrationName)
    if name != "a" {
      #expect(throws: RowanError.self) { try MigrationDirectory(root: "/tmp", dialect: name) }
    }
  }

  @Test func timesMustGrow() throws {
    let directory = try MigrationDirectory(storage: InMemoryMigrationStorage(), dialect: "sqlite")
    try Sample.write(["users"], to: directory)
    let late = Timestamp(microseconds: Sample.time(day: 1).microseconds + 999_999)
    for time in [Sample.time(day: 0), Sample.time(day: 1), late] {
      let error = #expect(throws: RowanError.self) {
        try directory.write(name: "posts", at: time, contents: Sample.contents("posts"))
      }
      #expect(error?.code == .migrationOutOfOrder)
      #expect(error?.message.contains("20261102000000_users") == true)
    }
    let error = #expect(throws: RowanError.self) {
      try directory.write(
        name: "posts", at: Timestamp(microseconds: .max), contents: Sample.contents("posts"))
    }
    #expect(error?.code == .invalidMigrationName)
    #expect(try directory.load().migrations.count == 1)
  }

  @Test func reviews() throws {
    var contents = Sample.contents("users")
    let file = MigrationFile(
      entry: .init(id: "1", tag: "1", parent: nil, hash: contents.hash, createdAt: Sample.time(day: 1)),
      contents: contents)
    #expect(!file.isReviewed)
    contents.up = contents.up.replacing("REVIEWED: false", with: "REVIEWED: true")
    #expect(MigrationFile(entry: file.entry, contents: contents).isReviewed)
    #expect(contents.hash == file.entry.hash)
    contents.down = "--  reviewed:no\r\n" + contents.down
    #expect(!MigrationFile(entry: file.entry, contents: contents).isReviewed)
  }

  @Test func scriptsNameTheirFile() throws {
    var contents = Sample.contents("users")
    contents.down = "-- rowan:oops"
    let file = MigrationFile(
      entry: .init(id: "1", tag: "20261102000000_users", parent: nil, hash: "", createdAt: Sample.time(day: 1)),
      contents: contents)
    #expect(try file.up(ScriptDialect.sqlite.syntax).steps.count == 1)
    let error = #expect(throws: RowanError.self) { try file.down(ScriptDialect.sqlite.syntax) }
    #expect(error?.code == .invalidDirective)
    #expect(error?.message.hasPrefix("20261102000000_users/down.sql: line 1") == true)
  }
}
