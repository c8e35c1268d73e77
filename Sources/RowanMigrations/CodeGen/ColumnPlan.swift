internal import RowanCore

/// A column as a property: what is written of it, and the same as data, to compare with what was to be said.
struct ColumnPlan {
  var property: String
  var swiftType: String
  /// The options, as source.
  var options: [String] = []
  var defaultArgument: String?
  var comment: String?
  /// Whether nothing changes the property once it is made.
  var isConstant = false
  var schema: ColumnSchema

  init(_ column: ColumnSnapshot, property: String, type: SwiftColumnType) {
    self.property = property
    comment = column.comment
    schema = ColumnSchema(column.name, property: property, String.self)
    schema.type = column.type
    schema.isNullable = column.isNullable
    swiftType = type.swift
    if type.natural != column.type { options.append(column.type.option) }
  }

  /// The attribute's arguments.
  var arguments: [String] {
    var arguments = options
    if !snakeCased(property).unicodeScalars.elementsEqual(schema.name.unicodeScalars) {
      arguments.append("name: \(SwiftLiteral.string(schema.name))")
    }
    if let defaultArgument { arguments.append("default: \(defaultArgument)") }
    return arguments
  }

  /// The property with its attribute.
  var source: String {
    var lines = comment.map { SwiftLiteral.comment($0, indent: "  ") } ?? []
    let declaration = "\(isConstant ? "let" : "var") \(SwiftIdentifier.quoted(property)): \(swiftType)"
    guard !arguments.isEmpty else { return (lines + ["  " + declaration]).joined(separator: "\n") }
    let attribute = SourceLayout.call("@Column", arguments, indent: "  ")
    let line = "\(attribute) \(declaration)"
    if line.contains("\n") || line.count > SourceLayout.width - 2 {
      lines += ["  " + attribute, "  " + declaration]
    } else {
      lines.append("  " + line)
    }
    return lines.joined(separator: "\n")
  }
}
