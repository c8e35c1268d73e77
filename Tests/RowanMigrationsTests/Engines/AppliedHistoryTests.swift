import Foundation
import RowanCore
import Testing

@testable import RowanMigrations

/// Files that changed after they were applied, or were never read by anyone, change no database.
@Suite struct AppliedHistoryTests {
  @Test(
    "A file changed after it was applied is refused, and so is one whose hash was changed with it",
    arguments: MigrationEngine.all)
  func changedFiles(_ engine: MigrationEngine) async throws {
    try await engine.withFolder { folder, url in
      let setup = try await MigrationSetup.onFiles(url, folder)
      let file = try #require(try setup.generate("start", ShopSchema.first))
      try await setup.migrator().run(.latest)
      let path = "\(folder)/\(setup.dialect.name)/\(file.tag)/up.sql"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try (text + "DROP TABLE orders;\n").write(toFile: path, atomically: true, encoding: .utf8)
      for command in [MigrationCommand.latest, .redo(1), .rollback] {
        let error = await #expect(throws: RowanError.self) { try await setup.migrator().run(command) }
        #expect(error?.code == .migrationTampered)
      }
      // Another history, which is sound by itself, in which the same migration is another.
      let other = MigrationSetup(
        url: url, database: setup.database,
        directory: try MigrationDirectory(storage: InMemoryMigrationStorage(), dialect: setup.dialect.name))
      try other.generate("start", ShopSchema.second)
      let error = await #expect(throws: RowanError.self) { try await other.migrator().run(.latest) }
      #expect(error?.code == .migrationChanged)
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await setup.drift().differences == [])
      #expect(try await setup.migrator().run(.latest) == [])
      await setup.database.close()
    }
  }

  @Test("A file nobody has reviewed is refused; reviewing it changes no hash", arguments: MigrationEngine.all)
  func unreviewedFiles(_ engine: MigrationEngine) async throws {
    try await engine.withFolder { folder, url in
      let setup = try await MigrationSetup.onFiles(url, folder)
      let file = try #require(try setup.generate("start", ShopSchema.first))
      let strict = try setup.migrator(MigrationOptions())
      let error = await #expect(throws: RowanError.self) { try await strict.run(.latest) }
      #expect(error?.code == .migrationNotReviewed)
      #expect(try await setup.introspect().tables.isEmpty)
      let path = "\(folder)/\(setup.dialect.name)/\(file.tag)/up.sql"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let marker = "-- REVIEWED: false\n"
      try #require(text.hasPrefix(marker))
      try ("-- REVIEWED: true\n" + text.dropFirst(marker.count)).write(toFile: path, atomically: true, encoding: .utf8)
      #expect(try await strict.run(.latest).count == 1)
      #expect(try await setup.drift().differences == [])
      await setup.database.close()
    }
  }
}
