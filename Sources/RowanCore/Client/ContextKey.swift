/// The name and type of a value a handle carries for plugins.
///
/// Declare one beside the plugin that reads it:
/// ```swift
/// extension ContextKeys { var tenant: ContextKey<Int64> { ContextKey("tenant") } }
///
/// let mine = db.with(\.tenant, 42)              // a handle; `db` itself stays as it was
/// let filter = $0.tenantID == contextValue(\.tenant)   // in the plugin: read when the statement runs
/// ```
public struct ContextKey<Value: ColumnValue>: Sendable {
  /// The name under which the value travels.
  public let name: String

  /// Makes a key.
  public init(_ name: String) { self.name = name }
}

/// Where context keys are declared, by extension.
public struct ContextKeys: Sendable {
  @usableFromInline init() {}
}

/// A value of the handle a statement runs on, as an expression. A handle without it is
/// ``RowanError/Code/missingContext``.
public func contextValue<V>(_ key: KeyPath<ContextKeys, ContextKey<V>>) -> Computed<V> {
  Computed(.node(.context(ContextKeys()[keyPath: key].name, V.sqlType)))
}

extension Database {
  /// A handle whose statements see `value` under `key`. Explicit, never task-local.
  public func with<V>(_ key: KeyPath<ContextKeys, ContextKey<V>>, _ value: V) -> Database {
    with(ContextKeys()[keyPath: key].name, value)
  }
}

extension Transaction {
  /// A handle on the same transaction whose statements see `value` under `key`.
  public func with<V>(_ key: KeyPath<ContextKeys, ContextKey<V>>, _ value: V) -> Transaction {
    with(ContextKeys()[keyPath: key].name, value)
  }
}
