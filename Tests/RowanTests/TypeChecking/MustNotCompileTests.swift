import Testing

/// Mistakes the compiler has to find, and how it has to put them.
@Suite(.serialized) struct MustNotCompileTests {
  /// One statement with a mistake.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let what: String
    let code: String
    let message: String
    var testDescription: String { what }

    init(_ what: String, _ code: String, says message: String) {
      self.what = what
      self.code = code
      self.message = message
    }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      "a column that is not there", "_ = Author.where { $0.nme == \"a\" }",
      says: "value of type 'Author.Columns' has no member 'nme'"),
    Mistake(
      "another table's column", "_ = Author.where { $0.title == \"a\" }",
      says: "value of type 'Author.Columns' has no member 'title'"),
    Mistake(
      "a literal of another type", "_ = Author.where { $0.score == \"x\" }",
      says: "cannot convert value of type 'String' to expected argument type 'Double'"),
    Mistake(
      "a literal of another type among others",
      "_ = Author.where { $0.name == \"a\" && $0.score == \"x\" && $0.age == 3 }",
      says: "cannot convert value of type 'String' to expected argument type 'Double'"),
    Mistake(
      "a key of another table", "_ = Author.where { $0.id == article.id }",
      says: "cannot convert value of type 'ID<Article, Int64>' to expected argument type 'ID<Author, Int64>'"),
    Mistake(
      "finding by a key of another table", "_ = Author.find(article.id)",
      says: "no exact matches in call to static method 'find'"),
    Mistake(
      "a literal for a key", "_ = Author.find(3)",
      says: "cannot convert value of type 'Int' to expected argument type 'Author.PrimaryKey' (aka 'ID<Author, Int64>')"
    ),
    Mistake(
      "a number compared with a key", "_ = Author.where { $0.id == 3 }",
      says: "cannot convert value of type 'Int' to expected argument type 'ID<Author, Int64>'"),
    Mistake(
      "a text compared with a key", "_ = Author.where { $0.id == \"3\" }",
      says: "cannot convert value of type 'String' to expected argument type 'ID<Author, Int64>'"),
    Mistake(
      "columns of different keys", "_ = Author.join(Article.self) { $0.id == $1.id }",
      says: "operator '==' cannot be applied to operands of type 'Column<Author, ID<Author, Int64>>' and "
        + "'Column<Article, ID<Article, Int64>>'"),
    Mistake(
      "a truth value for a condition", "_ = Author.where { $0.isActive }",
      says: "cannot convert value of type 'Column<Author, Bool>' to closure result type 'Condition'"),
    Mistake(
      "a truth value among conditions", "_ = Author.where { $0.name == \"a\" && $0.isActive }",
      says: "cannot convert value of type 'Column<Author, Bool>' to expected argument type 'Condition'"),
    Mistake(
      "a column outside the grouping key", "_ = Author.all().group { $0.name }.select { key, row in (key, row.age) }",
      says: "after group only keys and aggregates can be selected: use count(), sum(), min(), max() or average()"),
    Mistake(
      "a column alone outside the grouping key", "_ = Author.all().group { $0.name }.select { _, row in row.age }",
      says: "after group only keys and aggregates can be selected: use count(), sum(), min(), max() or average()"),
    Mistake(
      "a column outside the grouping key of a join",
      "_ = Author.join(Article.self) { $0.id == $1.authorID }.group { author, _ in author.name }"
        + ".select { key, _, article in (key, article.title) }",
      says: "after group only keys and aggregates can be selected: use count(), sum(), min(), max() or average()"),
    Mistake(
      "a value in a selection", "_ = Author.all().select { ($0.name, 3) }",
      says: "select takes columns, expressions and whole tables, at most ten of them"),
    Mistake(
      "a missing field of a draft", "_ = Article.insert(.init(authorID: author.id, title: \"t\", published: true))",
      says: "missing argument for parameter 'views' in call"),
    Mistake(
      "a wrong field of a draft",
      "_ = Article.insert(.init(authorID: article.id, title: \"t\", published: true, views: 1))",
      says: "cannot convert value of type 'ID<Article, Int64>' to expected argument type 'ID<Author, Int64>'"),
    Mistake(
      "the outer side of a join as if it were always there",
      """
      let rows = try await Author.leftJoin(Article.self) { $0.id == $1.authorID }.select { ($0.name, $1.title) }
          .fetchAll(db); let title: String = rows[0].1; _ = title
      """,
      says: "(aka 'Optional<String>') must be unwrapped to a value of type 'String'"),
    Mistake(
      "the outer row of a join as if it were always there",
      """
      let rows = try await Author.leftJoin(Article.self) { $0.id == $1.authorID }.fetchAll(db)
        let title: String = rows[0].1.title; _ = title
      """,
      says:
        "value of optional type 'Article?' must be unwrapped to refer to member 'title' of wrapped base type 'Article'"),
    Mistake(
      "a column of the outer side that is not there",
      "_ = Author.leftJoin(Article.self) { $0.id == $1.authorID }.where { $1.titel == \"a\" }",
      says: "has no dynamic member 'titel' using key path from root type 'Article.Columns'"),
    Mistake(
      "an update of a column with another type", "_ = Author.update { $0.score = \"x\" }",
      says: "cannot assign value of type 'String' to type 'Computed<Double>'"),
    Mistake(
      "nil for a column that is not optional", "_ = Author.update { $0.name = nil }",
      says: "'nil' cannot be assigned to type"),
    Mistake(
      "text interpolated as SQL", "let table = \"authors\"; _ = SQL(table)",
      says: "cannot convert value of type 'String' to expected argument type 'SQL'"),
    Mistake(
      "an unbound type in SQL", "struct Unknown {}; _ = SQL(\"SELECT \\(Unknown())\")",
      says: "no exact matches in call to instance method 'appendInterpolation'"),
    // What '@Table' writes for a property whose type no column can hold.
    Mistake(
      "a column of a type no column can hold", "struct Address {}; _ = ColumnSchema(\"address\", Address.self)",
      says: "requires that 'Address' conform to 'ColumnValue'"),
    Mistake(
      "a typed column of a type no column can hold",
      "struct Address {}; let column: Column<Author, Address>? = nil; _ = column",
      says: "type 'Address' does not conform to protocol 'ColumnValue'"),
    Mistake(
      "a value no column can hold", "struct Address {}; var row = RowEncoder(); row.set(0, Address())",
      says: "make the type conform, store it as JSON, or mark the property @Ignored"),
    Mistake(
      "an optional value no column can hold",
      "struct Address {}; var row = RowEncoder(); row.set(0, Optional(Address()))",
      says: "make the type conform, store it as JSON, or mark the property @Ignored"),
    Mistake(
      "an ordering for a condition", "_ = Author.where { $0.name.ascending() }",
      says: "cannot convert value of type 'Ordering' to closure result type 'Condition'"),
    Mistake(
      "a sum of texts", "_ = Author.all().select { $0.name.sum() }",
      says:
        "referencing instance method 'sum()' on 'Aggregatable' requires that 'String' conform to 'NumericColumnValue'"),
    Mistake(
      "a pattern on a number", "_ = Author.where { $0.age.hasPrefix(\"1\") }",
      says: "requires the types"),
  ]

  private static let report = Result { try Report() }

  /// All mistakes, checked in one go.
  private struct Report {
    let byMistake: [String: [TypeChecker.Diagnostic]]

    init() throws {
      var text = SnippetModels.text
      var line = SnippetModels.lines
      var starts: [(String, Range<Int>)] = []
      for (index, mistake) in mistakes.enumerated() {
        let body = """
          func mistake\(index)(_ db: Database, _ author: Author, _ article: Article) async throws {
            \(mistake.code)
          }

          """
        let count = body.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        starts.append((mistake.what, (line + 1)..<(line + count + 1)))
        text += body
        line += count
      }
      let found = try TypeChecker().diagnostics(of: text)
      var byMistake: [String: [TypeChecker.Diagnostic]] = [:]
      for (what, lines) in starts {
        byMistake[what] = found.filter { lines.contains($0.line) && $0.kind == "error" && !$0.isInExpansion }
      }
      self.byMistake = byMistake
    }
  }

  @Test(arguments: mistakes) func isFound(_ mistake: Mistake) throws {
    let found = try MustNotCompileTests.report.get().byMistake[mistake.what] ?? []
    #expect(!found.isEmpty, "it compiles: \(mistake.code)")
    #expect(found.contains { $0.message.contains(mistake.message) }, "\(found)")
  }

  @Test func theModelsAloneCompile() throws {
    #expect(try TypeChecker().diagnostics(of: SnippetModels.text).isEmpty)
  }

  /// No macro can judge a type declared elsewhere: the errors are in what it wrote, name the column and its type, say
  /// what to do, and lead back to the struct.
  @Test func aModelWithATypeNoColumnCanHold() throws {
    let found = try TypeChecker().diagnostics(
      of: """
        import Rowan
        struct Address { var street: String }
        @Table struct Person {
          var name: String
          var home: Address
        }
        """)
    let errors = found.filter { $0.kind == "error" }
    #expect(errors.allSatisfy { $0.isInExpansion }, "\(found)")
    let messages = [
      "initializer 'init(_:property:_:_:default:renamedFrom:)' requires that 'Address' conform to 'ColumnValue'",
      "type 'Address' does not conform to protocol 'ColumnValue'",
      "type 'Address' has no member 'read'",
      "'set' is unavailable: a column holds a ColumnValue: make the type conform, store it as JSON, or mark the property "
        + "@Ignored",
    ]
    for message in messages { #expect(errors.contains { $0.message == message }, "\(message) in \(found)") }
    #expect(errors.allSatisfy { messages.contains($0.message) }, "\(found)")
    #expect(errors.first?.message == messages.first)
    let places = found.filter {
      $0.kind == "note" && $0.message == "in expansion of macro 'Table' on struct 'Person' here"
    }
    #expect(places.count == errors.count && places.allSatisfy { $0.line == 3 && !$0.isInExpansion }, "\(found)")
  }

  /// Of a type declared in the model the macro sees as much as there is: one error, at the property.
  @Test func aModelWithANestedTypeNoColumnCanHold() throws {
    let found = try TypeChecker().diagnostics(
      of: """
        import Rowan
        @Table struct Person {
          struct Address { var street: String }
          var name: String
          var home: Address
        }
        func names() -> Query<Person> { Person.where { $0.name == "a" } }
        """)
    let errors = found.filter { $0.kind == "error" }
    #expect(errors.map(\.line) == [5] && errors.allSatisfy { !$0.isInExpansion }, "\(found)")
    #expect(errors.first?.message.contains("column 'home' cannot hold struct 'Address'") == true, "\(found)")
  }

  /// The fix-its of that error lead to models that compile.
  @Test(arguments: [
    "struct Address: Codable { var street: String }; var home: JSON<Address>",
    "struct Address { var street: String }; @Ignored var home: Address = Address(street: \"a\")",
    "struct Address { var street: String }; @Column var home: Address",
  ])
  func whatTheFixItsLeaveCompiles(_ members: String) throws {
    let found = try TypeChecker().diagnostics(
      of: """
        import Rowan
        @Table struct Person {
          var name: String
          \(members)
        }
        \(members.contains("@Column") ? "extension Person.Address: ColumnValue {" : "enum Other {")
          static var sqlType: SQLType { .text }
          var sqlValue: SQLValue { .text("a") }
          static func read(_ row: inout RowReader) throws(DecodeFailure) -> Person.Address {
            Person.Address(street: try String.read(&row))
          }
        }
        """)
    #expect(found.isEmpty, "\(found)")
  }
}
