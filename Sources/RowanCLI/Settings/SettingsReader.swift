import Configuration
import RowanCore
import RowanMigrations

/// Reads settings: flags win over the environment, the environment over the file.
struct SettingsReader: Sendable {
  let flags: SettingFlags
  let variables: [String: String]
  let folder: String

  /// The settings.
  /// - Throws: ``RowanError/Code/invalidConfiguration``, ``RowanError/Code/invalidURL``.
  func settings(_ redaction: inout Redaction) async throws -> ToolSettings {
    let reader = try await reader()
    let drift = try choice(reader.string(forKey: "drift") ?? DriftMode.error.rawValue)
    return ToolSettings(
      url: try url(.url, reader, &redaction),
      migrations: ConfigurationFile.absolute(reader.string(forKey: "migrations") ?? "Migrations", in: folder),
      dialects: list(reader.stringArray(forKey: "dialects")), scratchURL: try url(.scratchURL, reader, &redaction),
      drift: drift, lockWait: try number(.lockWait, reader) ?? 30,
      isDevelopment: try truth(.development, reader) ?? false,
      externalTables: list(reader.stringArray(forKey: "externalTables")) ?? [])
  }

  private func reader() async throws -> ConfigReader {
    var providers: [any ConfigProvider] = [
      InMemoryProvider(name: "flags", values: flagValues),
      EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "rowan"),
    ]
    if let file = try ConfigurationFile.find(flags.config ?? variables["ROWAN_CONFIG"], in: folder) {
      try file.check()
      do {
        providers.append(try await FileProvider<JSONSnapshot>(filePath: .init(file.path)))
      } catch {
        throw RowanError(.invalidConfiguration, "\(file.path) cannot be read", hint: "see Docs/cli.md", cause: error)
      }
    }
    return ConfigReader(providers: providers)
  }

  private var flagValues: [AbsoluteConfigKey: ConfigValue] {
    var values: [AbsoluteConfigKey: ConfigValue] = [:]
    func set(_ key: SettingKey, _ content: ConfigContent?, isSecret: Bool = false) {
      if let content { values[[key.rawValue]] = ConfigValue(content, isSecret: isSecret) }
    }
    set(.url, flags.url.map { .string($0) }, isSecret: true)
    set(.migrations, flags.migrations.map { .string($0) })
    set(.dialects, flags.dialects.isEmpty ? nil : .stringArray(flags.dialects))
    set(.scratchURL, flags.scratchURL.map { .string($0) }, isSecret: true)
    set(.drift, flags.drift.map { .string($0) })
    set(.lockWait, flags.lockWait.map { .int($0) })
    set(.development, flags.allowsUnreviewed ? .bool(true) : nil)
    return values
  }

  private func url(_ key: SettingKey, _ reader: ConfigReader, _ redaction: inout Redaction) throws -> ConnectionURL? {
    guard let text = reader.string(forKey: ConfigKey(key.rawValue), isSecret: true), !text.isEmpty else { return nil }
    let url = try ConnectionURL(text)
    redaction.add(url)
    return url
  }

  private func list(_ values: [String]?) -> [String]? {
    let names = (values ?? []).map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    return names.isEmpty ? nil : names
  }

  private func choice(_ text: String) throws -> DriftMode {
    guard let mode = DriftMode(rawValue: text) else {
      throw RowanError(.invalidConfiguration, "drift is '\(text)'", hint: "it is error, warn or ignore")
    }
    return mode
  }

  private func number(_ key: SettingKey, _ reader: ConfigReader) throws -> Int? {
    let number = reader.int(forKey: ConfigKey(key.rawValue))
    if number == nil, reader.string(forKey: ConfigKey(key.rawValue)) != nil {
      throw RowanError(
        .invalidConfiguration, "\(key.variable) is not a whole number", hint: "write seconds, such as 30")
    }
    guard let number else { return nil }
    guard (0...86_400).contains(number) else {
      throw RowanError(.invalidConfiguration, "\(key.rawValue) is \(number)", hint: "it is 0 to 86400 seconds")
    }
    return number
  }

  private func truth(_ key: SettingKey, _ reader: ConfigReader) throws -> Bool? {
    let value = reader.bool(forKey: ConfigKey(key.rawValue))
    if value == nil, reader.string(forKey: ConfigKey(key.rawValue)) != nil {
      throw RowanError(.invalidConfiguration, "\(key.variable) is neither true nor false", hint: "write true or false")
    }
    return value
  }
}
