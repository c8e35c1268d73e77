import RowanCore
import RowanMigrations

extension UnrepresentedObject {
  /// The object as commands show it.
  var json: JSONValue {
    .members([("kind", .string(kind)), ("name", .string(name)), ("reason", .string(reason))])
  }
}
