import Rowan
import Testing

@Suite struct MacroModelTests {
  @Test func schemaSaysWhatTheAttributesSay() throws {
    let schema = Reader.schema
    #expect(schema.name == "readers")
    #expect(schema.namespace == "library")
    #expect(schema.renamedFrom == "people")
    #expect(
      schema.columns.map(\.name) == [
        "id", "e_mail", "name", "card", "branch", "fines", "lucky", "is_active", "guardian_id", "nick_name", "visits",
        "greeting",
      ])
    #expect(schema.columns[1].property == "email")
    #expect(schema.columns[1].renamedFrom == "mail")
    #expect(schema.columns.map(\.type)[1...3] == [.varchar(255), .text, .char(8)])
    #expect(schema.columns.filter(\.isNullable).map(\.name) == ["name", "lucky", "guardian_id"])
    #expect(schema.columns.compactMap(\.defaultValue).count == 6)
    #expect(schema.columns[6].defaultValue == .expression("random()"))
    #expect(
      schema.columns[8].references
        == ForeignKeySchema(table: "readers", column: "id", onDelete: .setNull, onUpdate: .cascade))
    #expect(schema.columns[5].check == "fines < 1000")
    #expect(schema.indexes.map(\.name) == ["readers_by_name"])
    #expect(schema.uniques.map(\.columns) == [["card", "branch"]])
    #expect(schema.checks.map(\.expression) == ["fines >= 0"])
    #expect(schema.primaryKey == [0])
  }

  @Test func namesWithoutArguments() {
    #expect(Loan.schema.name == "loan")
    #expect(ShelfPlace.schema.name == "shelf_place")
    #expect(HTTPRequest2.schema.name == "http_request2")
    #expect(`struct`.schema.name == "struct")
    #expect(Odd.schema.name == #"odd "quoted" table"#)
  }

  @Test func draftLeavesOutWhatTheDatabaseFills() {
    #expect(
      encoded(Reader.Draft(email: "a", card: "c")) == [
        #"1: text("a")"#, "2: null", #"3: text("c")"#, "8: null", #"11: text("hello")"#,
      ])
    #expect(encoded(Reader.Draft(id: 3, email: "a", card: "c", lucky: .some(nil))).contains("6: null"))
    #expect(encoded(Reader.named("x")).contains(#"1: text("x")"#))
    #expect(encoded(LogLine.Draft(text: "t")) == [#"0: text("t")"#, "1: int(3)"])
    #expect(encoded(PublicMembership.Draft(userID: 1, groupID: 2)) == ["0: int(1)", "1: int(2)"])
  }

  @Test func recordsRoundTripByPosition() throws {
    let line = LogLine(text: "hello", level: 7)
    let text = Array("hello".utf8)
    let decoded = try text.withUnsafeBytes { text throws(DecodeFailure) in
      let cells = [
        Cell.pointing(.text, to: text.baseAddress, count: text.count, aux: 0), Cell(tag: .int, bits: 7, aux: 1),
      ]
      return try cells.withUnsafeBufferPointer { cells throws(DecodeFailure) in
        guard let start = cells.baseAddress else { return LogLine?.none }
        var row = RowReader(cells: start, count: cells.count)
        let line = try LogLine(row: &row)
        return row.failure == nil ? line : nil
      }
    }
    #expect(decoded == line)
    #expect(encodedRecord(line) == [#"0: text("hello")"#, "1: int(7)"])
  }

  @Test func keysAreTypedAndOrdered() {
    let place = ShelfPlace(shelf: 1, place: 2, title: "t", primaryKey: true)
    #expect(ShelfPlace.primaryKey(of: place) == ShelfPlace.PrimaryKey(shelf: 1, place: 2))
    #expect(ShelfPlace.keyValues(ShelfPlace.primaryKey(of: place)) == [.int(1), .int(2)])
    #expect(ShelfPlace.schema.primaryKey == [0, 1])
    #expect(ShelfPlace.Columns(Slot(0)).primaryKey.ref == ColumnRef(Slot(0), 3))
    #expect(Loan.Columns(Slot(0)).primaryKey.ref == ColumnRef(Slot(0), 0))
    #expect(keyedByNameRow == [.text("k")])
    #expect(keyedByNameSecret.0.column == 1)
  }

  @Test func relationsResolveInBothDirections() {
    #expect(Reader.loans.column == ColumnRef(Slot(1), 1))
    #expect(Reader.wards.column == ColumnRef(Slot(1), 8))
    #expect(Loan.readers.column == ColumnRef(Slot(1), 0))
    #expect(Loan.schema.columns[1].references?.table == "readers")
  }

  @Test func oddDeclarationsLoseNoColumn() {
    #expect(
      Odd.schema.columns.map(\.property) == [
        "id", "a", "b", "c", "raw", "multi", "commented", "optional", "spelledOptional", "swiftOptional", "grouped",
        "groupedOptional", "default", "init", "class", "where", "sameLine", "observed", "watched", "qualified",
        "nested", "nestedOptional", "ownType", "dropped", "checked", "spread", "fullyNamed", "bare", "barer", "nils",
        "isolated", "readOnly", "naïveÉtat", "row", "key", "schema", "record", "encode", "fields",
      ])
    let named = Dictionary(uniqueKeysWithValues: Odd.schema.columns.map { ($0.property, $0) })
    #expect(named["dropped"]?.name == "sql name; DROP")
    #expect(named["fullyNamed"]?.isUnique == true)
    #expect(named["default"]?.name == "default")
    #expect(named["naïveÉtat"]?.name == "naïve_état")
    #expect(named["checked"]?.check == #"text <> '}"{'"#)
    #expect(named["spread"]?.check == "length(spread) > 2\n  AND spread <> '\"'")
    #expect(
      Odd.schema.columns.filter(\.isNullable).map(\.property) == [
        "optional", "spelledOptional", "swiftOptional", "groupedOptional", "class", "nestedOptional",
      ])
    #expect(Generics.schema.columns.map(\.isNullable) == [false, true, false, true])
  }

  @Test func initialValuesKeepTheirText() {
    let draft = Odd.Draft(
      id: 1, a: 1, b: 2, c: "", commented: 1, grouped: 1, default: "", init: 1, where: true, sameLine: true, watched: 1,
      qualified: 1, dropped: 1, checked: "", fullyNamed: 1, bare: 1, barer: 1, nils: 1, isolated: 1, readOnly: 1,
      naïveÉtat: 1, row: 1, key: 1, schema: "", record: 1, encode: 1, fields: 1)
    #expect(draft.raw == #"} var inRaw: Int { "# + #"\"#)
    #expect(draft.multi == "var inMulti: Int }\n  indented interpolated}")
    #expect(draft.ownType == .second)
    #expect(draft.spread == nil)
  }

  @Test func theHandWrittenModelIsTheSame() {
    let written = WrittenLoan.schema
    let expanded = ExpandedLoan.schema
    #expect(written.name == expanded.name)
    #expect("\(written.columns)" == "\(expanded.columns)")
    #expect(written.primaryKey == expanded.primaryKey)
    #expect(written.indexes == expanded.indexes)
    #expect(written.uniques == expanded.uniques)
    #expect(written.checks == expanded.checks)
    #expect(
      encoded(WrittenLoan.Draft(readerID: 1, title: "t")) == encoded(ExpandedLoan.Draft(readerID: 1, title: "t")))
    #expect(
      encodedRecord(WrittenLoan(id: 1, readerID: 2, title: "t", note: nil, renewals: 3))
        == encodedRecord(ExpandedLoan(id: 1, readerID: 2, title: "t", note: nil, renewals: 3)))
    #expect(
      WrittenLoan.Columns(Slot(0)).renewals.ref == ExpandedLoan.Columns(Slot(0)).renewals.ref)
  }
}
