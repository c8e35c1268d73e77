import Foundation
import Testing

@testable import RowanCore

@Suite struct DecodingRowsTests {
  /// Rows of one text each.
  private final class Texts: RowSource {
    private var rest: [String?]
    private let block = UnsafeMutableRawPointer.allocate(byteCount: 1024, alignment: 8)

    init(_ rows: [String?]) {
      rest = rows.reversed()
      super.init(cells: .allocate(capacity: 2), columnCount: 2)
      affectedRows = 7
    }

    deinit {
      cells.deallocate()
      block.deallocate()
    }

    override func next() throws -> Bool {
      guard let row = rest.popLast() else { return false }
      // The memory of the row before is used again, as drivers do.
      let bytes = Array((row ?? "").utf8)
      for (index, byte) in bytes.enumerated() { block.storeBytes(of: byte, toByteOffset: index, as: UInt8.self) }
      let cell =
        row == nil ? Cell(tag: .null, aux: 0) : Cell.pointing(.text, to: block, count: bytes.count, aux: 0)
      cells[0] = cell
      cells[1] = cell
      return true
    }
  }

  private struct Fixed: ColumnCodec {
    let value: SQLValue
    let storedType = SQLType.text
    let isDeterministic = true
    func encode(_ value: SQLValue) throws(CodecFailure) -> SQLValue { value }
    func decode(_ stored: SQLValue) throws(CodecFailure) -> SQLValue { value }
  }

  private func coding(_ codec: any ColumnCodec) -> ColumnCoding {
    ColumnCoding(
      namespace: nil, table: "t", column: "c", codecs: [codec], storedType: codec.storedType, isDeterministic: true)
  }

  @Test func onlyCodedCellsAreDecoded() throws {
    let base = Texts(["m:a", nil, "m:"])
    let rows = DecodingRows(base, [nil, coding(Marking(mark: "m:"))])
    var reader = RowReader(cells: rows.cells, count: rows.columnCount)
    var read: [[String?]] = []
    while try rows.next() {
      reader.rewind()
      read.append([try String?.read(&reader), try String?.read(&reader)])
      #expect(reader.failure == nil)
    }
    #expect(read == [["m:a", "a"], [nil, nil], ["m:", ""]])
    #expect(rows.affectedRows == 7)
  }

  @Test func whatCannotBeDecodedNamesTheColumn() {
    let rows = DecodingRows(Texts(["s3cr3t"]), [coding(Marking(mark: "m:"))])
    let error = #expect(throws: RowanError.self) { _ = try rows.next() }
    #expect(error?.code == .decodingFailed)
    #expect(error?.columns == ["c"])
    #expect(!"\(String(describing: error))".contains("s3cr3t"))
  }

  /// Every form of value is read as a driver's own cell would be.
  @Test func everyFormOfValue() throws {
    func read<Value: ColumnValue & Equatable>(_ value: Value) throws {
      let rows = DecodingRows(Texts(["x"]), [coding(Fixed(value: value.sqlValue))])
      #expect(try rows.next())
      var reader = RowReader(cells: rows.cells, count: rows.columnCount)
      #expect(try Value.read(&reader) == value)
      #expect(reader.failure == nil)
    }
    try read(true)
    try read(Int64.min)
    try read(UInt64.max)
    try read(1.5)
    try read("täxt")
    try read("")
    try read([UInt8]([0, 1, 255]))
    try read([UInt8]())
    try read(UUID())
    try read(Timestamp(microseconds: -5))
    try read(CalendarDate(days: -3))
    try read(TimeOfDay(microseconds: 5))
    try read(Interval(months: 1, days: -2, microseconds: 3))
    try read(Decimal(string: "-12345.678") ?? 0)
    try read(["a", "b", ""])
    try read([Int64]())
    try read([Timestamp(microseconds: 1)])
    try read(JSON(["a": [1, 2]]))
    try read(Int?.none)
  }

  /// And every stored form reaches the codec as the value that was bound.
  @Test func everyStoredForm() throws {
    let store = CellStore()
    let values: [SQLValue] = [
      .null, .int(-1), .uint(.max), .double(2.5), .text("t"), .bytes([1]), .uuid(UUID()), .json("{}"),
      .timestamp(Timestamp(microseconds: 9)), .date(CalendarDate(days: 9)), .time(TimeOfDay(microseconds: 9)),
      .interval(Interval(days: 9)), .decimal(1.25),
    ]
    for value in values { #expect(try store.cell(value, aux: 0).storedValue() == value) }
    #expect(try store.cell(.bool(true), aux: 0).storedValue() == .int(1))
    #expect(throws: CodecFailure.self) { try Cell(tag: .missing).storedValue() }
    #expect(throws: CodecFailure.self) {
      try Cell(tag: .timestamp, flags: CellFlags.positiveInfinity).storedValue()
    }
  }
}
