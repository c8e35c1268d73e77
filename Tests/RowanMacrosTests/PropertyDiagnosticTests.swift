import Testing

/// One refused declaration: where the diagnostic stands, what it says, and what each fix-it makes of the source.
struct RefusedSource: CustomTestStringConvertible, Sendable {
  var source: String
  var node: String
  var message: String
  var fixed: [String]

  init(_ source: String, at node: String, _ message: String, fixed: [String]) {
    self.source = source
    self.node = node
    self.message = message
    self.fixed = fixed
  }

  var testDescription: String { "\(message) at \(node)" }

  /// The same with `source` and `fixed` as members of a model.
  static func member(_ source: String, at node: String, _ message: String, fixed: [String]) -> RefusedSource {
    func model(_ member: String) -> String { "@Table struct T {\n  var ok: Int\n  \(member)\n}" }
    return RefusedSource(model(source), at: node, message, fixed: fixed.map(model))
  }

  func check() {
    let expansion = MacroExpansion(source)
    #expect(expansion.diagnostics.map(\.message) == [message])
    #expect(expansion.diagnostics.map(\.node) == [node])
    #expect(expansion.diagnostics.flatMap { $0.fixIts.map(\.result) } == fixed)
    #expect(expansion.isWellFormed)
  }
}

@Suite struct PropertyDiagnosticTests {
  static let types: [RefusedSource] = [
    .member(
      "var x = 0", at: "x", "column 'x' needs a written type", fixed: ["var x: Int = 0", "@Ignored var x = 0"]),
    .member(
      "var x = -1.5", at: "x", "column 'x' needs a written type",
      fixed: ["var x: Double = -1.5", "@Ignored var x = -1.5"]),
    .member(
      "var x = \"a\"", at: "x", "column 'x' needs a written type",
      fixed: ["var x: String = \"a\"", "@Ignored var x = \"a\""]),
    .member(
      "var x = true", at: "x", "column 'x' needs a written type",
      fixed: ["var x: Bool = true", "@Ignored var x = true"]),
    .member(
      "/// About x.\n  public var x = make()", at: "x", "column 'x' needs a written type",
      fixed: [
        "/// About x.\n  public var x: <#Type#> = make()", "/// About x.\n  @Ignored public var x = make()",
      ]),
    .member(
      "@Column(.unique) var `x` = [1]", at: "`x`", "column 'x' needs a written type",
      fixed: ["@Column(.unique) var `x`: <#Type#> = [1]", "@Ignored @Column(.unique) var `x` = [1]"]),
    .member(
      "var a = 1, b: Int", at: "a", "column 'a' needs a written type",
      fixed: ["var a: Int = 1, b: Int", "@Ignored var a = 1, b: Int"]),
    .member(
      "var x: Int!", at: "Int!", "column 'x' cannot be implicitly unwrapped",
      fixed: ["var x: Int?", "@Ignored var x: Int!"]),
    .member(
      "var x: Int??", at: "Int??", "column 'x' cannot hold an optional of an optional: SQL has one 'NULL'",
      fixed: ["var x: Int?", "@Ignored var x: Int??"]),
    .member(
      "var x: Optional<Int?>", at: "Optional<Int?>",
      "column 'x' cannot hold an optional of an optional: SQL has one 'NULL'",
      fixed: ["var x: Int?", "@Ignored var x: Optional<Int?>"]),
    .member(
      "var x: (Int, Int)", at: "(Int, Int)", "column 'x' cannot hold a tuple", fixed: ["@Ignored var x: (Int, Int)"]),
    .member("var x: ()", at: "()", "column 'x' cannot hold a tuple", fixed: ["@Ignored var x: ()"]),
    .member(
      "var x: (Int) -> Int", at: "(Int) -> Int", "column 'x' cannot hold a function",
      fixed: ["@Ignored var x: (Int) -> Int"]),
    .member(
      "var x: (@Sendable () -> Int)?", at: "(@Sendable () -> Int)?", "column 'x' cannot hold a function",
      fixed: ["@Ignored var x: (@Sendable () -> Int)?"]),
    .member("var x: Any", at: "Any", "column 'x' cannot hold 'Any'", fixed: ["@Ignored var x: Any"]),
    .member("var x: Any?", at: "Any?", "column 'x' cannot hold 'Any'", fixed: ["@Ignored var x: Any?"]),
    .member(
      "var x: any Error", at: "any Error", "column 'x' cannot hold an existential", fixed: ["@Ignored var x: any Error"]
    ),
    .member(
      "var x: some Error", at: "some Error", "column 'x' cannot hold an opaque type",
      fixed: ["@Ignored var x: some Error"]),
    .member(
      "var x: A & B", at: "A & B", "column 'x' cannot hold a protocol composition", fixed: ["@Ignored var x: A & B"]),
    .member(
      "var x: Int.Type", at: "Int.Type", "column 'x' cannot hold a metatype", fixed: ["@Ignored var x: Int.Type"]),
    .member(
      "var x: [Key]", at: "Key", "'Key' means a declaration of '@Table' here; write the type with what encloses it",
      fixed: ["var x: [<#Module#>.Key]"]),
    .member(
      "enum Key {}; var x: Key?", at: "Key",
      "'Key' means a declaration of '@Table' here; write the type with what encloses it",
      fixed: ["enum Key {}; var x: T.Key?"]),
  ]

  static let declarations: [RefusedSource] = [
    .member(
      "lazy var x: Int = 3", at: "lazy", "lazy property 'x' cannot be a column",
      fixed: ["var x: Int = 3", "@Ignored lazy var x: Int = 3"]),
    .member(
      "weak var x: C?", at: "weak", "weak property 'x' cannot be a column", fixed: ["@Ignored weak var x: C?"]),
    .member(
      "unowned(safe) let x: C", at: "unowned(safe)", "unowned property 'x' cannot be a column",
      fixed: ["@Ignored unowned(safe) let x: C"]),
    .member(
      "var (a, b): (Int, Int)", at: "(a, b)", "a tuple pattern cannot be a column; declare one property for each part",
      fixed: ["@Ignored var (a, b): (Int, Int)"]),
    .member(
      "@Wrapped(3) var x: Int", at: "@Wrapped(3)", "'x' cannot be a column: '@Wrapped' may change what is stored",
      fixed: ["@Ignored @Wrapped(3) var x: Int"]),
    .member(
      "let x: Int = 3", at: "x", "'x' is a constant with a value of its own, so no row can be read into it",
      fixed: ["var x: Int = 3", "static let x: Int = 3", "@Ignored let x: Int = 3"]),
    .member(
      "let x = 3", at: "x", "'x' is a constant with a value of its own, so no row can be read into it",
      fixed: ["var x = 3", "static let x = 3", "@Ignored let x = 3"]),
    .member(
      "#if DEBUG\n  var x: Int\n  #endif", at: "x",
      "column 'x' cannot stand under '#if': a table's columns are fixed",
      fixed: ["#if DEBUG\n  @Ignored var x: Int\n  #endif"]),
    .member(
      "#if os(Linux)\n  #else\n  #if DEBUG\n  var x: Int\n  #endif\n  #endif", at: "x",
      "column 'x' cannot stand under '#if': a table's columns are fixed",
      fixed: ["#if os(Linux)\n  #else\n  #if DEBUG\n  @Ignored var x: Int\n  #endif\n  #endif"]),
    .member(
      "var rowanSlot: Int", at: "rowanSlot",
      "no column's property can be called 'rowanSlot', which '@Table' declares itself; rename the property and name the "
        + "column with '@Column(name: \"rowan_slot\")'", fixed: ["@Ignored var rowanSlot: Int"]),
    .member(
      "@Ignored var x: Int", at: "x", "ignored property 'x' needs a value, since no column gives it one",
      fixed: ["@Ignored var x: Int = <#value#>"]),
    .member(
      "@Ignored let x: Int?", at: "x", "ignored property 'x' needs a value, since no column gives it one",
      fixed: ["@Ignored let x: Int? = <#value#>"]),
  ]

  @Test(arguments: types) func type(_ refused: RefusedSource) { refused.check() }
  @Test(arguments: declarations) func declaration(_ refused: RefusedSource) { refused.check() }

  @Test func aDiagnosticStandsAtItsProperty() {
    let expansion = MacroExpansion("@Table struct T {\n  var a: Int\n    var bad = 0\n  var c: (Int, Int)\n}")
    #expect(expansion.diagnostics.map(\.position) == ["3:9", "4:10"])
    #expect(expansion.diagnostics.map(\.id) == ["missing_type", "unsupported_type"])
  }

  @Test(arguments: [
    "@Ignored var x = 3", "@Ignored var x: Int?", "@Ignored var x: Int!", "@Ignored let x = (1, 2)",
    "@Ignored lazy var x = 3", "@Ignored var (a, b) = (1, 2)", "@Ignored @Wrapped var x: () -> Int = { 3 }",
    "#if DEBUG\n  @Ignored var x = 3\n  #endif", "var x: Int { 3 }", "var x: Int { get { 3 } set {} }",
    "var x: Int { get async throws { 3 } }", "static var x = 3", "static let (a, b) = (1, 2)", "func f() { var x = 3 }",
    "struct Inner { var x = 3 }", "init() { ok = 3 }", "subscript(i: Int) -> Int { i }", "typealias X = Int",
    "#if DEBUG\n  var x: Int { 3 }\n  #endif",
  ])
  func whatIsNoColumnIsLeftAlone(_ member: String) {
    let expansion = MacroExpansion("@Table struct T {\n  var ok: Int\n  \(member)\n}")
    #expect(expansion.diagnostics.isEmpty)
    #expect(expansion.text.components(of: "RowanCore.ColumnSchema(") == 1)
  }
}

extension String {
  /// How often `part` occurs.
  func components(of part: String) -> Int { ranges(of: part).count }
}
