import RowanCore
import RowanMigrations
import Testing

/// Moving migrations onto another parent.
@Suite struct RebaseTests {
  private let storage = InMemoryMigrationStorage()
  private let directory: MigrationDirectory

  init() throws {
    directory = try MigrationDirectory(storage: storage, dialect: "sqlite")
    try Sample.write(["users", "posts", "tags"], to: directory)
  }

  private func refuse(
    _ code: RowanError.Code, _ rewrites: [MigrationRewrite], onto parent: String?, applied: Set<String> = []
  ) throws {
    let before = try (directory.journal(), storage.folders())
    let error = #expect(throws: RowanError.self) {
      try directory.rebase(rewrites, onto: parent, applied: applied)
    }
    #expect(error?.code == code)
    #expect(error?.hint != nil)
    let after = try (directory.journal(), storage.folders())
    #expect(before == after)
  }

  private func rewrite(_ tag: String, day: Int? = nil) -> MigrationRewrite {
    MigrationRewrite(tag: tag, time: day.map(Sample.time), contents: Sample.contents("moved"))
  }

  @Test func branchesBecomeAChain() throws {
    // What a merge of two branches leaves: posts and tags both follow users.
    var journal = try directory.journal()
    journal.entries[2].parent = journal.entries[0].id
    storage.set(journal: Array(try journal.text().utf8))
    storage.set(Array("kept".utf8), file: "notes.md", in: "20261103000000_posts")
    #expect(throws: RowanError.self) { try directory.load() }

    let history = try directory.rebase(
      [rewrite("20261103000000_posts", day: 5)], onto: "20261104000000_tags", applied: ["20261102000000"])
    #expect(
      history.migrations.map(\.tag) == ["20261102000000_users", "20261104000000_tags", "20261106000000_posts"])
    #expect(history.migrations.map(\.entry.parent) == [nil, "20261102000000", "20261104000000"])
    #expect(history.migrations.last?.contents == Sample.contents("moved"))
    #expect(storage.folders().count == 3)
    #expect(storage.file("notes.md", in: "20261106000000_posts") == Array("kept".utf8))
  }

  @Test func theWholeHistoryCanMove() throws {
    let tags = try directory.journal().entries.map(\.tag)
    let history = try directory.rebase(
      tags.enumerated().map { rewrite($0.element, day: 10 + $0.offset) }, onto: nil, applied: [])
    #expect(history.migrations.map(\.id) == ["20261111000000", "20261112000000", "20261113000000"])
  }

  @Test func refusals() throws {
    let (users, posts, tags) = ("20261102000000_users", "20261103000000_posts", "20261104000000_tags")
    try refuse(.migrationApplied, [rewrite(tags)], onto: posts, applied: ["20261104000000"])
    try refuse(.unknownMigration, [rewrite("20261109000000_nothing")], onto: tags)
    try refuse(.duplicateMigration, [rewrite(tags), rewrite(tags, day: 9)], onto: posts)
    try refuse(.migrationOutOfOrder, [rewrite(tags, day: 2)], onto: posts)
    try refuse(.migrationChainBroken, [rewrite(posts, day: 5)], onto: users)
    try refuse(.migrationChainBroken, [rewrite(tags)], onto: users)
    try refuse(.duplicateMigration, [rewrite(posts, day: 3), rewrite(tags, day: 5)], onto: users)
    try refuse(
      .invalidMigrationName,
      [
        MigrationRewrite(
          tag: tags, time: Timestamp(microseconds: .max), contents: Sample.contents("a"))
      ], onto: posts)
    storage.remove(folder: tags)
    try refuse(.migrationFolderMissing, [rewrite(tags)], onto: posts)
  }
}
