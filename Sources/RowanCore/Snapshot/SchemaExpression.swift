/// SQL inside a schema: the condition of a CHECK, a default, the query of a view.
///
/// Servers rewrite what they are given, so the text of one that was written and of one that was read back cannot be
/// compared: two expressions are equal where both have a canonical form of one engine and version, or where neither has
/// and the sources are the same. Everything else takes a scratch database to decide.
public struct SchemaExpression: Sendable, Hashable, Codable {
  /// What was written; what the server gave back, where it was read from one.
  public var source: String
  /// What a server made of it.
  public var canonical: CanonicalSQL?

  /// An expression as it was written.
  public init(_ source: String, canonical: CanonicalSQL? = nil) {
    self.source = source
    self.canonical = canonical
  }

  /// Whether the two say the same; nil where their texts cannot tell.
  public func isSame(as other: SchemaExpression) -> Bool? {
    switch (canonical, other.canonical) {
    case (let one?, let two?) where one.engine == two.engine && one.version == two.version: one.text == two.text
    case (nil, nil): source == other.source
    default: source == other.source ? true : nil
    }
  }
}

/// The form in which one version of one engine keeps an expression.
public struct CanonicalSQL: Sendable, Hashable, Codable {
  /// The engine, as it calls itself.
  public var engine: String
  /// Its version.
  public var version: String
  /// The text.
  public var text: String

  /// Makes a canonical form.
  public init(engine: String, version: String, text: String) {
    self.engine = engine
    self.version = version
    self.text = text
  }
}
