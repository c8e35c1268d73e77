extension SQLPrinter {
  /// Prints an insert: `INSERT INTO … (…) VALUES … ON CONFLICT … RETURNING …`.
  func insert(_ insert: InsertStatement) throws {
    keepAliasesApart(from: insert.table)
    emit("INSERT INTO ")
    try table(insert.table)
    if !insert.columns.isEmpty {
      emit(" (")
      try columnNames(insert.columns, of: insert.table)
      emit(")")
    }
    try source(of: insert)
    scopes.push(ScopeChain.Frame(scope: 0, sources: [.table(insert.table)], isTarget: true))
    defer { scopes.pop() }
    if let clause = insert.conflict { try conflict(clause, of: insert) }
    try returning(insert.returning, insert.table, scope: 0, allowed: dialect.capabilities.insertReturning, "INSERT")
  }

  private func source(of insert: InsertStatement) throws {
    switch insert.source {
    case .values(let values, let rows):
      try self.rows(ContiguousArray(values.map { .bind($0) }), rows, of: insert)
    case .expressions(let list, let rows): try self.rows(list, rows, of: insert)
    case .columnArrays(let arrays): try columnArrays(arrays, of: insert)
    case .select(let select):
      emit(" ")
      try self.select(select, .scalar)
    }
  }

  private func rows(_ list: ContiguousArray<Expr>, _ rows: Int, of insert: InsertStatement) throws {
    let width = insert.columns.count
    if width == 0 { return try defaultRows(rows, of: insert.table) }
    emit(" VALUES ")
    try emit(list: 0..<rows) { row in
      emit("(")
      try emit(list: 0..<width) { column in
        try expr(list[row * width + column], hint: insert.table.columns[Int(insert.columns[column])].type)
      }
      emit(")")
    }
  }

  /// Prints an update: `UPDATE … SET … WHERE … RETURNING …`.
  func update(_ update: UpdateStatement) throws {
    emit("UPDATE ")
    try table(update.table)
    keepAliasesApart(from: update.table)
    scopes.push(ScopeChain.Frame(scope: update.scope, sources: [.table(update.table)], isTarget: true))
    defer { scopes.pop() }
    emit(" SET ")
    try assignments(update.assignments, of: update.table)
    try filter(update.filter)
    try returning(
      update.returning, update.table, scope: update.scope, allowed: dialect.capabilities.updateReturning, "UPDATE")
  }

  /// Prints a delete: `DELETE FROM … WHERE … RETURNING …`.
  func delete(_ delete: DeleteStatement) throws {
    emit("DELETE FROM ")
    try table(delete.table)
    keepAliasesApart(from: delete.table)
    scopes.push(ScopeChain.Frame(scope: delete.scope, sources: [.table(delete.table)], isTarget: true))
    defer { scopes.pop() }
    try filter(delete.filter)
    try returning(
      delete.returning, delete.table, scope: delete.scope, allowed: dialect.capabilities.deleteReturning, "DELETE")
  }

  /// Prints SQL written by hand.
  func raw(_ statement: RawStatement) throws {
    try raw(statement.parts, statement.args)
    results = steps(of: statement)
  }

  /// `a = …, b = …`.
  public final func assignments(_ list: ContiguousArray<Assignment>, of table: TableSchema) throws {
    try emit(list: try ordered(list)) { assignment in
      let column = table.columns[Int(assignment.column)]
      try emit(identifier: column.name)
      emit(" = ")
      try assigned(assignment.value, to: column)
    }
  }

  /// The names of `columns`, quoted.
  public final func columnNames(_ columns: some Sequence<UInt16>, of table: TableSchema) throws {
    try emit(list: columns) { try emit(identifier: table.columns[Int($0)].name) }
  }

  /// ` ON CONFLICT (…) DO UPDATE SET …` or ` DO NOTHING`.
  public final func plainConflict(_ conflict: Conflict, of insert: InsertStatement) throws {
    emit(" ON CONFLICT")
    if !conflict.target.isEmpty {
      emit(" (")
      try columnNames(conflict.target, of: insert.table)
      emit(")")
    }
    switch conflict.action {
    case .ignore: emit(" DO NOTHING")
    case .update(let list):
      emit(" DO UPDATE SET ")
      try assignments(list, of: insert.table)
    }
  }

  private func filter(_ filter: Expr?) throws {
    guard let filter else { return }
    emit(" WHERE ")
    try expr(filter)
  }

  /// The table being changed goes by its own name; aliases that could be taken for that name get another first letter.
  private func keepAliasesApart(from table: TableSchema) {
    let name = table.name.lowercased().utf8
    if name.first == UInt8(ascii: "t"), name.dropFirst().first.map({ (48...57).contains($0) }) == true {
      aliasPrefix = "q"
    }
  }

  private func returning(
    _ fields: Fields?, _ table: TableSchema, scope: UInt8, allowed: Bool, _ statement: String
  ) throws {
    guard let fields else { return }
    guard allowed else {
      throw unsupported("\(statement) … RETURNING", alternative: "read the rows with a query in the same transaction")
    }
    emit(" RETURNING ")
    switch fields {
    case .list(let list): try self.fields(list, .results)
    case .rows: try self.fields(Select(scope: scope, base: .table(table)).allColumns, .results)
    }
  }
}
