public import RowanCore

/// Types that only PostgreSQL has. https://www.postgresql.org/docs/current/datatype.html
extension SQLType {
  /// Text without regard to case, of the extension `citext`.
  public static let citext = SQLType.custom("citext")
  /// A document prepared for full-text search.
  public static let tsvector = SQLType.custom("tsvector")
  /// A query for full-text search.
  public static let tsquery = SQLType.custom("tsquery")
  /// An amount in the currency of the server's locale.
  public static let money = SQLType.custom("money")
  /// The address of a host, with or without its network.
  public static let inet = SQLType.custom("inet")
  /// The address of a network.
  public static let cidr = SQLType.custom("cidr")
  /// A hardware address.
  public static let macaddr = SQLType.custom("macaddr")
  /// XML.
  public static let xml = SQLType.custom("xml")
  /// Pairs of texts, of the extension `hstore`.
  public static let hstore = SQLType.custom("hstore")
  /// JSON kept as the text it came in; `.json` is `jsonb`.
  public static let jsonText = SQLType.custom("json")
  /// A date and a time without a zone; `.timestamp` is an instant.
  public static let timestampWithoutTimeZone = SQLType.custom("timestamp without time zone")
  /// An exact decimal with any number of digits.
  public static let numeric = SQLType.custom("numeric")

  /// A vector of so many numbers, of the extension `vector`.
  public static func vector(_ dimensions: Int) -> SQLType { .custom("vector(\(dimensions))") }

  /// An enumerated type or a domain by its name, which needs no quotes here.
  public static func named(_ name: String, namespace: String? = nil) -> SQLType {
    .custom(
      (namespace.map { [$0, name] } ?? [name]).map { PostgresIdentifier.spelled($0) }.joined(separator: "."))
  }
}
