#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension SchemaSnapshot {
  /// The snapshot as JSON: two blanks a level, keys in alphabetical order, a line break at the end. Equal snapshots have
  /// equal texts.
  /// - Throws: ``RowanError/Code/encodingFailed`` for a default that has no written form.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    } catch {
      throw RowanError(
        .encodingFailed, "the schema has a part that cannot be written as JSON",
        hint: "use an expression in place of the default it names", cause: error)
    }
  }

  /// Reads ``json()`` back.
  /// - Throws: ``RowanError/Code/decodingFailed`` for text that is no snapshot, or one of a later version.
  public init(json: String) throws {
    struct Header: Decodable { var version: Int }
    let data = Data(json.utf8)
    do {
      let found = try JSONDecoder().decode(Header.self, from: data).version
      guard found == Self.currentVersion else {
        throw RowanError(
          .decodingFailed, "a schema snapshot is of version \(found); this library reads \(Self.currentVersion)",
          hint: found > Self.currentVersion ? "update Rowan" : "generate the snapshot again")
      }
      self = try JSONDecoder().decode(SchemaSnapshot.self, from: data)
    } catch let error as RowanError {
      throw error
    } catch {
      throw RowanError(
        .decodingFailed, "a schema snapshot cannot be read", hint: "restore the file from version control",
        cause: error)
    }
  }
}
