import Testing

@Suite struct TableExpansionTests {
  @Test func aKeyedModel() {
    let expansion = MacroExpansion(
      """
      @Table("users", namespace: "app", checks: [CheckSchema("score >= 0")])
      public struct User {
        @Column(.primaryKey, .generated) public let id: ID<Self, Int64>
        @Column(.varchar(255), name: "e_mail", renamedFrom: "mail") public var email: String
        public var `default`: String?
        @Column(default: .now) var createdAt: Timestamp?
        public var score: Double = 0
        @Ignored var isSelected = false
      }
      """)
    #expect(expansion.diagnostics.isEmpty)
    #expect(
      expansion.text == """
        public struct User {
          public let id: ID<Self, Int64>
          public var email: String
          public var `default`: String?
          var createdAt: Timestamp?
          public var score: Double = 0
          var isSelected = false
        }

        nonisolated extension User: RowanCore.Table, RowanCore.KeyedTable {
          public static let schema: RowanCore.TableSchema = RowanCore.TableSchema(
            "users", namespace: "app",
            columns: [
              RowanCore.ColumnSchema("id", ID<User, Int64>.self, .primaryKey, .generated),
              RowanCore.ColumnSchema("e_mail", property: "email", String.self, .varchar(255), renamedFrom: "mail"),
              RowanCore.ColumnSchema("default", String?.self),
              RowanCore.ColumnSchema("created_at", property: "createdAt", Timestamp?.self, default: .now),
              RowanCore.ColumnSchema("score", Double.self),
            ],
            checks: [CheckSchema("score >= 0")])

          public typealias Row = User
          public typealias AsNullable = RowanCore.Outer<User>

          public init(row: inout RowanCore.RowReader) throws(RowanCore.DecodeFailure) {
            let column0 = try ID<User, Int64>.read(&row)
            let column1 = try String.read(&row)
            let column2 = try String?.read(&row)
            let column3 = try Timestamp?.read(&row)
            let column4 = try Double.read(&row)
            self.init(id: column0, email: column1, default: column2, createdAt: column3, score: column4)
          }

          public func encode(into row: inout RowanCore.RowEncoder) {
            row.set(0, self.id)
            row.set(1, self.email)
            row.set(2, self.`default`)
            row.set(3, self.createdAt)
            row.set(4, self.score)
          }

          public typealias PrimaryKey = ID<User, Int64>
          public static func primaryKey(of record: User) -> PrimaryKey { record.id }
          public static func keyValues(_ key: PrimaryKey) -> Swift.ContiguousArray<RowanCore.SQLValue> {
            [key.sqlValue]
          }

          public struct Columns: RowanCore.HasPrimaryKey {
            public typealias Root = User
            public let rowanSlot: RowanCore.Slot
            public init(_ slot: RowanCore.Slot) { self.rowanSlot = slot }
            public var id: RowanCore.Column<User, ID<User, Int64>> { RowanCore.Column(self.rowanSlot, 0) }
            public var email: RowanCore.Column<User, String> { RowanCore.Column(self.rowanSlot, 1) }
            public var `default`: RowanCore.Column<User, String?> { RowanCore.Column(self.rowanSlot, 2) }
            var createdAt: RowanCore.Column<User, Timestamp?> { RowanCore.Column(self.rowanSlot, 3) }
            public var score: RowanCore.Column<User, Double> { RowanCore.Column(self.rowanSlot, 4) }
            public typealias Key = ID<User, Int64>
            public var primaryKey: RowanCore.Column<User, ID<User, Int64>> { self.id }
          }

          public struct Draft: RowanCore.TableDraft {
            public typealias Model = User
            public var id: ID<User, Int64>?
            public var email: String
            public var `default`: String?
            var createdAt: Timestamp??
            public var score: Double
            init(
              id: ID<User, Int64>? = nil,
              email: String,
              `default`: String? = nil,
              createdAt: Timestamp?? = nil,
              score: Double = 0
            ) {
              self.id = id
              self.email = email
              self.`default` = `default`
              self.createdAt = createdAt
              self.score = score
            }
            public func encode(into row: inout RowanCore.RowEncoder) {
              row.setIfPresent(0, self.id)
              row.set(1, self.email)
              row.set(2, self.`default`)
              row.setIfPresent(3, self.createdAt)
              row.set(4, self.score)
            }
          }
        }
        """)
  }

  @Test func aCompositeKey() {
    let expansion = MacroExpansion(
      """
      @Table
      struct UserRole {
        @Column(.primaryKey) let userID: Int64
        @Column(.primaryKey) let role: String
      }
      """)
    #expect(expansion.diagnostics.isEmpty)
    #expect(
      expansion.text.contains(
        """
          struct PrimaryKey: Swift.Hashable, Swift.Sendable {
            var userID: Int64
            var role: String
            init(userID: Int64, role: String) {
              self.userID = userID
              self.role = role
            }
          }
          static func primaryKey(of record: UserRole) -> PrimaryKey {
            PrimaryKey(userID: record.userID, role: record.role)
          }
          static func keyValues(_ key: PrimaryKey) -> Swift.ContiguousArray<RowanCore.SQLValue> {
            [key.userID.sqlValue, key.role.sqlValue]
          }
        """))
    #expect(expansion.text.contains("struct Columns: RowanCore.TableColumns {"))
    #expect(expansion.text.contains("\"user_role\","))
  }

  @Test func noKey() {
    let expansion = MacroExpansion("@Table(\"lines\") struct Line { var text: String }")
    #expect(expansion.text.contains("nonisolated extension Line: RowanCore.Table {"))
    #expect(!expansion.text.contains("PrimaryKey"))
  }

  @Test func argumentsOfTheTableStandInTheOrderOfItsSchema() {
    let expansion = MacroExpansion(
      """
      @Table(
        "t", namespace: nil, renamedFrom: "old", indexes: [IndexSchema(["a"])], uniques: [],
        checks: [CheckSchema("a > 0")])
      struct T { var a: Int }
      """)
    #expect(
      expansion.text.contains(
        """
            ],
            indexes: [IndexSchema(["a"])],
            uniques: [],
            checks: [CheckSchema("a > 0")],
            renamedFrom: "old")
        """))
  }

  @Test(arguments: [
    ("private", "private", "", "fileprivate "), ("fileprivate", "", "", ""), ("", "private", "", "fileprivate "),
    ("", "public", "", ""), ("package", "public", "package ", "package "), ("public", "package", "public ", "package "),
    ("public", "", "public ", ""), ("public", "public private(set)", "public ", "public "),
  ])
  func membersAreAsVisibleAsWhatTheyStandFor(type: String, property: String, member: String, column: String) {
    let expansion = MacroExpansion("@Table \(type) struct T { \(property) var a: Int }")
    #expect(expansion.diagnostics.isEmpty)
    #expect(expansion.text.contains("\n  \(member)static let schema"))
    #expect(expansion.text.contains("\n    \(column)var a: RowanCore.Column<T, Int>"))
    #expect(expansion.text.contains("\n    \(column)init(a: Int) {"))
  }

  @Test func aRefusedPropertyLeavesTheOthersUsable() {
    let expansion = MacroExpansion(
      """
      @Table struct T {
        @Column(.primaryKey) var id: Int
        var bad = 0
      }
      """)
    #expect(expansion.diagnostics.map(\.id) == ["missing_type"])
    #expect(expansion.text.contains("var id: RowanCore.Column<T, Int>"))
    #expect(expansion.text.contains("throw RowanCore.DecodeFailure("))
    #expect(!expansion.text.contains("self.id = try"))
  }

  /// Where the compiler may write no memberwise initializer, or another one, properties are set one by one.
  @Test(arguments: [
    "@Table struct T { @Column(.primaryKey) var id: Int; init(id: Int) { self.id = id } }",
    "@Table struct T { @Column(.primaryKey) private var id: Int }",
    "@Table struct T { @Column(.primaryKey) var id: Int; @Ignored var other: Int? }",
    "@Table @Other struct T { @Column(.primaryKey) var id: Int }",
    "@Table struct T { @Column(.primaryKey) var id: Int; #members }",
  ]) func modelsWithoutAMemberwiseInitializer(source: String) {
    let text = MacroExpansion(source).text
    #expect(text.contains("self.id = try Int.read(&row)"), "\(text)")
  }

  @Test(arguments: [
    "@Table struct T { @Column(.primaryKey) public let id: Int; @Ignored var other = 1 }",
    "@Table struct T { @Column(.primaryKey) var id: Int { didSet {} }; var name: String { \"x\" } }",
    "@Table struct T { @Column(.primaryKey) var id: Int; static let zero = T(id: 0); func f() {} }",
  ]) func modelsWithAMemberwiseInitializer(source: String) {
    let text = MacroExpansion(source).text
    #expect(text.contains("self.init(id: column0)"), "\(text)")
  }
}
