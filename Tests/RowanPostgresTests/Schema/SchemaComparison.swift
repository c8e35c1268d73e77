import Testing

import RowanCore

/// Compares schemas as a migration would: expressions by what both are known to say.
enum SchemaComparison {
  /// Expects that `found` is `wanted`. Columns that were added later stand at the end.
  static func expect(
    _ found: SchemaSnapshot, _ wanted: SchemaSnapshot, anyColumnOrder: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let left = neutral(found, anyColumnOrder)
    let right = neutral(wanted, anyColumnOrder)
    #expect(left.namespaces == right.namespaces, sourceLocation: sourceLocation)
    #expect(left.extensions == right.extensions, sourceLocation: sourceLocation)
    #expect(left.enums == right.enums, sourceLocation: sourceLocation)
    #expect(left.tables.map(\.name) == right.tables.map(\.name), sourceLocation: sourceLocation)
    for (one, other) in zip(left.tables, right.tables) {
      #expect(one.columns.map(\.name) == other.columns.map(\.name), sourceLocation: sourceLocation)
      for (one, other) in zip(one.columns, other.columns) { #expect(one == other, sourceLocation: sourceLocation) }
      #expect(one == other, sourceLocation: sourceLocation)
    }
    #expect(left.views == right.views, sourceLocation: sourceLocation)
    for (one, other) in zip(expressions(found, anyColumnOrder), expressions(wanted, anyColumnOrder)) {
      #expect(one.isSame(as: other) != false, "\(one) \(other)", sourceLocation: sourceLocation)
    }
  }

  /// The schema with every expression blanked.
  private static func neutral(_ schema: SchemaSnapshot, _ anyColumnOrder: Bool) -> SchemaSnapshot {
    var schema = schema
    let blank = SchemaExpression("…")
    for index in schema.views.indices { schema.views[index].query = blank }
    for table in schema.tables.indices {
      if anyColumnOrder { schema.tables[table].columns.sort { $0.name < $1.name } }
      for column in schema.tables[table].columns.indices {
        if case .expression = schema.tables[table].columns[column].defaultValue {
          schema.tables[table].columns[column].defaultValue = .expression(blank)
        }
        if schema.tables[table].columns[column].computed != nil {
          schema.tables[table].columns[column].computed?.expression = blank
        }
      }
      for check in schema.tables[table].checks.indices { schema.tables[table].checks[check].expression = blank }
      for index in schema.tables[table].indexes.indices {
        if schema.tables[table].indexes[index].predicate != nil {
          schema.tables[table].indexes[index].predicate = blank
        }
        for element in schema.tables[table].indexes[index].elements.indices
        where schema.tables[table].indexes[index].elements[element].expression != nil {
          schema.tables[table].indexes[index].elements[element].expression = blank
        }
      }
    }
    return schema
  }

  private static func expressions(_ schema: SchemaSnapshot, _ anyColumnOrder: Bool) -> [SchemaExpression] {
    var found = schema.views.map(\.query)
    for table in schema.tables {
      for column in anyColumnOrder ? table.columns.sorted(by: { $0.name < $1.name }) : table.columns {
        if case .expression(let expression) = column.defaultValue { found.append(expression) }
        if let computed = column.computed { found.append(computed.expression) }
      }
      found += table.checks.map(\.expression)
      for index in table.indexes {
        found += index.elements.compactMap(\.expression)
        if let predicate = index.predicate { found.append(predicate) }
      }
    }
    return found
  }
}
