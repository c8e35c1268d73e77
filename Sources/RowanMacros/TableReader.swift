import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// Reads the declaration `@Table` is attached to.
struct TableReader {
  private var findings = Findings()

  /// The model of `declaration`; nil when it can be none. `context` gets the diagnostics.
  static func read(
    _ node: AttributeSyntax, _ declaration: some DeclGroupSyntax, in context: some MacroExpansionContext
  ) -> TableModel? {
    var reader = TableReader()
    var model = reader.model(node, declaration, context.lexicalContext)
    for diagnostic in reader.findings.diagnostics { context.diagnose(diagnostic) }
    model?.isRefused = !reader.findings.isEmpty
    return model
  }

  private mutating func model(
    _ node: AttributeSyntax, _ declaration: some DeclGroupSyntax, _ enclosing: [Syntax]
  ) -> TableModel? {
    guard let model = declaration.as(StructDeclSyntax.self) else {
      refuseKind(node, declaration)
      return nil
    }
    let name = model.name.unquoted
    if !enclosing.isEmpty {
      findings.refuse(model.name, .nested(name))
      return nil
    }
    if let parameters = model.genericParameterClause {
      findings.refuse(parameters, .generic(name))
      return nil
    }
    if let suppressed = model.inheritanceClause?.inheritedTypes.first(where: { $0.type.is(SuppressedTypeSyntax.self) })
    {
      findings.refuse(suppressed.type, .noncopyable(name))
      return nil
    }
    if ColumnType.reserved.contains(name) {
      findings.refuse(model.name, .reservedMember(name))
      return nil
    }
    let attribute = TableAttribute(node, model: model.name, &findings)
    let columns = columns(model)
    attribute.check(columns, &findings)
    let table = TableModel(
      typeName: model.name.text, access: Access(model.modifiers), attribute: attribute, columns: columns,
      hasMemberwiseInitializer: MemberwiseInitializer.isThere(for: model, taking: columns))
    return checkMembers(model, table) ? table : nil
  }

  private mutating func columns(_ model: StructDeclSyntax) -> [ColumnModel] {
    var reader = ColumnReader(
      model: model.name.text, memberTypes: MemberTypes(model.memberBlock.members), findings: findings)
    var columns: [ColumnModel] = []
    var owners: [String: String] = [:]
    for property in StoredProperty.all(in: model.memberBlock.members, of: model.name.text) {
      guard let column = reader.column(property) else { continue }
      // Engines differ in whether names are case-sensitive, so names that differ in case alone are refused as well.
      if let owner = owners.updateValue(column.property, forKey: column.name.lowercased()) {
        let fix = FixIt.name(property.declaration, column.attribute)
        reader.findings.refuse(
          property.binding.pattern, .duplicateName(column.name, owner),
          property.declaration.bindings.count == 1 ? [fix] : [])
      }
      columns.append(column)
    }
    findings = reader.findings
    if columns.isEmpty, reader.findings.isEmpty { findings.refuse(model.name, .noColumns(model.name.unquoted)) }
    return columns
  }

  /// Refuses members that the expansion declares as well.
  /// - Returns: whether it can be written beside the members.
  private mutating func checkMembers(_ model: StructDeclSyntax, _ table: TableModel) -> Bool {
    let before = findings.diagnostics.count
    var reserved: Set = ["Columns", "Row", "AsNullable", "AggregateColumns", "Draft"]
    if !table.keyColumns.isEmpty { reserved.insert("PrimaryKey") }
    for member in model.memberBlock.members {
      if let name = member.decl.typeName, reserved.contains(name.unquoted) {
        findings.refuse(name, .reservedMember(name.unquoted))
      } else if let variable = member.decl.as(VariableDeclSyntax.self), variable.isStatic {
        for binding in variable.bindings {
          guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier, name.unquoted == "schema"
          else { continue }
          findings.refuse(name, .reservedMember("schema"))
        }
      }
    }
    if let key = table.singleKey, key.property != "primaryKey" {
      for property in StoredProperty.all(in: model.memberBlock.members, of: table.typeName)
      where property.name == "primaryKey" && property.attributes("Ignored").isEmpty {
        findings.refuse(property.binding.pattern, .reservedProperty("primaryKey"), [.ignore(property.declaration)])
      }
    }
    return findings.diagnostics.count == before
  }

  private mutating func refuseKind(_ node: AttributeSyntax, _ declaration: some DeclGroupSyntax) {
    let name = declaration.asProtocol((any NamedDeclSyntax).self)?.name.unquoted ?? "this"
    switch DeclSyntax(declaration).as(DeclSyntaxEnum.self) {
    case .classDecl(let decl):
      var edits = [FixIt.Change.replace(decl.classKeyword, with: "struct")]
      if let final = decl.modifiers.first(where: { $0.name.tokenKind == .keyword(.final) }) {
        edits.insert(.remove(final), at: 0)
      }
      let fix = FixIt(message: TableFix("make_struct", "make it a struct"), changes: edits)
      findings.refuse(decl.classKeyword, .notAStruct(name, "a class"), [fix])
    case .actorDecl(let decl):
      let fix = FixIt("make_struct", "make it a struct", .replace(decl.actorKeyword, with: "struct"))
      findings.refuse(decl.actorKeyword, .notAStruct(name, "an actor"), [fix])
    case .enumDecl(let decl): findings.refuse(decl.enumKeyword, .notAStruct(name, "an enum"))
    case .protocolDecl(let decl): findings.refuse(decl.protocolKeyword, .notAStruct(name, "a protocol"))
    default: findings.refuse(node, .notAStruct(name, "none"))
    }
  }
}
