import RowanCore
import RowanPostgres
import Testing

@testable import RowanMigrations

/// Two people generate from one migration, and both branches are merged.
@Suite struct RebaserTests {
  private let dialect = PostgresDialect()

  private func users(_ columns: ColumnSchema...) -> SchemaDefinition {
    SchemaDefinition(schemas: [
      TableSchema("users", columns: [ColumnSchema("id", Int64.self, .primaryKey, .generated)] + columns)
    ])
  }

  private func time(_ seconds: Int64) -> Timestamp {
    Timestamp(microseconds: 1_700_000_000_000_000 + seconds * 1_000_000)
  }

  /// A directory with a common migration and one of each branch, as a merge of the journals leaves it.
  private func merged(_ one: SchemaDefinition, _ other: SchemaDefinition) throws -> MigrationDirectory {
    let storage = InMemoryMigrationStorage()
    let directory = try MigrationDirectory(storage: storage, dialect: dialect.name)
    func generate(_ name: String, _ schema: SchemaDefinition, at seconds: Int64) throws -> MigrationFile {
      let generator = MigrationGenerator(schema: schema, dialect: dialect, directory: directory)
      let generated = try #require(try generator.plan())
      return try directory.write(name: name, at: time(seconds), contents: generated.contents)
    }
    _ = try generate("start", users(), at: 0)
    let base = try directory.journal()
    let first = try generate("one", one, at: 10)
    // The other branch knows nothing of the first.
    storage.set(journal: Array(try base.text().utf8))
    storage.remove(folder: first.tag)
    let second = try generate("other", other, at: 20)
    var journal = base
    journal.entries += [first.entry, second.entry]
    storage.set(journal: Array(try journal.text().utf8))
    for (name, bytes) in try first.contents.files() { storage.set(bytes, file: name, in: first.tag) }
    return directory
  }

  @Test func aBranchMovesBehindTheOther() throws {
    let directory = try merged(users(ColumnSchema("a", Int.self)), users(ColumnSchema("b", Int.self)))
    let error = #expect(throws: RowanError.self) { try directory.load() }
    #expect(error?.code == .migrationBranched)
    let moved = try MigrationRebaser(dialect: dialect, directory: directory).rebase(applied: [], at: time(100))
    #expect(moved.map { $0.dropFirst(15) } == ["other"])
    let history = try directory.load()
    #expect(history.migrations.map(\.name) == ["start", "one", "other"])
    let schema = try history.lastSnapshot(dialect)
    #expect(schema.table(ObjectName("users"))?.columns.map(\.name).sorted() == ["a", "b", "id"])
    let both = users(ColumnSchema("a", Int.self), ColumnSchema("b", Int.self))
    #expect(try MigrationGenerator(schema: both, dialect: dialect, directory: directory).plan() == nil)
    #expect(history.migrations.last?.contents.up.contains("ADD COLUMN \"b\"") == true)
  }

  @Test func theBranchThatIsAppliedStays() throws {
    let directory = try merged(users(ColumnSchema("a", Int.self)), users(ColumnSchema("b", Int.self)))
    let applied = Set(try directory.journal().entries.filter { $0.name != "one" }.map(\.id))
    try MigrationRebaser(dialect: dialect, directory: directory).rebase(applied: applied, at: time(100))
    #expect(try directory.load().migrations.map(\.name) == ["start", "other", "one"])
  }

  @Test func whatBothChangedIsAConflict() throws {
    let directory = try merged(users(ColumnSchema("a", Int.self)), users(ColumnSchema("a", String.self)))
    let error = #expect(throws: RowanError.self) {
      try MigrationRebaser(dialect: dialect, directory: directory).rebase(applied: [], at: time(100))
    }
    #expect(error?.code == .migrationConflict)
    #expect(error?.message.contains("column of 'users' 'a'") == true, "\(error?.message ?? "")")
  }
}
