/// The names of settings: as keys of the file, and, with `ROWAN_` before them, of the environment.
enum SettingKey: String, CaseIterable {
  case url
  case migrations
  case dialects
  case scratchURL = "scratchUrl"
  case drift
  case lockWait
  case development
  case externalTables

  /// What a value in the file must be.
  enum Kind { case text, texts, number, truth }

  var kind: Kind {
    switch self {
    case .url, .migrations, .scratchURL, .drift: .text
    case .dialects, .externalTables: .texts
    case .lockWait: .number
    case .development: .truth
    }
  }

  /// The name in the environment.
  var variable: String {
    switch self {
    case .url: "ROWAN_URL"
    case .migrations: "ROWAN_MIGRATIONS"
    case .dialects: "ROWAN_DIALECTS"
    case .scratchURL: "ROWAN_SCRATCH_URL"
    case .drift: "ROWAN_DRIFT"
    case .lockWait: "ROWAN_LOCK_WAIT"
    case .development: "ROWAN_DEVELOPMENT"
    case .externalTables: "ROWAN_EXTERNAL_TABLES"
    }
  }
}
