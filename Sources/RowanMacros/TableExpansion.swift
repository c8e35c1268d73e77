/// Writes the extension `@Table` expands to.
struct TableExpansion {
  let model: TableModel

  /// The whole extension, conforming to `protocols`: those the user does not state.
  func `extension`(conformingTo protocols: [String]) -> String {
    var parts = [schema, typealiases, decoding, encoding]
    if !model.keyColumns.isEmpty { parts.append(key) }
    parts += [columns, DraftExpansion(model: model).source]
    let clause = protocols.isEmpty ? "" : ": " + protocols.map { "RowanCore.\($0)" }.joined(separator: ", ")
    return """
      nonisolated extension \(model.typeName)\(clause) {
      \(parts.joined(separator: "\n\n"))
      }
      """
  }

  private var prefix: String { model.prefix }
  private var columnsAndIndices: [(offset: Int, element: ColumnModel)] { Array(model.columns.enumerated()) }

  private var schema: String {
    let before = model.attribute.arguments.filter { $0.hasPrefix("namespace:") }.map { ", \($0)" }.joined()
    let after = model.attribute.arguments.filter { !$0.hasPrefix("namespace:") }.map { ",\n    \($0)" }.joined()
    let columns = model.columns.map { "      \(columnSchema($0))," }.joined(separator: "\n")
    return """
        \(prefix)static let schema: RowanCore.TableSchema = RowanCore.TableSchema(
          \(literal(model.attribute.name))\(before),
          columns: [
      \(columns)
          ]\(after))
      """
  }

  private func columnSchema(_ column: ColumnModel) -> String {
    var arguments = [literal(column.name)]
    if column.name != column.property { arguments.append("property: \(literal(column.property))") }
    arguments.append("\(column.type).self")
    arguments += column.attribute.options
    if let value = column.attribute.defaultValue { arguments.append("default: \(value)") }
    if let former = column.attribute.renamedFrom { arguments.append("renamedFrom: \(literal(former))") }
    return "RowanCore.ColumnSchema(\(arguments.joined(separator: ", ")))"
  }

  private var typealiases: String {
    """
      \(prefix)typealias Row = \(model.typeName)
      \(prefix)typealias AsNullable = RowanCore.Outer<\(model.typeName)>
    """
  }

  private var decoding: String {
    var reads = model.columns.map { "    self.\($0.identifier) = try \($0.type).read(&row)" }
    if model.hasMemberwiseInitializer {
      let arguments = columnsAndIndices.map { "\($0.element.label): column\($0.offset)" }
      reads = columnsAndIndices.map { "    let column\($0.offset) = try \($0.element.type).read(&row)" }
      reads.append("    self.init(\(arguments.joined(separator: ", ")))")
    }
    if model.isRefused {
      reads = ["    throw RowanCore.DecodeFailure(column: 0, found: .missing, reason: .missingColumn)"]
    }
    return """
        \(prefix)init(row: inout RowanCore.RowReader) throws(RowanCore.DecodeFailure) {
      \(reads.joined(separator: "\n"))
        }
      """
  }

  private var encoding: String {
    let writes = columnsAndIndices.map { "    row.set(\($0.offset), self.\($0.element.identifier))" }
    return """
        \(prefix)func encode(into row: inout RowanCore.RowEncoder) {
      \(writes.joined(separator: "\n"))
        }
      """
  }

  private var key: String {
    guard let single = model.singleKey else { return compositeKey }
    return """
        \(prefix)typealias PrimaryKey = \(single.type)
        \(prefix)static func primaryKey(of record: \(model.typeName)) -> PrimaryKey { record.\(single.identifier) }
        \(prefix)static func keyValues(_ key: PrimaryKey) -> Swift.ContiguousArray<RowanCore.SQLValue> {
          [key.sqlValue]
        }
      """
  }

  private var compositeKey: String {
    let parts = model.keyColumns
    let properties = parts.map { "    \(prefix)var \($0.identifier): \($0.type)" }
    let parameters = parts.map { "\($0.identifier): \($0.type)" }
    let assignments = parts.map { "      self.\($0.identifier) = \($0.identifier)" }
    let arguments = parts.map { "\(label($0)): record.\($0.identifier)" }
    let values = parts.map { "key.\($0.identifier).sqlValue" }
    return """
        \(prefix)struct PrimaryKey: Swift.Hashable, Swift.Sendable {
      \(properties.joined(separator: "\n"))
          \(prefix)init(\(parameters.joined(separator: ", "))) {
      \(assignments.joined(separator: "\n"))
          }
        }
        \(prefix)static func primaryKey(of record: \(model.typeName)) -> PrimaryKey {
          PrimaryKey(\(arguments.joined(separator: ", ")))
        }
        \(prefix)static func keyValues(_ key: PrimaryKey) -> Swift.ContiguousArray<RowanCore.SQLValue> {
          [\(values.joined(separator: ", "))]
        }
      """
  }

  /// The property as the label of an argument, where Swift warns of backticks that it does without.
  private func label(_ column: ColumnModel) -> String {
    let isPlain = column.property.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isLetterOrDigit }
    return isPlain && !["inout", "let", "var"].contains(column.property) ? column.property : column.identifier
  }

  private var columns: String {
    let accessors = columnsAndIndices.map { index, column in
      "    \(model.prefix(column))var \(column.identifier): RowanCore.Column<\(model.typeName), \(column.type)> "
        + "{ RowanCore.Column(self.rowanSlot, \(index)) }"
    }
    var key = ""
    if let single = model.singleKey {
      key = "\n    \(prefix)typealias Key = \(single.type)"
      if single.property != "primaryKey" {
        key += "\n    \(prefix)var primaryKey: RowanCore.Column<\(model.typeName), \(single.type)> "
        key += "{ self.\(single.identifier) }"
      }
    }
    return """
        \(prefix)struct Columns: RowanCore.\(model.singleKey == nil ? "TableColumns" : "HasPrimaryKey") {
          \(prefix)typealias Root = \(model.typeName)
          \(prefix)let rowanSlot: RowanCore.Slot
          \(prefix)init(_ slot: RowanCore.Slot) { self.rowanSlot = slot }
      \(accessors.joined(separator: "\n"))\(key)
        }
      """
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
