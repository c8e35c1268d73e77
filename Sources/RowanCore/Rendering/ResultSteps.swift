/// What comes out in the columns of a statement.
extension SQLPrinter {
  /// What comes out of a selected expression.
  func result(_ field: Field) -> ResultStep {
    var step = origin(of: field.expr) ?? ResultStep()
    if let type = field.type { step.type = type }
    if let value = field.swiftType { step.swiftType = String(describing: value) }
    return step
  }

  /// The column whose value `expr` passes on as it is, through however many sub-queries.
  private func origin(of expr: Expr) -> ResultStep? {
    guard case .column(let ref) = expr, let source = try? scopes.source(of: ref) else { return nil }
    switch source {
    case .table(let table):
      let column = table.columns[Int(ref.column)]
      return ResultStep(name: column.name, table: table.name, type: column.type, swiftType: column.swiftType)
    case .select(let inner):
      scopes.push(ScopeChain.Frame(scope: inner.scope, sources: inner.sources))
      defer { scopes.pop() }
      var step = result(inner.fieldList[Int(ref.column)])
      if !inner.combined.isEmpty { step.table = nil }
      return step
    }
  }

  /// What comes out of SQL written by hand: the columns of a model or the values it is read as, by position.
  func steps(of raw: RawStatement) -> [ResultStep] {
    if let table = raw.table {
      return table.columns.enumerated().map { index, column in
        ResultStep(
          name: column.name, table: table.name, type: index < raw.types.count ? raw.types[index] : column.type,
          swiftType: column.swiftType)
      }
    }
    return (0..<Swift.max(raw.types.count, raw.swiftTypes.count)).map { index in
      let value: (any ColumnValue.Type)? = index < raw.swiftTypes.count ? raw.swiftTypes[index] : nil
      return ResultStep(
        type: index < raw.types.count ? raw.types[index] : value?.sqlType,
        swiftType: value.map { String(describing: $0) })
    }
  }
}
