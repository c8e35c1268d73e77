public import RowanCore

extension DatabaseConfiguration {
  /// A SQLite database in a file, or in memory for the path `:memory:`.
  public static func sqlite(_ path: String) -> DatabaseConfiguration { sqlite(SQLiteConfiguration(path: path)) }

  /// A SQLite database.
  public static func sqlite(_ configuration: SQLiteConfiguration) -> DatabaseConfiguration {
    DatabaseConfiguration { try await SQLiteDriver(configuration) }
  }
}

extension DialectProvider {
  /// SQLite, by the scheme `sqlite`: `sqlite:app.db`, `sqlite:///var/lib/app.db`, `sqlite::memory:`.
  /// ``SQLiteConfiguration/init(url:)`` lists the options.
  public static let sqlite = DialectProvider(
    schemes: ["sqlite"], dialect: SQLiteDialect(), configuration: { .sqlite(try SQLiteConfiguration(url: $0)) },
    existing: { url in
      var configuration = try SQLiteConfiguration(url: url)
      if configuration.mode == .readWriteCreate { configuration.mode = .readWrite }
      // Whoever only looks at a file does not change it.
      configuration.setsJournalMode = url.options["journal_mode"] != nil
      return .sqlite(configuration)
    },
    scratch: { _, _ in ScratchPlan(configuration: .sqlite(":memory:")) })
}
