import ArgumentParser

/// The flags of all commands.
struct CommonOptions: ParsableArguments {
  @Option(name: .long, help: "The configuration file (ROWAN_CONFIG; default: rowan.json, if there is one).")
  var config: String?

  @Option(name: .long, help: "The database, such as postgres://user@host/name or sqlite:app.db (ROWAN_URL).")
  var url: String?

  @Option(name: .long, help: "The folder of the migrations (ROWAN_MIGRATIONS; default: Migrations).")
  var migrations: String?

  @Option(name: .long, help: "An engine to work for; may be given more than once (ROWAN_DIALECTS).")
  var dialect: [String] = []

  @Flag(name: .long, help: "Write one JSON document and nothing else to the standard output.")
  var json = false

  var flags: SettingFlags {
    SettingFlags(config: config, url: url, migrations: migrations, dialects: dialect)
  }
}
