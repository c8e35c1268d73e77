import SwiftDiagnostics
import SwiftSyntax

/// What one `@Column` says, or nothing where a property has none.
struct ColumnAttribute {
  /// The attribute.
  var node: AttributeSyntax?
  /// The options, as source.
  var options: [String] = []
  /// The names of the options, without their arguments.
  var optionNames: Set<String> = []
  /// The column's name.
  var name: String?
  /// The default, as source.
  var defaultValue: String?
  /// The argument that gives the default.
  var defaultArgument: LabeledExprSyntax?
  /// The former name.
  var renamedFrom: String?

  /// Whether the option called `option` is there.
  func has(_ option: String) -> Bool { optionNames.contains(option) }

  /// A property without `@Column`.
  init() {}

  /// Reads `node` for a column of `model`.
  init(_ node: AttributeSyntax, in model: String, _ findings: inout Findings) {
    self.node = node
    guard case .argumentList(let arguments)? = node.arguments else { return }
    for argument in arguments {
      let isNil = argument.expression.is(NilLiteralExprSyntax.self)
      switch argument.label?.text {
      case nil:
        guard let option = Self.optionName(argument.expression) else {
          findings.refuse(argument.expression, .opaqueOption)
          continue
        }
        options.append(source(argument.expression, in: model))
        optionNames.insert(option)
      case "name" where !isNil: name = findings.text(of: argument.expression, "a column's name")
      case "renamedFrom" where !isNil: renamedFrom = findings.text(of: argument.expression, "a column's former name")
      case "default" where !isNil:
        defaultValue = source(argument.expression, in: model)
        defaultArgument = argument
      default: break
      }
    }
  }

  /// The member an option names: `.unique`, `.varchar(255)`, `ColumnOption.unique`.
  private static func optionName(_ option: ExprSyntax) -> String? {
    let called = option.as(FunctionCallExprSyntax.self)?.calledExpression ?? option
    guard let member = called.as(MemberAccessExprSyntax.self) else { return nil }
    switch member.base {
    case nil: break
    case let base? where base.trimmedDescription.hasSuffix("ColumnOption"): break
    default: return nil
    }
    return member.declName.baseName.unquoted
  }

  /// Takes the default away, with the comma that sets it off.
  func removeDefault(_ argument: LabeledExprSyntax) -> FixIt {
    var range = argument.positionAfterSkippingLeadingTrivia..<argument.endPosition
    if case .argumentList(let list)? = node?.arguments, argument.trailingComma == nil,
      let previous = list.last(where: { $0.endPosition <= argument.position }), let comma = previous.trailingComma
    {
      range = comma.positionAfterSkippingLeadingTrivia..<argument.endPositionBeforeTrailingTrivia
    }
    return FixIt(
      "remove_default", "remove the default", .replaceText(range: range, with: "", in: Syntax(argument)))
  }

  /// Names the column, with an `@Column` where there is none yet.
  func naming(_ declaration: VariableDeclSyntax) -> FixIt.Change {
    let argument = "name: \"<#name#>\""
    guard let node else { return .insert("@Column(\(argument)) ", before: declaration) }
    guard case .argumentList(let arguments)? = node.arguments, let first = arguments.first else {
      if let open = node.leftParen { return .insert(argument, after: open) }
      return .insert("(\(argument))", after: node.attributeName)
    }
    if let name = arguments.first(where: { $0.label?.text == "name" }) {
      return .replace(name.expression, with: "\"<#name#>\"")
    }
    if let option = arguments.last(where: { $0.label == nil }) {
      return .insert(", \(argument)", after: option.expression)
    }
    return .insert("\(argument), ", before: first)
  }
}
