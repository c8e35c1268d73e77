internal import RowanCore

/// The file that declares the schema as a whole, and the same as data.
struct SchemaFile {
  private let name: String
  private let dialect: String
  private let types: [String]
  private let additions: SchemaAdditions
  let definition: SchemaDefinition

  init(name: String, dialect: String, schema: SchemaSnapshot, plans: [TablePlan], excluded: Set<ObjectName>) {
    self.name = name
    self.dialect = dialect
    types = plans.map { SwiftIdentifier.quoted($0.typeName) }
    let objects = schema.tables.map(\.name) + schema.views.map(\.name) + schema.enums.map(\.name)
    let inhabited = Set(objects.compactMap(\.namespace))
    var options: [ObjectName: [String: String]] = [:]
    for table in schema.tables where !table.options.isEmpty && !excluded.contains(table.name) {
      options[table.name] = table.options
    }
    additions = SchemaAdditions(
      namespaces: schema.namespaces.filter { !inhabited.contains($0) }, extensions: schema.extensions,
      enums: schema.enums, tables: schema.tables.filter { excluded.contains($0.name) }, views: schema.views,
      options: options)
    definition = SchemaDefinition(schemas: plans.map(\.schema), only: [dialect: additions])
  }

  var fileName: String { "\(Self.typeName(name)).swift" }

  /// The name that no type has whose file would be called as the one of the schema called `name`.
  static func typeName(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }

  /// The file's text.
  func source(lost: [UnrepresentedObject], withoutModel: [UnrepresentedObject]) -> String {
    var lines: [String] = []
    func list(_ title: String, _ objects: [UnrepresentedObject]) {
      guard !objects.isEmpty else { return }
      lines.append("// \(title)")
      for object in objects {
        lines += SwiftLiteral.comment("- \(object.kind) \(object.name): \(object.reason)", mark: "//")
      }
      lines += ["//"]
    }
    list("The database has more than this schema says:", lost)
    list("These tables are declared here but have no model:", withoutModel)
    if lines.last == "//" { lines[lines.count - 1] = "" }
    let additions = additionsSource(indent: "    ")
    if additions.contains("UUID(") || additions.contains("Decimal(") { lines.append("import Foundation") }
    lines += ["import Rowan", "", "/// The tables of the database, and what no model says."]
    var arguments = [SourceLayout.list("tables: ", types.map { "\($0).self" }, indent: "  ")]
    if !additions.isEmpty {
      arguments.append("only: [\n    \(SwiftLiteral.string(dialect)): \(additions)\n  ]")
    }
    lines.append(SourceLayout.call("let \(SwiftIdentifier.quoted(name)) = SchemaDefinition", arguments, indent: ""))
    return lines.joined(separator: "\n") + "\n"
  }

  private func additionsSource(indent: String) -> String {
    let inner = indent + "  ", element = inner + "  "
    var arguments: [String] = []
    func add(_ label: String, _ elements: [String]) {
      if !elements.isEmpty { arguments.append(SourceLayout.list("\(label): ", elements, indent: inner)) }
    }
    add("namespaces", additions.namespaces.map { SwiftLiteral.string($0) })
    add("extensions", additions.extensions.map { SwiftLiteral.string($0) })
    add("enums", additions.enums.map { $0.source(indent: element) })
    add("tables", additions.tables.map { $0.source(indent: element) })
    add("views", additions.views.map { $0.source(indent: element) })
    add("options", additions.options.sorted { $0.key < $1.key }.map { "\($0.key.source): \($0.value.source)" })
    return arguments.isEmpty ? "" : SourceLayout.call("SchemaAdditions", arguments, indent: indent)
  }
}
