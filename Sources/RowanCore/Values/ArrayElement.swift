/// A type that an array column's elements can have.
///
/// The defaults make any ``ColumnValue`` of one column an element, an enum for instance:
/// ```swift
/// enum Tag: String, ColumnValue, ArrayElement { case new, sale }
/// ```
/// A type overrides them to make its arrays something else, as `UInt8` does: `[UInt8]` is bytes.
public protocol ArrayElement: ColumnValue {
  /// The column type of an array of these.
  static var arrayType: SQLType { get }

  /// An array of these in the form drivers bind.
  static func arrayValue(_ elements: [Self]) -> SQLValue

  /// Reads an array of these from the row's next column.
  static func readArray(_ row: inout RowReader) throws(DecodeFailure) -> [Self]
}

extension ArrayElement {
  /// ``SQLType/array(_:)`` of the element's type.
  @inlinable public static var arrayType: SQLType { .array(sqlType) }

  /// ``SQLValue/array(_:)`` of the elements' values; when an element fails to encode, the array does.
  public static func arrayValue(_ elements: [Self]) -> SQLValue {
    var values = ContiguousArray<SQLValue>()
    values.reserveCapacity(elements.count)
    for element in elements {
      let value = element.sqlValue
      if case .invalid = value { return value }
      values.append(value)
    }
    return .array(SQLArray(element: sqlType, values: values))
  }

  /// Reads the elements of an array cell, or of a JSON array on engines without arrays. A failure is that of the
  /// array's column.
  public static func readArray(_ row: inout RowReader) throws(DecodeFailure) -> [Self] {
    let cell = row.next()
    switch cell.tag {
    case .array:
      guard cell.length > 0 else { return [] }
      guard let cells = cell.pointer?.assumingMemoryBound(to: Cell.self) else { break }
      return try row.elements(Self.self, cells: cells, count: Int(cell.length))
    case .json, .text:
      return try row.elements(Self.self, json: cell)
    default: break
    }
    row.mismatch(cell)
    return []
  }
}

extension RowReader {
  /// Reads `count` elements; on failure returns what it has, or throws where an element does.
  mutating func elements<Element: ColumnValue>(
    _: Element.Type, cells: UnsafePointer<Cell>, count: Int
  ) throws(DecodeFailure) -> [Element] {
    var elements: [Element] = []
    elements.reserveCapacity(count)
    for index in 0..<count {
      var reader = RowReader(cells: cells + index, count: 1)
      guard let element = try element(Element.self, from: &reader) else { break }
      elements.append(element)
    }
    return elements
  }

  /// Reads one element; notes its failure as the array's and returns nil, or throws it where the element does.
  mutating func element<Element: ColumnValue>(
    _: Element.Type, from reader: inout RowReader
  ) throws(DecodeFailure) -> Element? {
    let element: Element
    do throws(DecodeFailure) {
      element = try Element.read(&reader)
    } catch {
      throw failure ?? DecodeFailure(column: index &- 1, found: error.found, reason: error.reason)
    }
    guard let found = reader.failure else { return element }
    note(DecodeFailure(column: index &- 1, found: found.found, reason: found.reason))
    return nil
  }
}

extension Array: ColumnValue where Element: ArrayElement {
  /// ``ArrayElement/arrayType`` of the elements.
  @inlinable public static var sqlType: SQLType { Element.arrayType }
  /// ``ArrayElement/arrayValue(_:)`` of the elements.
  @inlinable public var sqlValue: SQLValue { Element.arrayValue(self) }
  /// Reads the next column. Throws what the elements' type throws.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> [Element] {
    try Element.readArray(&row)
  }
}
