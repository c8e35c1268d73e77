// swift-format-ignore-file
public import Rowan

/// Declarations a reader of source text would stumble over.
@Table(#"odd "quoted" table"#)
struct Odd {
  /// A doc comment with a brace } and `var fake: Int`.
  @Column(.primaryKey)
  @available(macOS 15, *)
  let id:
    Int64
  var a, b: Int, c: String
  var raw: String = #"} var inRaw: Int { "# + #"\"#
  var multi: String = """
    var inMulti: Int }
      indented \("interpolated" + "}")
    """
  var /* var inComment: Int */ commented /* : Double */: /* before */ Int /* after */  // var trailing: Int
  var optional: Int?
  var spelledOptional: Optional<Int>
  var swiftOptional: Swift.Optional<String> = nil
  var grouped: (Int)
  var groupedOptional: ((Int)?)
  var `default`: String
  var `init`: Int
  var `class`: Int?
  var `where`: Bool; var sameLine: Bool
  var observed: Int = 0 {
    didSet { lastObserved = observed }
  }
  var watched: Int {
    willSet { _ = newValue }
  }
  @Ignored var lastObserved = 0
  var qualified: Swift.Int64
  var nested: Kind = .first
  var nestedOptional: Kind? = nil
  var ownType: Self.Kind = Self.preferred
  @Column(name: "sql name; DROP") var dropped: Int
  @Column(.check(#"text <> '}"{'"#)) var checked: String
  @Column(
    .varchar(10),  // how long it is
    .check(
      """
      length(spread) > 2
        AND spread <> '"'
      """),
    default: "a\tb"
  )
  var spread: String
  @Rowan.Column(ColumnOption.unique) var fullyNamed: Int
  @Column() var bare: Int
  @Column var barer: Int
  @Column(name: nil, default: nil) var nils: Int
  nonisolated var isolated: Int
  private(set) var readOnly: Int
  var naïveÉtat: Int
  var row: Int
  var key: Int
  var schema: String
  var record: Int
  var encode: Int
  var fields: Int

  var computed: Int { 3 }
  var computedGet: Int { get { 3 } set { a = newValue } }
  static let shared = 3
  static var sharedComputed: Int { 4 }
  static let preferred = Kind.second
  func method() { var local = 3; local += 1; _ = local }
  subscript(index: Int) -> Int { index }
  struct Inner { var innerProperty = 0 }
  enum Kind: String, ColumnValue {
    case first, second
    static var sqlType: SQLType { .text }
    var sqlValue: SQLValue { .text(rawValue) }
    static func read(_ row: inout RowReader) throws(DecodeFailure) -> Kind {
      guard let kind = Kind(rawValue: row.string()) else { throw row.invalid("unknown kind") }
      return kind
    }
  }
  #if DEBUG
    var debugComputed: Int { 3 }
    @Ignored var debugFlag = false
  #endif
}

/// A dictionary as a column's type, through a conformance of the user's own.
extension [String: [Int]]: ColumnValue {
  public static var sqlType: SQLType { .json }
  public var sqlValue: SQLValue { .json("{}") }
  public static func read(_ row: inout RowReader) throws(DecodeFailure) -> [String: [Int]] {
    _ = row.string()
    return [:]
  }
}

@Table
struct Generics {
  @Column var map: [String: [Int]]
  @Column var mapOptional: [String: [Int]]?
  @Column var spelled: Dictionary<String, Array<Int>>
  @Column(default: .expression("'{}'")) var withDefault: [
    String:  // the key
      [Int]
  ]?
}

/// A keyword as the model's name.
@Table
struct `struct` {
  @Column(.primaryKey) var `func`: Int
}

/// An acronym and a digit in the table's name.
@Table
struct HTTPRequest2 {
  var urlString: String
}
