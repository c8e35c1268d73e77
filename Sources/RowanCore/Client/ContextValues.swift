/// Values a database handle carries for plugins: the tenant, the user. Explicit, never task-local.
public struct ContextValues: Sendable {
  var values: [String: SQLValue] = [:]
  /// What events call the work of the handle, if it says so. Not part of any statement.
  var label: String?

  /// Makes an empty set.
  public init() {}

  /// The value for `key`.
  /// - Throws: ``RowanError/Code/missingContext`` when there is none; a missing value is never `NULL` and never "no
  ///   filter".
  public func value(_ key: String) throws -> SQLValue {
    guard let value = values[key] else {
      throw RowanError(
        .missingContext, "the statement needs the context value '\(key)', which this handle does not carry",
        hint: "pass it with db.with(\"\(key)\", …)")
    }
    return value
  }
}
