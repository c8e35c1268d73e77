extension TableDDLEmitter {
  /// A table's name, quoted, with its namespace.
  public func qualifiedName(_ table: ObjectName) throws -> String {
    let name = try dialect.quote(table.name)
    guard let namespace = table.namespace else { return name }
    guard dialect.capabilities.namespaces else {
      throw RowanError.unsupported(
        "the namespace of table '\(table.name)'", dialect: dialect.name,
        alternative: "put the namespace into the table's name")
    }
    return "\(try dialect.quote(namespace)).\(name)"
  }

  /// Names of columns of `table`, quoted.
  /// - Throws: ``RowanError/Code/unknownColumn`` for a column the table does not have.
  public func list(_ columns: [String], of table: TableSnapshot) throws -> String {
    if columns.isEmpty {
      throw RowanError(
        .emptyStatement, "a constraint or index of table '\(table.name)' names no column", hint: "name its columns")
    }
    return try columns.map { try quotedColumn($0, of: table) }.joined(separator: ", ")
  }

  /// The name of a column of `table`, quoted.
  /// - Throws: ``RowanError/Code/unknownColumn`` for a column the table does not have.
  public func quotedColumn(_ column: String, of table: TableSnapshot) throws -> String {
    guard table.column(column) != nil else {
      throw RowanError(
        .unknownColumn, "a constraint or index of table '\(table.name)' names '\(column)', which is no column of it",
        hint: "use the column's name in the database")
    }
    return try dialect.quote(column)
  }

  /// What an index is over: columns and parenthesised expressions, each with its order.
  public func elements(of index: IndexSnapshot, on table: TableSnapshot) throws -> String {
    if index.elements.isEmpty {
      throw RowanError(
        .emptyStatement, "a constraint or index of table '\(table.name)' names no column", hint: "name its columns")
    }
    return try index.elements.map { element in
      var sql: String
      if let column = element.column {
        sql = try quotedColumn(column, of: table)
      } else {
        sql = "(\(element.expression?.source ?? ""))"
      }
      if let length = element.prefixLength { sql += "(\(length))" }
      if let collation = element.collation { sql += " COLLATE \(try dialect.quote(collation))" }
      if let operatorClass = element.operatorClass { sql += " \(operatorClass)" }
      if element.isDescending { sql += " DESC" }
      switch element.nulls {
      case nil: break
      case .first: sql += " NULLS FIRST"
      case .last: sql += " NULLS LAST"
      }
      return sql
    }.joined(separator: ", ")
  }

  /// Refuses what `CREATE INDEX` has no words for on most engines; a dialect that has them prints its own.
  public func refuse(_ index: IndexSnapshot, of table: TableSnapshot) throws {
    func unsupported(_ what: String, _ alternative: String) -> RowanError {
      .unsupported(
        "\(what), index '\(index.name)' of '\(table.name)',", dialect: dialect.name, alternative: alternative)
    }
    if let method = index.method { throw unsupported("the method '\(method)'", "leave the method out") }
    if !index.including.isEmpty { throw unsupported("INCLUDE", "add the columns at the end of the index") }
    for element in index.elements {
      if element.operatorClass != nil { throw unsupported("an operator class", "leave the operator class out") }
      if element.nulls != nil { throw unsupported("a place for nulls", "leave the place of nulls out") }
      if element.prefixLength != nil { throw unsupported("a prefix length", "index an expression") }
    }
  }

  /// The error for a column the engine cannot have.
  public func unsupported(
    _ what: String, _ column: ColumnSnapshot, of table: TableSnapshot, alternative: String
  ) -> RowanError {
    .unsupported(
      "\(what), column '\(column.name)' of '\(table.name)',", dialect: dialect.name, alternative: alternative)
  }
}
