internal import RowanCore

extension ObjectName {
  /// The name as Swift source.
  var source: String {
    "ObjectName(\(SwiftLiteral.string(name))\(namespace.map { ", namespace: \(SwiftLiteral.string($0))" } ?? ""))"
  }
}

extension EnumSnapshot {
  /// The type as Swift source.
  func source(indent: String) -> String {
    var arguments = [name.source, "values: \(SwiftLiteral.strings(values))"]
    if let comment { arguments.append("comment: \(SwiftLiteral.string(comment))") }
    return SourceLayout.call("EnumSnapshot", arguments, indent: indent)
  }
}

extension ViewSnapshot {
  /// The view as Swift source.
  func source(indent: String) -> String {
    var arguments = [name.source, "query: \(query.source(indent: indent + "  "))"]
    if isMaterialized { arguments.append("isMaterialized: true") }
    if let comment { arguments.append("comment: \(SwiftLiteral.string(comment))") }
    return SourceLayout.call("ViewSnapshot", arguments, indent: indent)
  }
}

extension TableSnapshot {
  /// The table as Swift source.
  func source(indent: String) -> String {
    let inner = indent + "  ", element = inner + "  "
    var arguments = [name.source]
    if let comment { arguments.append("comment: \(SwiftLiteral.string(comment))") }
    arguments.append(SourceLayout.list("columns: ", columns.map { $0.source(indent: element) }, indent: inner))
    if let primaryKey {
      let name = primaryKey.name.map { SwiftLiteral.string($0) } ?? "nil"
      arguments.append(
        "primaryKey: PrimaryKeySnapshot(name: \(name), columns: \(SwiftLiteral.strings(primaryKey.columns)))")
    }
    func add(_ label: String, _ elements: [String]) {
      if !elements.isEmpty { arguments.append(SourceLayout.list("\(label): ", elements, indent: inner)) }
    }
    add(
      "uniques",
      uniques.map { "UniqueSnapshot(\(SwiftLiteral.string($0.name)), columns: \(SwiftLiteral.strings($0.columns)))" })
    add(
      "checks",
      checks.map { "CheckSnapshot(\(SwiftLiteral.string($0.name)), \($0.expression.source(indent: element)))" })
    add("foreignKeys", foreignKeys.map { $0.source(indent: element) })
    add("indexes", indexes.map { $0.source(indent: element) })
    if !options.isEmpty { arguments.append("options: \(options.source)") }
    return SourceLayout.call("TableSnapshot", arguments, indent: indent)
  }
}

extension [String: String] {
  /// The options of a table as Swift source.
  var source: String {
    let pairs = sorted { $0.key < $1.key }
    return
      "[\(pairs.map { "\(SwiftLiteral.string($0.key)): \(SwiftLiteral.string($0.value))" }.joined(separator: ", "))]"
  }
}

extension ColumnSnapshot {
  /// The column as Swift source.
  func source(indent: String) -> String {
    var arguments = [SwiftLiteral.string(name), type.source]
    if isNullable { arguments.append("isNullable: true") }
    if let source = defaultValue?.source { arguments.append("default: \(source)") }
    if let identity { arguments.append("identity: .\(identity.rawValue)") }
    if let computed {
      let expression = computed.expression.source(indent: indent)
      arguments.append("computed: ComputedSnapshot(\(expression), isStored: \(computed.isStored))")
    }
    if let collation { arguments.append("collation: \(SwiftLiteral.string(collation))") }
    if let comment { arguments.append("comment: \(SwiftLiteral.string(comment))") }
    return SourceLayout.call("ColumnSnapshot", arguments, indent: indent)
  }
}

extension ForeignKeySnapshot {
  /// The key as Swift source.
  func source(indent: String) -> String {
    let arguments =
      [
        SwiftLiteral.string(name), "columns: \(SwiftLiteral.strings(columns))", "target: \(target.source)",
        "targetColumns: \(SwiftLiteral.strings(targetColumns))",
      ] + ForeignKeySource.actions(onDelete, onUpdate) + ForeignKeySource.deferral(deferral)
    return SourceLayout.call("ForeignKeySnapshot", arguments, indent: indent)
  }
}

extension IndexSnapshot {
  /// The index as Swift source.
  func source(indent: String) -> String {
    var arguments = [SwiftLiteral.string(name)]
    arguments.append(SourceLayout.list("elements: ", elements.map(\.bareSource), indent: indent + "  "))
    if isUnique { arguments.append("isUnique: true") }
    if let predicate { arguments.append("predicate: \(predicate.source(indent: indent + "  "))") }
    if !including.isEmpty { arguments.append("including: \(SwiftLiteral.strings(including))") }
    if let method { arguments.append("method: \(SwiftLiteral.string(method))") }
    return SourceLayout.call("IndexSnapshot", arguments, indent: indent)
  }
}

extension IndexElement {
  fileprivate var bareSource: String {
    var bare = self
    bare.expression = expression?.bare
    return bare.source
  }
}
