import Testing

@testable import RowanCore

/// How an error puts which column could not be read as what.
@Suite struct DecodingReportTests {
  /// Rows of whose columns only what they are called matters.
  private final class Rows: RowSource {
    private let names: [String]

    init(_ names: [String]) {
      self.names = names
      super.init(cells: .allocate(capacity: 1), columnCount: names.count)
    }

    deinit { cells.deallocate() }

    override var columnNames: [String] { names }
    override func wireType(_ column: Int) -> String? { "int8" }
  }

  /// The error about the second column, `step` being what is known of it.
  private func report(
    _ step: ResultStep?, _ reason: DecodeFailure.Reason = .typeMismatch, names: [String] = ["n", "m"]
  ) throws -> RowanError {
    let compiled = Compiled(
      id: 0, sql: "SELECT", binds: [], bindTypes: [], results: step.map { [ResultStep(), $0] } ?? [], access: .read)
    let failure = DecodeFailure(column: 1, found: .text, reason: reason)
    let error = #expect(throws: RowanError.self) {
      try RowConsumer.read(Rows(names), compiled) { _ -> Void in throw failure }
    }
    return try #require(error)
  }

  @Test func aColumnOfATable() throws {
    let error = try report(ResultStep(name: "code", table: "notes", swiftType: "Int64"))
    #expect(error.message == "column 'code' of 'notes' holds text (int8), which cannot be read as Int64")
    #expect(error.table == "notes")
    #expect(error.columns == ["code"])
  }

  @Test func whatOnlyTheEngineNames() throws {
    let error = try report(ResultStep(swiftType: "Int"))
    #expect(error.message == "column 2, 'm', holds text (int8), which cannot be read as Int")
    #expect(error.table == nil)
    #expect(error.columns == ["m"])
    let null = try report(nil, .unexpectedNull)
    #expect(null.message == "column 2, 'm', is NULL (int8), but is read as a value that is not optional")
  }

  @Test func whatNobodyNames() throws {
    for names in [[], ["n"], ["n", ""]] as [[String]] {
      let error = try report(ResultStep(swiftType: "Int"), names: names)
      #expect(error.message == "column 2 holds text (int8), which cannot be read as Int")
      #expect(error.columns == [])
    }
  }

  @Test func aColumnThatIsNotThere() throws {
    let error = try report(ResultStep(name: "code", table: "notes"), .missingColumn, names: ["n"])
    #expect(error.message == "column 'code' of 'notes' is missing: the row has 1 columns")
    #expect(error.columns == ["code"])
    let typed = try report(ResultStep(name: "code", table: "notes", swiftType: "String"), .missingColumn, names: ["n"])
    #expect(typed.message == "column 'code' of 'notes' is missing, to be read as String: the row has 1 columns")
  }
}
