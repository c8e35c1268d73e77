internal import RowanCore

/// A table as a model: what is written of it, and the same as data, to compare with what was to be said.
struct TablePlan {
  var typeName: String
  var comment: String?
  var columns: [ColumnPlan] = []
  var schema: TableSchema
  /// Types of its columns' own.
  var enums: [EnumPlan] = []
  var needsFoundation = false

  /// The file's text.
  var source: String {
    var lines: [String] = []
    if needsFoundation { lines.append("import Foundation") }
    lines += ["import Rowan", ""]
    lines += comment.map { SwiftLiteral.comment($0) } ?? []
    lines.append(SourceLayout.call("@Table", arguments, indent: ""))
    lines.append("struct \(SwiftIdentifier.quoted(typeName)) {")
    lines += columns.map(\.source)
    lines.append("}")
    return ([lines.joined(separator: "\n") + "\n"] + enums.map(\.source)).joined(separator: "\n")
  }

  private var arguments: [String] {
    var arguments = [SwiftLiteral.string(schema.name)]
    if let namespace = schema.namespace { arguments.append("namespace: \(SwiftLiteral.string(namespace))") }
    if let key = schema.keyConstraint { arguments.append("primaryKey: \(key.source)") }
    func add(_ label: String, _ elements: [String]) {
      if !elements.isEmpty { arguments.append(SourceLayout.list("\(label): ", elements, indent: "  ")) }
    }
    add("indexes", schema.indexes.map { $0.source(indent: "    ") })
    add("uniques", schema.uniques.map(\.source))
    add("checks", schema.checks.map { $0.source(indent: "    ") })
    add("foreignKeys", schema.foreignKeys.map { $0.source(indent: "    ") })
    if let comment = schema.comment { arguments.append("comment: \(SwiftLiteral.string(comment))") }
    return arguments
  }
}

/// Why a table has no model.
struct NoModel: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}
