import SwiftDiagnostics
import SwiftParser
import SwiftSyntax

/// What `@Table` says.
struct TableAttribute {
  /// The table's name.
  var name: String
  /// The other arguments of `TableSchema`, as source with their labels, in the order it takes them.
  var arguments: [String] = []
  /// Names of columns in indexes and constraints.
  private var columnNames: [StringLiteralExprSyntax] = []

  /// Reads `node`; without a name the table is called as `model` is, in snake case.
  init(_ node: AttributeSyntax, model: TokenSyntax, _ findings: inout Findings) {
    name = snakeCased(model.unquoted)
    guard case .argumentList(let list)? = node.arguments else { return }
    for argument in list where !argument.expression.is(NilLiteralExprSyntax.self) {
      switch argument.label?.text {
      case nil: name = findings.text(of: argument.expression, "a table's name") ?? name
      case "namespace": add(argument, findings.text(of: argument.expression, "a table's namespace"))
      case "renamedFrom": add(argument, findings.text(of: argument.expression, "a table's former name"))
      case "comment": add(argument, findings.text(of: argument.expression, "a table's comment"))
      case "indexes", "uniques", "foreignKeys":
        columnNames += Self.columnNames(argument.expression)
        arguments.append(Self.text(argument, model))
      default: arguments.append(Self.text(argument, model))
      }
    }
    arguments.sort { Self.place($0) < Self.place($1) }
  }

  private mutating func add(_ argument: LabeledExprSyntax, _ value: String?) {
    guard let label = argument.label?.text, let value else { return }
    arguments.append("\(label): \(literal(value))")
  }

  private static func text(_ argument: LabeledExprSyntax, _ model: TokenSyntax) -> String {
    "\(argument.label?.text ?? ""): \(source(argument.expression, in: model.text))"
  }

  /// Where an argument stands in `TableSchema.init`; `columns` comes after `namespace`.
  private static func place(_ argument: String) -> Int {
    ["namespace", "primaryKey", "indexes", "uniques", "checks", "foreignKeys", "comment", "renamedFrom"].firstIndex {
      argument.hasPrefix("\($0):")
    } ?? 0
  }

  /// The literal column names of a list such as `[IndexSchema(["email"])]`.
  private static func columnNames(_ list: ExprSyntax) -> [StringLiteralExprSyntax] {
    guard let constraints = list.as(ArrayExprSyntax.self) else { return [] }
    return constraints.elements.flatMap { constraint -> [StringLiteralExprSyntax] in
      guard let call = constraint.expression.as(FunctionCallExprSyntax.self),
        let columns = call.arguments.first(where: { $0.label == nil })?.expression.as(ArrayExprSyntax.self)
      else { return [] }
      return columns.elements.compactMap { $0.expression.as(StringLiteralExprSyntax.self) }
    }
  }

  /// Refuses indexes and constraints over columns that `columns` lacks.
  func check(_ columns: [ColumnModel], _ findings: inout Findings) {
    for written in columnNames {
      guard let name = written.representedLiteralValue, !columns.contains(where: { $0.name == name }) else { continue }
      let meant = columns.first { $0.property == name || $0.name.lowercased() == name.lowercased() }
      let fixIts = meant.map { column in
        FixIt("use_column", "use column '\(column.name)'", .replace(written, with: literal(column.name)))
      }
      findings.refuse(written, .unknownColumn(name), fixIts.map { [$0] } ?? [])
    }
  }
}
