internal import RowanCore

extension IndexSchema {
  /// The index as Swift source.
  func source(indent: String) -> String {
    var arguments: [String] = []
    let columns = elements.compactMap { $0 == IndexElement(column: $0.column ?? "") ? $0.column : nil }
    if columns.count == elements.count {
      arguments.append(SwiftLiteral.strings(columns))
    } else {
      arguments.append(SourceLayout.list("elements: ", elements.map(\.source), indent: indent + "  "))
    }
    if let name { arguments.append("name: \(SwiftLiteral.string(name))") }
    if isUnique { arguments.append("unique: true") }
    if let predicate { arguments.append("where: \(SwiftLiteral.string(predicate))") }
    if !including.isEmpty { arguments.append("including: \(SwiftLiteral.strings(including))") }
    if let method { arguments.append("method: \(SwiftLiteral.string(method))") }
    return SourceLayout.call("IndexSchema", arguments, indent: indent)
  }
}

extension IndexElement {
  /// The element as Swift source.
  var source: String {
    if let column {
      if self == .column(column) { return ".column(\(SwiftLiteral.string(column)))" }
      if self == .descending(column) { return ".descending(\(SwiftLiteral.string(column)))" }
    } else if let expression, self == .expression(expression.source) {
      return ".expression(\(SwiftLiteral.string(expression.source)))"
    }
    var arguments: [String] = []
    if let column { arguments.append("column: \(SwiftLiteral.string(column))") }
    if let expression { arguments.append("expression: SchemaExpression(\(SwiftLiteral.string(expression.source)))") }
    if isDescending { arguments.append("descending: true") }
    if let nulls { arguments.append("nulls: .\(nulls.rawValue)") }
    if let operatorClass { arguments.append("operatorClass: \(SwiftLiteral.string(operatorClass))") }
    if let collation { arguments.append("collation: \(SwiftLiteral.string(collation))") }
    if let prefixLength { arguments.append("prefixLength: \(prefixLength)") }
    return "IndexElement(\(arguments.joined(separator: ", ")))"
  }
}

extension UniqueSchema {
  /// The constraint as Swift source.
  var source: String {
    let name = name.map { ", name: \(SwiftLiteral.string($0))" } ?? ""
    return "UniqueSchema(\(SwiftLiteral.strings(columns))\(name))"
  }
}

extension CheckSchema {
  /// The constraint as Swift source.
  func source(indent: String) -> String {
    let condition = SwiftLiteral.block(expression, indent: indent + "  ")
    return SourceLayout.call(
      "CheckSchema", [condition] + (name.map { ["name: \(SwiftLiteral.string($0))"] } ?? []), indent: indent)
  }
}

extension PrimaryKeySchema {
  /// The key as Swift source.
  var source: String {
    var arguments: [String] = []
    if !columns.isEmpty { arguments.append(SwiftLiteral.strings(columns)) }
    if let name { arguments.append("name: \(SwiftLiteral.string(name))") }
    return "PrimaryKeySchema(\(arguments.joined(separator: ", ")))"
  }
}

extension ForeignKeySchema {
  /// What `@Column` says of it.
  var option: String {
    var arguments = [SwiftLiteral.string(table)]
    if column != "id" { arguments.append(SwiftLiteral.string(column)) }
    arguments += ForeignKeySource.actions(onDelete, onUpdate)
    if let name { arguments.append("name: \(SwiftLiteral.string(name))") }
    arguments += ForeignKeySource.deferral(deferral)
    return ".references(\(arguments.joined(separator: ", ")))"
  }
}

extension CompositeKeySchema {
  /// The key as Swift source.
  func source(indent: String) -> String {
    var arguments = [SwiftLiteral.strings(columns), "references: \(SwiftLiteral.string(table))"]
    arguments.append(SwiftLiteral.strings(targetColumns))
    switch namespace {
    case .same: break
    case .connectionDefault: arguments.append("in: .connectionDefault")
    case .named(let name): arguments.append("in: .named(\(SwiftLiteral.string(name)))")
    }
    if let name { arguments.append("name: \(SwiftLiteral.string(name))") }
    arguments += ForeignKeySource.actions(onDelete, onUpdate) + ForeignKeySource.deferral(deferral)
    return SourceLayout.call("CompositeKeySchema", arguments, indent: indent)
  }
}

/// What all foreign keys say.
enum ForeignKeySource {
  static func actions(_ onDelete: ForeignKeyAction, _ onUpdate: ForeignKeyAction) -> [String] {
    [("onDelete", onDelete), ("onUpdate", onUpdate)].filter { $0.1 != .noAction }.map { "\($0): .\($1.rawValue)" }
  }

  static func deferral(_ deferral: ConstraintDeferral) -> [String] {
    deferral == .immediate ? [] : ["deferral: .\(deferral.rawValue)"]
  }
}
