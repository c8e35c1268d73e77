import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

@Suite struct IntrospectTests {
<<<<<<< HEAD
  @Test func modelsAreWrittenAndKept() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    _ = await shell.run("migrate", "latest", "--allow-unreviewed")
    let ended = await shell.run("introspect", "--out", "Models", "--json")
    #expect(ended.status == .success, "\(ended)")
    let files = try ended.json()["files"]?.array?.compactMap(\.string) ?? []
    #expect(files == ["\(shell.folder)/Models/Schema.swift", "\(shell.folder)/Models/User.swift"])
    let model = try shell.read("Models/User.swift")
    #expect(model.contains("@Table(\"users\")"))
    #expect(model.contains("var mail: String"))
    #expect(!(try shell.read("Models/Schema.swift").contains("rowan_migrations")))

    try shell.write("mine", to: "Models/User.swift")
    let refused = await shell.run("introspect", "--out", "Models")
    #expect(refused.status == .failure)
    #expect(refused.error.contains("--force"))
    #expect(try shell.read("Models/User.swift") == "mine")
    #expect(await shell.run("introspect", "--out", "Models", "--force").status == .success)
    #expect(try shell.read("Models/User.swift") == model)
    #expect(await shell.run("introspect", "--out", "Models", "--schema-name", "a b").status == .usage)
    #expect(await shell.run("introspect").status == .usage)
=======
  private func database(_ shell: CommandLineHarness) async throws {
    let db = try await Database.open(.sqlite("\(shell.folder)/app.db"))
    for text in [
      "CREATE TABLE authors (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE)",
      "CREATE TABLE books (isbn TEXT PRIMARY KEY NOT NULL, author_id INTEGER NOT NULL REFERENCES authors (id))",
      "CREATE TRIGGER watch AFTER INSERT ON books BEGIN SELECT 1; END",
    ] { try await SQL(text: text).run(db) }
    await db.close()
  }

  @Test func modelsAreWritten() async throws {
    var shell = try CommandLineHarness(Schemas.tool(nil))
    defer { shell.remove() }
    shell.variables = [:]
    try await database(shell)
    let ended = await shell.run("introspect", "--url", shell.url, "--out", "Sources/Models")
    #expect(ended.status == .success, "\(ended)")
    #expect(ended.error.contains("watch is not in the models"))
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(shell.folder)/Sources/Models").sorted()
    #expect(files == ["Author.swift", "Book.swift", "Schema.swift"])
    #expect(
      try shell.read("Sources/Models/Author.swift") == """
        import Rowan

        @Table("authors")
        struct Author {
          @Column(.primaryKey, .generated) let id: ID<Author, Int64>
          @Column(.unique) var name: String
        }

        """)
    #expect(try shell.read("Sources/Models/Book.swift").contains("authorID: ID<Author, Int64>"))
    let schema = try shell.read("Sources/Models/Schema.swift")
    #expect(schema.contains("let schema = SchemaDefinition(tables: [Author.self, Book.self])"))
    #expect(schema.hasPrefix("// The database has more than this schema says:\n// - trigger"))
  }

  @Test func whatIsThereStays() async throws {
    let shell = try CommandLineHarness(Schemas.tool(nil))
    defer { shell.remove() }
    try await database(shell)
    try shell.write("mine", to: "Book.swift")
    let refused = await shell.run("introspect", "--out", ".")
    #expect(refused.status == .configuration)
    #expect(refused.error.contains("Book.swift"))
    #expect(try shell.read("Book.swift") == "mine")
    #expect(!FileManager.default.fileExists(atPath: "\(shell.folder)/Author.swift"))
    #expect(await shell.run("introspect", "--out", ".", "--force").status == .success)
    #expect(try shell.read("Book.swift").contains("@Table(\"books\")"))
  }

  @Test func jsonNamesTheFiles() async throws {
    let shell = try CommandLineHarness(Schemas.tool(nil))
    defer { shell.remove() }
    try await database(shell)
    let json = try await shell.run(
      "introspect", "--out", "Models", "--schema-name", "shop", "--type-prefix", "Shop", "--json"
    ).json()
    let files = json["files"]?.array?.compactMap(\.string).map { URL(filePath: $0).lastPathComponent }
    #expect(files == ["Shop.swift", "ShopAuthor.swift", "ShopBook.swift"])
    #expect(json["unrepresented"]?.array?.map { $0["kind"]?.string } == ["trigger"])
    #expect(await shell.run("introspect", "--out", "x", "--schema-name", "a b").status == .usage)
>>>>>>> render
  }
}
