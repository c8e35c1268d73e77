import Foundation
import Rowan
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

/// The models in this folder are rendered from the schemas in `Tests/Goldens/Schemas`; compiled, they say the same.
@Suite struct RenderedModelTests {
  @Test(arguments: ["postgres", "mysql", "sqlite", "hostile"])
  func compiledModelsGiveTheirSchemaBack(name: String) throws {
    let sqlite = SQLiteDialect(capabilities: SQLiteDialect.capabilities(version: 3_040_001))
    let (definition, dialect): (SchemaDefinition, any Dialect) =
      switch name {
      case "postgres": (postgresSchema, PostgresDialect())
      case "mysql": (mysqlSchema, MySQLDialect(.mariaDB, version: 101_100))
      case "sqlite": (sqliteSchema, sqlite)
      default: (hostileSchema, sqlite)
      }
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens/Schemas/\(name).json")
    let wanted = try SchemaSnapshot(json: try String(contentsOf: url, encoding: .utf8))
    let found = try definition.snapshot(for: dialect)
    #expect(found.tables.map(\.name) == wanted.tables.map(\.name))
    for (one, other) in zip(found.tables, wanted.tables) { #expect(one == other) }
    #expect(found == wanted)
  }

  @Test func enumeratedTypesHaveTheirValues() {
    #expect(PostgresMood.allCases.map(\.rawValue) == ["sad", "it's \"ok\"", "happy"])
    #expect(MySQLOrderLineStatus.allCases.map(\.rawValue) == ["new", "in progress", "it's done", "self"])
  }

  @Test func keysOfOneTableAreOfOneType() {
    let person = ID<PersonRecord, Int64>(7)
    let profile = Profile(personID: person, manager: person)
    #expect(Profile.primaryKey(of: profile) == person)
  }
}
