#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import RowanCore
import RowanMigrations

/// The configuration file, checked before it is read: a mistyped name would be a setting that silently does not hold.
struct ConfigurationFile: Sendable {
  /// The name that is looked for where none is given.
  static let defaultName = "rowan.json"

  let path: String

  /// Finds the file.
  /// - Returns: nil where none is named and there is no file of the default name.
  /// - Throws: ``RowanError/Code/invalidConfiguration`` for a named file that is missing.
  static func find(_ named: String?, in folder: String) throws(RowanError) -> ConfigurationFile? {
    let path = absolute(named ?? defaultName, in: folder)
    if FileManager.default.fileExists(atPath: path) { return ConfigurationFile(path: path) }
    guard let named else { return nil }
    throw RowanError(
      .invalidConfiguration, "there is no configuration file \(named)", hint: "rowan init writes one")
  }

  /// A path as seen from `folder`.
  static func absolute(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || folder.isEmpty || folder == "." ? path : "\(folder)/\(path)"
  }

  /// Checks names and kinds.
  func check() throws(RowanError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RowanError(.invalidConfiguration, "\(path) cannot be read", hint: "check its permissions")
    }
    let document: JSONValue
    do {
      document = try JSONValue(String(decoding: data, as: UTF8.self))
    } catch {
      throw RowanError(.invalidConfiguration, "\(path) is no JSON: \(error.message)", hint: error.hint)
    }
    guard case .object(let members) = document else {
      throw RowanError(.invalidConfiguration, "\(path) is no JSON object", hint: "write {\"url\": …}")
    }
    for member in members {
      guard let key = SettingKey(rawValue: member.name) else {
        let known = SettingKey.allCases.map(\.rawValue).joined(separator: ", ")
        throw RowanError(
          .invalidConfiguration, "\(path) has an unknown setting '\(member.name)'", hint: "it can have: \(known)")
      }
      guard key.kind.admits(member.value) else {
        throw RowanError(
          .invalidConfiguration, "\(path): '\(member.name)' is not \(key.kind.words)", hint: "see Docs/cli.md")
      }
    }
  }
}

extension SettingKey.Kind {
  func admits(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.text, .string), (.number, .integer), (.truth, .bool): true
    case (.texts, .array(let elements)): elements.allSatisfy { $0.string != nil }
    default: false
    }
  }

  var words: String {
    switch self {
    case .text: "a text"
    case .texts: "a list of texts"
    case .number: "a whole number"
    case .truth: "true or false"
    }
  }
}
