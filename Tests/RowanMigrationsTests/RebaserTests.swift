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
  private func merged(_ branches: SchemaDefinition...) throws -> MigrationDirectory {
    let storage = InMemoryMigrationStorage()
    let directory = try MigrationDirectory(storage: storage, dialect: dialect.name)
    func generate(_ name: String, _ schema: SchemaDefinition, at seconds: Int64) throws -> MigrationFile {
      let generator = MigrationGenerator(schema: schema, dialect: dialect, directory: directory)
      let generated = try #require(try generator.plan())
      return try directory.write(name: name, at: time(seconds), contents: generated.contents)
    }
    _ = try generate("start", users(), at: 0)
    let base = try directory.journal()
    var journal = base
    var files: [MigrationFile] = []
    for (index, branch) in branches.enumerated() {
      // A branch knows nothing of the others.
      storage.set(journal: Array(try base.text().utf8))
      for file in files { storage.remove(folder: file.tag) }
      files.append(try generate(["one", "other", "third"][index], branch, at: Int64(index + 1) * 10))
      journal.entries += files.suffix(1).map(\.entry)
    }
    storage.set(journal: Array(try journal.text().utf8))
    for file in files {
      for (name, bytes) in try file.contents.files() { storage.set(bytes, file: name, in: file.tag) }
    }
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

  @Test func threeBranchesComeOneAfterTheOther() throws {
    let directory = try merged(
      users(ColumnSchema("a", Int.self)), users(ColumnSchema("b", Int.self)), users(ColumnSchema("c", Int.self)))
    let third = Set(try directory.journal().entries.filter { $0.name == "third" }.map(\.id))
    let moved = try MigrationRebaser(dialect: dialect, directory: directory).rebase(applied: third, at: time(100))
    #expect(moved.map { $0.dropFirst(15) } == ["one", "other"])
    let history = try directory.load()
    #expect(history.migrations.map(\.name) == ["start", "third", "one", "other"])
    #expect(try history.lastSnapshot(dialect).table(ObjectName("users"))?.columns.count == 4)
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
