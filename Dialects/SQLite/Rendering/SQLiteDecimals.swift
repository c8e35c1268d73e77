import RowanCore

/// Decimals are text under a collation that compares numbers, and functions that the driver registers do their
/// arithmetic, since SQLite's own numbers would turn them into doubles.
extension SQLitePrinter {
  /// The collation of decimal columns, registered on every connection.
  static let decimalCollation = "ROWAN_DECIMAL"

  func isDecimal(_ expr: Expr) -> Bool { scopes.type(of: expr)?.isDecimal == true }

  /// A column brings its collation along; nothing else does.
  func isColumn(_ expr: Expr) -> Bool { if case .column = expr { true } else { false } }

  /// Prints a decimal with its collation where it has none.
  func collated(_ inner: Expr) throws {
    try expr(inner, .atom)
    if !isColumn(inner) { emit(" COLLATE \(SQLitePrinter.decimalCollation)") }
  }

  /// `name(args…)` for a function that compares its operands: by the collation of the first that has one.
  func collated(call name: String, _ args: ContiguousArray<Expr>) throws {
    emit("\(name)(")
    try emit(list: args.indices) { index in
      if index == args.startIndex { try collated(args[index]) } else { try alternative(args[index], hint: nil) }
    }
    emit(")")
  }

  /// `left op right`, exactly.
  func decimal(_ op: Arithmetic, _ left: Expr, _ right: Expr) throws {
    let name =
      switch op {
      case .add: "add"
      case .subtract: "sub"
      case .multiply: "mul"
      case .divide: "div"
      case .remainder, .concatenate: "rem"
      }
    let type = scopes.type(of: isDecimal(left) ? left : right)
    emit("rowan_decimal_\(name)(")
    try expr(left, hint: type)
    emit(", ")
    try expr(right, hint: type)
    emit(")")
  }

  /// Rounded to `scale` digits after the point.
  func decimalRound(_ inner: Expr, scale: Int) throws {
    emit("rowan_decimal_round(")
    try expr(inner)
    emit(", \(scale))")
  }
}
