import Testing

@Suite struct AttributeDiagnosticTests {
  static let columns: [RefusedSource] = [
    .member(
      "@Column(.primaryKey) var x: Int?", at: "Int?", "primary key column 'x' cannot be optional",
      fixed: ["@Column(.primaryKey) var x: Int"]),
    .member(
      "@Column(.primaryKey, .generated) var x: Optional<Int>", at: "Optional<Int>",
      "primary key column 'x' cannot be optional", fixed: ["@Column(.primaryKey, .generated) var x: Int"]),
    .member(
      "@Column(.generated) var x: Int?", at: "Int?", "generated column 'x' cannot be optional",
      fixed: ["@Column(.generated) var x: Int"]),
    .member(
      "@Column(.generated, default: 3) var x: Int", at: "default: 3", "generated column 'x' cannot have a default",
      fixed: ["@Column(.generated) var x: Int"]),
    .member(
      "@Column(.generated, default: 3, renamedFrom: \"y\") var x: Int", at: "default: 3,",
      "generated column 'x' cannot have a default", fixed: ["@Column(.generated, renamedFrom: \"y\") var x: Int"]),
    .member(
      "@Column(option) var x: Int", at: "option",
      "write a column option as a member, such as '.unique': '@Table' reads it as source", fixed: []),
    .member(
      "@Column(Other.primaryKey) var x: Int", at: "Other.primaryKey",
      "write a column option as a member, such as '.unique': '@Table' reads it as source", fixed: []),
    .member(
      "@Column(name: \"\\(x)\") var x: Int", at: "\"\\(x)\"", "a column's name must be a plain string literal",
      fixed: []),
    .member(
      "@Column(name: names.x) var x: Int", at: "names.x", "a column's name must be a plain string literal", fixed: []),
    .member("@Column(name: \"\") var x: Int", at: "\"\"", "a name in the database cannot be empty", fixed: []),
    .member(
      "@Column(renamedFrom: old) var x: Int", at: "old", "a column's former name must be a plain string literal",
      fixed: []),
    .member(
      "@Column(.unique) @Column(.indexed) var x: Int", at: "@Column(.indexed)", "'x' has more than one '@Column'",
      fixed: ["@Column(.unique) var x: Int"]),
    .member(
      "@Ignored @Column(.unique) var x: Int = 3", at: "@Column(.unique)", "'x' is either a column or ignored",
      fixed: ["@Ignored var x: Int = 3", "@Column(.unique) var x: Int = 3"]),
    .member(
      "@Column(name: \"ok\") var x: Int", at: "x", "column name 'ok' is already taken by property 'ok'",
      fixed: ["@Column(name: \"<#name#>\") var x: Int"]),
    .member(
      "var OK: Int", at: "OK", "column name 'ok' is already taken by property 'ok'",
      fixed: [
        "@Column(name: \"<#name#>\") var OK: Int"
      ]),
    .member(
      "@Column(.unique, default: 3) var `Ok`: Int", at: "`Ok`", "column name 'ok' is already taken by property 'ok'",
      fixed: ["@Column(.unique, name: \"<#name#>\", default: 3) var `Ok`: Int"]),
    .member(
      "@Column(default: 3) var Ok: Int", at: "Ok", "column name 'ok' is already taken by property 'ok'",
      fixed: ["@Column(name: \"<#name#>\", default: 3) var Ok: Int"]),
    .member(
      "@Column() var Ok: Int", at: "Ok", "column name 'ok' is already taken by property 'ok'",
      fixed: ["@Column(name: \"<#name#>\") var Ok: Int"]),
    .member(
      "@Column var Ok: Int", at: "Ok", "column name 'ok' is already taken by property 'ok'",
      fixed: ["@Column(name: \"<#name#>\") var Ok: Int"]),
    .member(
      "@Column var x: Int { 3 }", at: "@Column", "'@Column' applies to stored instance properties only",
      fixed: ["var x: Int { 3 }"]),
    .member(
      "@Column(.unique) static var x: Int = 3", at: "@Column(.unique)",
      "'@Column' applies to stored instance properties only", fixed: ["static var x: Int = 3"]),
    .member(
      "@Ignored func f() {}", at: "@Ignored", "'@Ignored' applies to stored instance properties only",
      fixed: ["func f() {}"]),
  ]

  static let tables: [RefusedSource] = [
    RefusedSource(
      "@Table final class T { var x: Int = 0 }", at: "class", "'@Table' needs a struct; 'T' is a class",
      fixed: ["@Table struct T { var x: Int = 0 }"]),
    RefusedSource(
      "@Table actor T { var x: Int = 0 }", at: "actor", "'@Table' needs a struct; 'T' is an actor",
      fixed: ["@Table struct T { var x: Int = 0 }"]),
    RefusedSource("@Table enum T { case a }", at: "enum", "'@Table' needs a struct; 'T' is an enum", fixed: []),
    RefusedSource(
      "@Table struct T<V> { var x: V }", at: "<V>",
      "'@Table' cannot be applied to generic struct 'T': a table's columns are fixed", fixed: []),
    RefusedSource(
      "@Table struct T: Equatable, ~Copyable { var x: Int }", at: "~Copyable",
      "'@Table' needs a copyable struct; 'T' is not",
      fixed: []),
    RefusedSource(
      "enum Space { @Table struct T { var x: Int } }", at: "T",
      "'@Table' needs a struct at the top level of a file; 'T' is nested", fixed: []),
    RefusedSource(
      "extension Space { @Table struct T { var x: Int } }", at: "T",
      "'@Table' needs a struct at the top level of a file; 'T' is nested", fixed: []),
    RefusedSource(
      "func f() { @Table struct T { var x: Int } }", at: "T",
      "'@Table' needs a struct at the top level of a file; 'T' is nested", fixed: []),
    RefusedSource(
      "@Table struct T { var x: Int { 3 } }", at: "T", "'T' has no stored property that is a column", fixed: []),
    RefusedSource(
      "@Table struct Model { var x: Int }", at: "Model",
      "'@Table' declares a 'Model' of its own; give this one another name", fixed: []),
    RefusedSource(
      "@Table struct T { var x: Int; struct Draft {} }", at: "Draft",
      "'@Table' declares a 'Draft' of its own; give this one another name", fixed: []),
    RefusedSource(
      "@Table struct T { var x: Int; static let schema = 3 }", at: "schema",
      "'@Table' declares a 'schema' of its own; give this one another name", fixed: []),
    RefusedSource(
      "@Table struct T { @Column(.primaryKey) var x: Int; var primaryKey: Int }", at: "primaryKey",
      "no column's property can be called 'primaryKey', which '@Table' declares itself; rename the property and name "
        + "the column with '@Column(name: \"primary_key\")'",
      fixed: ["@Table struct T { @Column(.primaryKey) var x: Int; @Ignored var primaryKey: Int }"]),
    RefusedSource(
      "@Table(name) struct T { var x: Int }", at: "name", "a table's name must be a plain string literal", fixed: []),
    RefusedSource(
      "@Table(\"\") struct T { var x: Int }", at: "\"\"", "a name in the database cannot be empty", fixed: []),
    RefusedSource(
      "@Table(namespace: \"a\\(1)\") struct T { var x: Int }", at: "\"a\\(1)\"",
      "a table's namespace must be a plain string literal", fixed: []),
    RefusedSource(
      "@Table(indexes: [IndexSchema([\"userID\", \"id\"])]) struct T { var id: Int; var userID: Int }",
      at: "\"userID\"", "the table has no column called 'userID'",
      fixed: ["@Table(indexes: [IndexSchema([\"user_id\", \"id\"])]) struct T { var id: Int; var userID: Int }"]),
    RefusedSource(
      "@Table(uniques: [.init([\"a\", \"b\"])]) struct T { var a: Int }", at: "\"b\"",
      "the table has no column called 'b'", fixed: []),
    RefusedSource(
      "struct T { @Column(.unique) var a: Int }", at: "@Column(.unique)",
      "'@Column' says nothing outside a '@Table' struct", fixed: ["struct T { var a: Int }"]),
  ]

  @Test(arguments: columns) func column(_ refused: RefusedSource) { refused.check() }
  @Test(arguments: tables) func table(_ refused: RefusedSource) { refused.check() }

  @Test func severalPropertiesWithOneColumn() {
    let expansion = MacroExpansion(
      """
      @Table struct T {
        /// Both.
        @Column(.unique) public var a: Int = 3, b, c: String
      }
      """)
    // Swift refuses the attribute as well, without a fix-it.
    let refused = expansion.diagnostics.filter { $0.id == "column_on_several" }
    #expect(refused.map(\.node) == ["@Column(.unique)"])
    #expect(
      refused.flatMap { $0.fixIts.map(\.result) } == [
        """
        @Table struct T {
          /// Both.
          @Column(.unique) public var a: Int = 3
          @Column(.unique) public var b: String
          @Column(.unique) public var c: String
        }
        """
      ])
  }
}
