import RowanCore
import RowanPostgres
import RowanSQLite
import Testing

@testable import RowanMigrations

@Suite struct DiffTests {
  private let capabilities = PostgresDialect().capabilities

  private func snapshot(_ tables: TableSchema..., views: [ViewSnapshot] = []) throws -> SchemaSnapshot {
    try SchemaDefinition(schemas: tables, views: views).snapshot(for: PostgresDialect())
  }

  private func table(
    _ name: String, _ columns: ColumnSchema..., renamedFrom: String? = nil
  ) -> TableSchema {
    TableSchema(
      name, columns: [ColumnSchema("id", Int64.self, .primaryKey, .generated)] + columns, renamedFrom: renamedFrom)
  }

  private func lines(
    _ before: SchemaSnapshot, _ after: SchemaSnapshot, _ renames: SchemaRenames = SchemaRenames()
  ) throws -> [String] {
    try SchemaDiff(from: before, to: after, renames: renames, capabilities: capabilities).differences
      .map(\.description)
  }

  @Test func equalSchemasDifferInNothing() throws {
    let one = try ShopSchema.first.snapshot(for: PostgresDialect())
    #expect(try lines(one, one) == [])
  }

  @Test func referencedTablesComeFirstAndGoLast() throws {
    let empty = try snapshot()
    let full = try snapshot(
      table("a", ColumnSchema("b_id", Int64.self, .references("b"))), table("b"),
      table("c", ColumnSchema("a_id", Int64.self, .references("a"))))
    #expect(try lines(empty, full) == ["+ table b", "+ table a", "+ table c"])
    #expect(try lines(full, empty) == ["- table c", "- table a", "- table b"])
  }

  @Test func keysThatCloseACycleComeAfterTheTables() throws {
    let empty = try snapshot()
    let full = try snapshot(
      table("a", ColumnSchema("b_id", Int64.self, .references("b"))),
      table("b", ColumnSchema("a_id", Int64.self, .references("a"))))
    #expect(try lines(empty, full) == ["+ table a", "+ table b", "+ foreign key a.fk_a_b_id"])
    #expect(try lines(full, empty) == ["- foreign key a.fk_a_b_id", "- table b", "- table a"])
  }

  @Test func aKeyWhoseColumnsChangeTypeIsMadeAnew() throws {
    func schema(_ type: ColumnOption) throws -> SchemaSnapshot {
      try snapshot(
        TableSchema("a", columns: [ColumnSchema("id", Int64.self, .primaryKey, type)]),
        TableSchema(
          "b",
          columns: [
            ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("a_id", Int64.self, .references("a"), type),
          ]))
    }
    #expect(
      try lines(schema(.type(.integer)), schema(.type(.bigint))) == [
        "- foreign key b.fk_b_a_id", "~ column a.id: integer -> bigint", "~ column b.a_id: integer -> bigint",
        "+ foreign key b.fk_b_a_id",
      ])
  }

  @Test func renamesKeepWhatHangsOnThem() throws {
    let before = try snapshot(table("users", ColumnSchema("mail", String.self, .unique)))
    let after = try snapshot(
      table("people", ColumnSchema("email", String.self, .unique, renamedFrom: "mail"), renamedFrom: "users"))
    var renames = SchemaRenames()
    renames.tables[ObjectName("people")] = ObjectName("users")
    renames.columns[ObjectName("people")] = ["email": "mail"]
    #expect(
      try lines(before, after, renames) == [
        "~ table users: is called people", "~ primary key people.pk_users: is called pk_people",
        "~ unique constraint people.uq_users_mail: is called uq_people_email", "~ column people.mail: is called email",
      ])
    #expect(try lines(after, before, renames.inverted).count == 4)
    // Once it is done the former names say nothing.
    #expect(try lines(after, after, renames) == [])
  }

  @Test func nothingIsRenamedWithoutAWord() throws {
    let before = try snapshot(table("users", ColumnSchema("mail", String.self)))
    let after = try snapshot(table("users", ColumnSchema("e_mail", String.self)))
    let search = RenameSearch(from: before, to: after, answers: RenameAnswers())
    let questions = try search.questions()
    #expect(questions.map(\.description) == ["column 'mail' -> 'e_mail' of 'users'"])
    var answers = RenameAnswers()
    answers.note(questions[0], isRename: false)
    #expect(try RenameSearch(from: before, to: after, answers: answers).questions() == [])
    answers = RenameAnswers()
    answers.note(questions[0], isRename: true)
    #expect(try RenameSearch(from: before, to: after, answers: answers).questions() == [])
    #expect(answers.renames.columns[ObjectName("users")] == ["e_mail": "mail"])
  }

  @Test func whatIsRenamedAndWidenedAtOnceIsAskedAbout() throws {
    let before = try snapshot(table("users", ColumnSchema("name", String.self, .varchar(100))))
    let after = try snapshot(
      table("users", ColumnSchema("full_name", String.self), ColumnSchema("zone", String?.self)))
    let questions = try RenameSearch(from: before, to: after, answers: RenameAnswers()).questions()
    #expect(questions.first?.description == "column 'name' -> 'full_name' of 'users'")
  }

  @Test func tablesAreAlikeByTheirColumns() throws {
    let before = try snapshot(
      table("tags", ColumnSchema("color", String.self), ColumnSchema("rank", Int32.self)),
      TableSchema("users", namespace: "app", columns: [ColumnSchema("id", Int64.self, .primaryKey)]))
    let after = try snapshot(
      table("label", ColumnSchema("color", String.self), ColumnSchema("rank", Int64.self)),
      TableSchema("users", columns: [ColumnSchema("id", Int64.self, .primaryKey)]))
    let questions = try RenameSearch(from: before, to: after, answers: RenameAnswers()).questions()
    let asked = questions.map(\.description)
    #expect(asked.contains("table 'tags' -> 'label'"), "\(asked)")
    #expect(asked.contains("table 'app.users' -> 'users'"), "\(asked)")
  }

  @Test func unlikeThingsAreNotAskedAbout() throws {
    let before = try snapshot(table("users", ColumnSchema("born", CalendarDate.self)))
    let after = try snapshot(table("users", ColumnSchema("rank", Int.self)), table("zebras"))
    #expect(try RenameSearch(from: before, to: after, answers: RenameAnswers()).questions() == [])
  }

  @Test func twoColumnsCannotHaveBeenOne() throws {
    let before = try snapshot(table("users", ColumnSchema("mail", String.self)))
    let after = try snapshot(table("users", ColumnSchema("a", String.self), ColumnSchema("b", String.self)))
    var renames = SchemaRenames()
    renames.columns[ObjectName("users")] = ["a": "mail", "b": "mail"]
    let error = #expect(throws: RowanError.self) { try lines(before, after, renames) }
    #expect(error?.code == .invalidConfiguration)
  }

  @Test func exchangedNamesAreRefused() throws {
    let schema = try snapshot(table("users", ColumnSchema("a", String.self), ColumnSchema("b", Int.self)))
    var renames = SchemaRenames()
    renames.columns[ObjectName("users")] = ["a": "b", "b": "a"]
    let error = #expect(throws: RowanError.self) { try lines(schema, schema, renames) }
    #expect(error?.code == .invalidConfiguration)
    let two = try snapshot(table("a"), table("b"))
    renames = SchemaRenames()
    renames.tables = [ObjectName("a"): ObjectName("b"), ObjectName("b"): ObjectName("a")]
    #expect(throws: RowanError.self) { try lines(two, two, renames) }
  }

  @Test func viewsMakeWayForWhatTheyRead() throws {
    let view = ViewSnapshot(ObjectName("names"), query: SchemaExpression("SELECT name FROM users"))
    let outer = ViewSnapshot(ObjectName("all_names"), query: SchemaExpression("SELECT * FROM names"))
    let before = try snapshot(table("users", ColumnSchema("name", String.self, .varchar(20))), views: [view, outer])
    let after = try snapshot(table("users", ColumnSchema("name", String.self)), views: [view, outer])
    #expect(
      try lines(before, after) == [
        "- view all_names", "- view names", "~ column users.name: varchar(20) -> text", "+ view names",
        "+ view all_names",
      ])
  }

  @Test func canonicalFormsAreComparedOnlyWithTheirLike() {
    func canonical(_ text: String, _ version: String) -> SchemaExpression {
      SchemaExpression(text, canonical: CanonicalSQL(engine: "x", version: version, text: text))
    }
    #expect(SchemaExpression("a > 0").isSame(as: SchemaExpression("a > 0")) == true)
    #expect(SchemaExpression("a > 0").isSame(as: SchemaExpression("a > 1")) == false)
    #expect(canonical("(a > 0)", "1").isSame(as: canonical("(a > 0)", "1")) == true)
    #expect(canonical("(a > 0)", "1").isSame(as: canonical("(a > 1)", "1")) == false)
    #expect(canonical("(a > 0)", "1").isSame(as: canonical("a > 0", "2")) == nil)
    #expect(SchemaExpression("a > 0").isSame(as: canonical("(a > 0)", "1")) == nil)
  }

  @Test func aSnapshotIsReadBackAsItWasWritten() throws {
    let schema = try ShopSchema.second.snapshot(for: SQLiteDialect())
    let json = try schema.json()
    #expect(try SchemaSnapshot(json: json) == schema)
    #expect(try SchemaSnapshot(json: json).json() == json)
    let later = json.replacing("\"version\" : 1", with: "\"version\" : 2")
    let error = #expect(throws: RowanError.self) { try SchemaSnapshot(json: later) }
    #expect(error?.code == .decodingFailed)
    #expect(throws: RowanError.self) { try SchemaSnapshot(json: "{") }
  }
}
