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
      return step(Int(ref.column), of: inner)
    }
  }

  /// What comes out of a query in `column`.
  func step(_ column: Int, of select: Select) -> ResultStep {
    let fields = select.fieldList
    guard fields.indices.contains(column) else { return ResultStep() }
    scopes.push(ScopeChain.Frame(scope: select.scope, sources: select.sources))
    let first = result(fields[column])
    scopes.pop()
    return shared(first, column, with: select.combined)
  }

  /// What comes out of a set operation whose first arm gives `first`: a value may come from any arm, so that a table
  /// which is not the same in all of them is not named.
  func shared(_ first: ResultStep, _ column: Int, with arms: ContiguousArray<SetArm>) -> ResultStep {
    var shared = first
    for arm in arms.compactMap(\.select) {
      let other = step(column, of: arm)
      if other.table != first.table || other.name != first.name { shared.table = nil }
    }
    return shared
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
