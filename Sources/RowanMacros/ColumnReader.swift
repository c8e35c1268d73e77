import SwiftDiagnostics
import SwiftSyntax

/// Turns stored properties into columns, or into diagnostics.
struct ColumnReader {
  /// The struct's name as written.
  let model: String
  /// Types declared inside the struct.
  let memberTypes: MemberTypes
  /// Names that the expansion's structs declare or that Swift does not read as a member.
  private static let reservedNames: Set = [
    "rowanSlot", "Root", "Key", "Output", "Model", "self", "Self", "Type", "Protocol",
  ]
  /// What was refused.
  var findings = Findings()

  /// The column of `property`; nil when it is ignored or refused.
  mutating func column(_ property: StoredProperty) -> ColumnModel? {
    guard checkIgnored(property), checkDeclaration(property), let identifier = property.identifier else { return nil }
    let columns = property.attributes("Column")
    if let second = columns.dropFirst().first {
      findings.refuse(second, .repeatedColumn(property.name), [.remove(second)])
    }
    if let column = columns.first, property.declaration.bindings.count > 1 {
      if property.binding.id == property.declaration.bindings.first?.id {
        findings.refuse(column, .columnOnSeveral, [.split(property.declaration)])
      }
      return nil
    }
    let attribute = columns.first.map { ColumnAttribute($0, in: model, &findings) } ?? ColumnAttribute()
    guard let written = property.type else {
      refuseMissingType(property)
      return nil
    }
    let type = ColumnType(written)
    guard type.check(property, memberTypes: memberTypes, &findings) else { return nil }
    check(attribute, type, property)
    return ColumnModel(
      identifier: identifier.text, property: property.name, name: attribute.name ?? snakeCased(property.name),
      type: source(type.type, in: model), isOptional: type.isOptional,
      initialValue: property.initialValue.map { source($0, in: model) },
      access: Access(property.declaration.modifiers), attribute: attribute)
  }

  /// Refuses what an ignored property lacks.
  /// - Returns: whether the property is a column.
  private mutating func checkIgnored(_ property: StoredProperty) -> Bool {
    guard let ignored = property.attributes("Ignored").first else { return true }
    if let column = property.attributes("Column").first {
      findings.refuse(column, .columnAndIgnored(property.name), [.remove(column), .remove(ignored)])
    }
    let isOptional = property.type.map {
      ColumnType($0).isOptional || $0.is(ImplicitlyUnwrappedOptionalTypeSyntax.self)
    }
    let startsAsNil = !property.isConstant && isOptional == true
    if property.initialValue == nil, !startsAsNil {
      let end: any SyntaxProtocol = property.binding.typeAnnotation ?? Syntax(property.binding.pattern)
      let fix = FixIt("add_value", "give it a value", .insert(" = <#value#>", after: end))
      findings.refuse(property.binding.pattern, .ignoredWithoutValue(property.name), [fix])
    }
    return false
  }

  /// Refuses declarations that cannot be columns, whatever their type.
  private mutating func checkDeclaration(_ property: StoredProperty) -> Bool {
    let declaration = property.declaration
    let pattern = property.binding.pattern
    let ignore = FixIt.ignore(declaration)
    if let lazy = declaration.modifier(.lazy) {
      let fix = FixIt("remove_lazy", "remove 'lazy'", .remove(lazy))
      findings.refuse(lazy, .lazyProperty(property.name), [fix, ignore])
    } else if let reference = declaration.modifier(.weak, .unowned) {
      findings.refuse(reference, .referenceProperty(property.name, reference.name.text), [ignore])
    } else if property.identifier == nil {
      findings.refuse(pattern, .tuplePattern, [ignore])
    } else if property.isConditional {
      findings.refuse(pattern, .conditional(property.name), [ignore])
    } else if let unknown = unknownAttribute(property) {
      findings.refuse(unknown.node, .unknownAttribute(property.name, unknown.name), [ignore])
    } else if property.isConstant, property.initialValue != nil {
      let variable = FixIt("make_var", "make it a 'var'", .replace(declaration.bindingSpecifier, with: "var"))
      let shared = FixIt("make_static", "make it 'static'", .insert("static ", before: declaration.bindingSpecifier))
      findings.refuse(pattern, .constant(property.name), [variable, shared, ignore])
    } else if Self.reservedNames.contains(property.name) {
      findings.refuse(pattern, .reservedProperty(property.name), [ignore])
    } else {
      return true
    }
    return false
  }

  /// The first attribute that may change how the property is stored.
  private func unknownAttribute(_ property: StoredProperty) -> (node: Syntax, name: String)? {
    let known: Set = ["Column", "Ignored", "available", "usableFromInline", "_spi", "nonobjc"]
    for element in property.declaration.attributes {
      guard let attribute = element.as(AttributeSyntax.self) else { return (Syntax(element), "#if") }
      if !known.contains(attribute.name) { return (Syntax(attribute), attribute.name) }
    }
    return nil
  }

  private mutating func refuseMissingType(_ property: StoredProperty) {
    let type = property.initialValue.flatMap(literalType) ?? "<#Type#>"
    findings.refuse(
      property.binding.pattern, .missingType(property.name),
      [.annotate(property.binding, type), .ignore(property.declaration)])
  }

  /// The type Swift infers for a literal.
  private func literalType(_ value: ExprSyntax) -> String? {
    switch value.as(ExprSyntaxEnum.self) {
    case .integerLiteralExpr: "Int"
    case .floatLiteralExpr: "Double"
    case .stringLiteralExpr: "String"
    case .booleanLiteralExpr: "Bool"
    case .prefixOperatorExpr(let negated) where negated.operator.text == "-": literalType(negated.expression)
    default: nil
    }
  }

  private mutating func check(_ attribute: ColumnAttribute, _ type: ColumnType, _ property: StoredProperty) {
    let unwrap = type.wrapped.map { wrapped in
      FixIt("make_non_optional", "make it non-optional", .replace(type.type, with: wrapped.trimmedDescription))
    }
    if let unwrap {
      if attribute.has("primaryKey") {
        findings.refuse(type.type, .optionalKey(property.name), [unwrap])
      } else if attribute.has("generated") {
        findings.refuse(type.type, .optionalGenerated(property.name), [unwrap])
      }
    }
    if attribute.has("generated"), let argument = attribute.defaultArgument {
      findings.refuse(argument, .generatedDefault(property.name), [attribute.removeDefault(argument)])
    }
  }
}
