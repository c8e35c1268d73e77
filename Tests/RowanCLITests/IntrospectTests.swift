import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

@Suite struct IntrospectTests {
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
  }

  @Test func whatTheModelsDoNotSayIsToldApart() async throws {
    let shell = try CommandLineHarness(Schemas.tool(nil))
    defer { shell.remove() }
    let db = try await Database.open(.sqlite("\(shell.folder)/app.db"))
    for text in [
      "CREATE TABLE authors (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE)",
      "CREATE TABLE books (isbn TEXT PRIMARY KEY NOT NULL, author_id INTEGER NOT NULL REFERENCES authors (id))",
      "CREATE TRIGGER watch AFTER INSERT ON books BEGIN SELECT 1; END",
    ] { try await SQL(text: text).run(db) }
    await db.close()
    let ended = await shell.run("introspect", "--out", "Models", "--type-prefix", "Shop")
    #expect(ended.status == .success, "\(ended)")
    #expect(ended.error.contains("watch") && !ended.output.contains("watch"))
    #expect(
      try shell.read("Models/ShopAuthor.swift") == """
        import Rowan

        @Table("authors")
        struct ShopAuthor {
          @Column(.primaryKey, .generated) let id: ID<ShopAuthor, Int64>
          @Column(.unique) var name: String
        }

        """)
    #expect(try shell.read("Models/ShopBook.swift").contains("var authorID: ID<ShopAuthor, Int64>"))
    let schema = try shell.read("Models/Schema.swift")
    #expect(schema.contains("let schema = SchemaDefinition(tables: [ShopAuthor.self, ShopBook.self])"))
    #expect(schema.hasPrefix("// The database has more than this schema says:\n// - trigger"))
    let json = try await shell.run("introspect", "--out", "Models", "--force", "--json").json()
    #expect(json["unrepresented"]?.array?.map { $0["kind"]?.string } == ["trigger"])
  }
}
