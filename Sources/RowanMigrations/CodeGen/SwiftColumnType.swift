internal import RowanCore

/// The Swift type of a column.
struct SwiftColumnType {
  /// The type as source.
  var swift: String
  /// The type a column has whose property is of this one; another has to be stated.
  var natural: SQLType
  /// Whether it can identify rows: `ID<Owner, …>`.
  var isIdentifier = false
  /// Whether its name is Foundation's.
  var needsFoundation = false

  private init(_ swift: String, _ natural: SQLType, isIdentifier: Bool = false, needsFoundation: Bool = false) {
    self.swift = swift
    self.natural = natural
    self.isIdentifier = isIdentifier
    self.needsFoundation = needsFoundation
  }

  /// A type of this schema's own, stored as text where nothing else is stated.
  init(named name: String) { self.init(name, .text) }

  /// The type that holds what a column of `type` holds on the engine called `engine`.
  init(_ type: SQLType, engine: String) {
    switch type {
    case .boolean: self.init("Bool", .boolean)
    case .smallint: self.init("Int16", .smallint, isIdentifier: true)
    case .integer: self.init("Int32", .integer, isIdentifier: true)
    case .bigint: self.init("Int", .bigint)
    case .unsignedTinyint: self.init("UInt8", .unsignedTinyint)
    case .unsignedSmallint: self.init("UInt16", .unsignedSmallint)
    case .unsignedInteger: self.init("UInt32", .unsignedInteger, isIdentifier: true)
    case .unsignedBigint: self.init("UInt64", .unsignedBigint, isIdentifier: true)
    case .real: self.init("Float", .real)
    case .double: self.init("Double", .double)
    case .decimal: self.init("Decimal", .decimal(precision: 38, scale: 10), needsFoundation: true)
    case .char, .varchar, .text: self.init("String", .text, isIdentifier: true)
    case .bytes: self.init("[UInt8]", .bytes)
    case .uuid: self.init("UUID", .uuid, isIdentifier: true, needsFoundation: true)
    case .timestamp: self.init("Timestamp", .timestamp)
    case .date: self.init("CalendarDate", .date)
    case .time: self.init("TimeOfDay", .time)
    case .interval: self.init("Interval", .interval)
    // The document as its text: what is in it, the schema does not say.
    case .json: self.init("String", .text)
    case .custom(let name): self.init(custom: name, engine: engine)
    case .array(let element):
      let inner = SwiftColumnType(element, engine: engine)
      switch element {
      // An array of bytes is bytes, and an array holds no arrays.
      case .unsignedTinyint: self.init("[UInt16]", .array(.unsignedSmallint))
      case .array: self.init("String", .text)
      default: self.init("[\(inner.swift)]", .array(inner.natural), needsFoundation: inner.needsFoundation)
      }
    }
  }

  /// A type of one engine: text, unless its values are read as something else.
  private init(custom name: String, engine: String) {
    let spelled = name.lowercased()
    let base =
      spelled.prefix { $0.isLetter || $0.isNumber || $0 == " " || $0 == "_" }
      .split(separator: " ").first.map(String.init) ?? ""
    switch (engine, base) {
    case ("sqlite", _): self.init(affinity: spelled)
    case ("postgres", "numeric"): self.init("Decimal", .decimal(precision: 38, scale: 10), needsFoundation: true)
    case ("postgres", "timestamp"), ("postgres", "timestamptz"), ("mysql", "datetime"), ("mysql", "timestamp"):
      self.init("Timestamp", .timestamp)
    case ("postgres", "time"), ("mysql", "time"): self.init("TimeOfDay", .time)
    case ("postgres", "interval"): self.init("Interval", .interval)
    case ("mysql", "bigint"): self.init(spelled.contains("unsigned") ? "UInt64" : "Int", .bigint)
    case ("mysql", "tinyint"), ("mysql", "smallint"), ("mysql", "mediumint"), ("mysql", "int"), ("mysql", "year"):
      self.init("Int", .bigint)
    case ("mysql", "float"), ("mysql", "double"): self.init("Double", .double)
    case ("mysql", "decimal"): self.init("Decimal", .decimal(precision: 38, scale: 10), needsFoundation: true)
    case ("mysql", "binary"), ("mysql", "varbinary"), ("mysql", "tinyblob"), ("mysql", "blob"), ("mysql", "mediumblob"):
      self.init("[UInt8]", .bytes)
    default: self.init("String", .text)
    }
  }

  /// By the rules that give a declared type its affinity. https://sqlite.org/datatype3.html#determination_of_column_affinity
  private init(affinity spelled: String) {
    if spelled.contains("int") {
      self.init("Int", .bigint)
    } else if ["char", "clob", "text"].contains(where: { spelled.contains($0) }) {
      self.init("String", .text)
    } else if spelled.contains("blob") {
      self.init("[UInt8]", .bytes)
    } else if ["real", "floa", "doub", "numeric", "decimal", "number"].contains(where: { spelled.contains($0) }) {
      self.init("Double", .double)
    } else {
      self.init("String", .text)
    }
  }

  /// `ID<owner, …>` for what can identify rows.
  func identifying(_ owner: String) -> SwiftColumnType? {
    if swift == "Int" { return SwiftColumnType("ID<\(owner), Int64>", natural) }
    guard isIdentifier else { return nil }
    return SwiftColumnType("ID<\(owner), \(swift)>", natural, needsFoundation: needsFoundation)
  }
}

extension SQLType {
  /// The type as Swift source.
  var source: String {
    switch self {
    case .decimal(let precision, let scale): ".decimal(precision: \(precision), scale: \(scale))"
    case .char(let length): ".char(\(length))"
    case .varchar(let length): ".varchar(\(length))"
    case .array(let element): ".array(\(element.source))"
    case .custom(let name): ".custom(\(SwiftLiteral.string(name)))"
    case .unsignedTinyint: ".unsignedTinyint"
    case .unsignedSmallint: ".unsignedSmallint"
    case .unsignedInteger: ".unsignedInteger"
    case .unsignedBigint: ".unsignedBigint"
    default: ".\(description)"
    }
  }

  /// What `@Column` says of it.
  var option: String {
    switch self {
    case .decimal(let precision, let scale): ".decimal(\(precision), \(scale))"
    case .char(let length): ".char(\(length))"
    case .varchar(let length): ".varchar(\(length))"
    default: ".type(\(source))"
    }
  }
}
