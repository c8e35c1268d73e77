import Testing

/// Types that are no column's value unless an extension, which no macro sees, makes them one.
@Suite struct UnconformedTypeTests {
  private static func says(_ kind: String, json: Bool = true) -> String {
    "column 'x' cannot hold \(kind), which is no 'ColumnValue'; \(json ? "store it as 'JSON', " : "")mark it '@Ignored', "
      + "or mark it '@Column' where an extension conforms it"
  }

  /// A refused container whose fix-its wrap it as `json`, ignore it and keep it.
  private static func refusal(_ type: String, _ kind: String, json: String?) -> RefusedSource {
    .member(
      "var x: \(type)", at: type, says(kind, json: json != nil),
      fixed: (json.map { ["var x: \($0)"] } ?? []) + ["@Ignored var x: \(type)", "@Column var x: \(type)"])
  }

  /// A refused nested type: `declaration` with what `JSON` asks for is `conformed`.
  private static func nestedRefusal(
    _ declaration: String, _ kind: String, of type: String = "Inner", conformed: String? = nil, json: String? = nil
  ) -> RefusedSource {
    let wrapped = conformed.map { ["\($0); var x: \(json ?? "JSON<\(type)>")"] } ?? []
    return .member(
      "\(declaration); var x: \(type)", at: type, says(kind, json: conformed != nil),
      fixed: wrapped + ["\(declaration); @Ignored var x: \(type)", "\(declaration); @Column var x: \(type)"])
  }

  static let containers: [RefusedSource] = [
    refusal("[String: Int]", "a dictionary", json: "JSON<[String: Int]>"),
    refusal("Dictionary<String, Int>?", "a dictionary", json: "JSON<Dictionary<String, Int>>?"),
    refusal("Set<Int>", "a set", json: "JSON<Set<Int>>"),
    refusal("Swift.Set<Int>?", "a set", json: "JSON<Swift.Set<Int>>?"),
    refusal("(Set<Int>)?", "a set", json: "(JSON<Set<Int>>)?"),
    refusal("Optional<Set<Int>>", "a set", json: "Optional<JSON<Set<Int>>>"),
    refusal("[3 of Int]", "an inline array", json: nil),
    refusal("InlineArray<3, Int>", "an inline array", json: nil),
    refusal("[[Int]]", "an array whose element is an array", json: "JSON<[[Int]]>"),
    refusal("[[UInt8?]]", "an array whose element is an array", json: "JSON<[[UInt8?]]>"),
    refusal(
      "Array<Swift.Array<String>>?", "an array whose element is an array",
      json: "JSON<Array<Swift.Array<String>>>?"),
    refusal("[[[UInt8]]]", "an array whose element is an array", json: "JSON<[[[UInt8]]]>"),
    refusal("[[String: Int]]", "an array whose element is a dictionary", json: "JSON<[[String: Int]]>"),
    refusal(
      "[Dictionary<String, Int>?]", "an array whose element is a dictionary",
      json: "JSON<[Dictionary<String, Int>?]>"),
    refusal(
      "[[Set<Int>]]", "an array whose element is an array whose element is a set",
      json: "JSON<[[Set<Int>]]>"),
    .member(
      "public var x: Set<Int> = [1]", at: "Set<Int>", says("a set"),
      fixed: [
        "public var x: JSON<Set<Int>> = JSON([1])", "@Ignored public var x: Set<Int> = [1]",
        "@Column public var x: Set<Int> = [1]",
      ]),
    .member(
      "/// About x.\n  var x: Set<Int>? = nil", at: "Set<Int>?", says("a set"),
      fixed: [
        "/// About x.\n  var x: JSON<Set<Int>>? = nil", "/// About x.\n  @Ignored var x: Set<Int>? = nil",
        "/// About x.\n  @Column var x: Set<Int>? = nil",
      ]),
  ]

  static let nestedTypes: [RefusedSource] = [
    nestedRefusal("struct Inner { var a = 1 }", "struct 'Inner'", conformed: "struct Inner: Codable { var a = 1 }"),
    nestedRefusal("enum Inner { case a }", "enum 'Inner'", conformed: "enum Inner: Codable { case a }"),
    nestedRefusal("struct Inner: Codable {}", "struct 'Inner'", conformed: "struct Inner: Codable {}"),
    nestedRefusal(
      "struct Inner: Encodable & Decodable {}", "struct 'Inner'", conformed: "struct Inner: Encodable & Decodable {}"),
    nestedRefusal(
      "struct Inner: Swift.Hashable, Error {}", "struct 'Inner'",
      conformed: "struct Inner: Swift.Hashable, Error, Codable {}"),
    nestedRefusal(
      "struct Inner: @unchecked Sendable {}", "struct 'Inner'",
      conformed: "struct Inner: @unchecked Sendable, Codable {}"),
    nestedRefusal("public struct Inner {}", "struct 'Inner'", conformed: "public struct Inner: Codable, Sendable {}"),
    nestedRefusal(
      "@frozen public enum Inner: Codable {}", "enum 'Inner'",
      conformed: "@frozen public enum Inner: Codable, Sendable {}"),
    nestedRefusal("final class Inner {}", "class 'Inner'"),
    nestedRefusal("actor Inner {}", "actor 'Inner'"),
    nestedRefusal(
      "struct Inner: Codable {}", "struct 'Inner'", of: "Inner?", conformed: "struct Inner: Codable {}",
      json: "JSON<Inner>?"),
    nestedRefusal(
      "struct Inner: Codable {}", "struct 'Inner'", of: "Self.Inner", conformed: "struct Inner: Codable {}"),
    nestedRefusal("struct Inner: Codable {}", "struct 'Inner'", of: "T.Inner", conformed: "struct Inner: Codable {}"),
    nestedRefusal("struct `Inner` {}", "struct 'Inner'", of: "`Inner`", conformed: "struct `Inner`: Codable {}"),
    nestedRefusal(
      "struct Inner<A> {}", "struct 'Inner'", of: "Inner<Int>", conformed: "struct Inner<A>: Codable {}"),
    nestedRefusal(
      "struct Inner {}", "an array whose element is struct 'Inner'", of: "[Inner]",
      conformed: "struct Inner: Codable {}"),
    .member(
      "var x: Inner = .init()\n  struct Inner {}", at: "Inner", says("struct 'Inner'"),
      fixed: [
        "var x: JSON<Inner> = JSON(.init())\n  struct Inner: Codable {}",
        "@Ignored var x: Inner = .init()\n  struct Inner {}", "@Column var x: Inner = .init()\n  struct Inner {}",
      ]),
  ]

  /// What no extension makes a column's value has no way on but to be ignored.
  static let impossible: [RefusedSource] = [
    .member(
      "var x: [(Int, Int)]", at: "[(Int, Int)]", "column 'x' cannot hold an array whose element is a tuple",
      fixed: ["@Ignored var x: [(Int, Int)]"]),
    .member(
      "@Column(.unique) var x: [any Error]?", at: "[any Error]?",
      "column 'x' cannot hold an array whose element is an existential",
      fixed: ["@Ignored @Column(.unique) var x: [any Error]?"]),
    .member(
      "var x: Array<(() -> Int)?>", at: "Array<(() -> Int)?>",
      "column 'x' cannot hold an array whose element is a function",
      fixed: ["@Ignored var x: Array<(() -> Int)?>"]),
  ]

  @Test(arguments: containers) func container(_ refused: RefusedSource) { refused.check() }
  @Test(arguments: nestedTypes) func nested(_ refused: RefusedSource) { refused.check() }
  @Test(arguments: impossible) func neverConformed(_ refused: RefusedSource) { refused.check() }

  @Test func theDiagnosticStandsAtTheType() {
    let expansion = MacroExpansion("@Table struct T {\n  var a: Int\n  struct B {}\n  var b: B\n}")
    #expect(expansion.diagnostics.map(\.position) == ["4:10"])
    #expect(expansion.diagnostics.map(\.id) == ["unconformed_type"])
    #expect(
      expansion.diagnostics.flatMap { $0.fixIts.map(\.message) } == [
        "store it as 'JSON<B>'", "mark it '@Ignored'",
        "mark it '@Column' if an extension makes its type a 'ColumnValue'",
      ])
    #expect(!expansion.text.contains("B>"))
  }

  @Test func severalPropertiesOfOneType() {
    let expansion = MacroExpansion("@Table struct T {\n  var a, b: Set<Int>\n}")
    #expect(expansion.diagnostics.map(\.id) == ["unconformed_type", "unconformed_type"])
    #expect(
      expansion.diagnostics.first?.fixIts.map(\.result) == [
        "@Table struct T {\n  var a, b: JSON<Set<Int>>\n}", "@Table struct T {\n  @Ignored var a, b: Set<Int>\n}",
        "@Table struct T {\n  @Column var a: Set<Int>\n  @Column var b: Set<Int>\n}",
      ])
  }

  /// Whatever may be a column's value is left to the compiler.
  @Test(arguments: [
    "@Column var x: Set<Int>", "@Column(.unique) var x: [[Int]]?", "struct Inner {}; @Column var x: Inner",
    "struct Inner: ColumnValue {}; var x: Inner", "struct Inner: RowanCore.ColumnValue {}; var x: Inner?",
    "enum Inner: String { case a }; var x: Inner", "enum Inner: ArrayElement {}; var x: [Inner]",
    "enum Inner: Codable & Stored {}; var x: Inner", "class Inner: Base {}; var x: Inner",
    "@Stored struct Inner {}; var x: Inner", "typealias Inner = Int; var x: Inner",
    "struct Inner {}; var x: Inner.Kind",
    "struct Inner {}; var x: Other.Inner", "struct Inner: Codable {}; var x: JSON<Inner>",
    "struct Inner {}; var x: ID<Inner, Int>", "struct Set<A>: ColumnValue {}; var x: Set<Int>",
    "var x: Other.Set<Int>", "var x: Set", "var x: [UInt8]", "var x: [[UInt8]]", "var x: [[Byte]]", "var x: [[A.Byte]]",
    "var x: [[UInt8]?]", "var x: Array<Array<Byte>>", "var x: [Int?]", "@Column var x: [String: [Int]]",
    "@Column var x: Dictionary<String, Int>?", "var x: Other",
  ])
  func whatMayBeAColumnIsOne(_ member: String) {
    let expansion = MacroExpansion("@Table struct T {\n  var ok: Int\n  \(member)\n}")
    #expect(expansion.diagnostics.isEmpty)
    #expect(expansion.text.components(of: "RowanCore.ColumnSchema(") == 2)
  }
}
