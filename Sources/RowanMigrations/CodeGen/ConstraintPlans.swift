internal import RowanCore

/// What of a table is said beside its columns.
struct ConstraintPlans {
  var indexes: [IndexSchema] = []
  var uniques: [UniqueSchema] = []
  var checks: [CheckSchema] = []
  var foreignKeys: [CompositeKeySchema] = []
}

extension TablePlanner {
  /// Splits the constraints of `table` among its columns, where these can say them, and the table. Names that would be
  /// made anyway are left out.
  func constraints(of table: TableSnapshot, _ columns: inout [ColumnPlan]) -> ConstraintPlans {
    var parts = ConstraintPlans()
    for unique in table.uniques {
      let isGenerated = unique.name == constraintNames.unique(table.name.name, unique.columns)
      if isGenerated, let index = single(unique.columns, columns), !columns[index].schema.isUnique {
        columns[index].schema.isUnique = true
        columns[index].options.append(".unique")
      } else {
        parts.uniques.append(UniqueSchema(unique.columns, name: isGenerated ? nil : unique.name))
      }
    }
    for index in table.indexes { add(index, of: table, &columns, &parts) }
    parts.checks = table.checks.map { check in
      let source = check.expression.source
      return CheckSchema(
        source, name: check.name == constraintNames.check(table.name.name, source) ? nil : check.name)
    }
    for key in table.foreignKeys { add(key, of: table, &columns, &parts) }
    return parts
  }

  private func add(
    _ index: IndexSnapshot, of table: TableSnapshot, _ columns: inout [ColumnPlan], _ parts: inout ConstraintPlans
  ) {
    let over = index.elements.compactMap(\.column)
    let generated = (index.isUnique ? constraintNames.unique : constraintNames.index)(table.name.name, over)
    let isGenerated = over.count == index.elements.count && index.name == generated
    let made = IndexSchema(
      elements: index.elements.map { element in
        var element = element
        element.expression = element.expression?.bare
        return element
      }, name: isGenerated ? nil : index.name, unique: index.isUnique, where: index.predicate?.source,
      including: index.including, method: index.method)
    if let place = single(over, columns), made == IndexSchema(over), !columns[place].schema.isIndexed {
      columns[place].schema.isIndexed = true
      columns[place].options.append(".indexed")
    } else {
      parts.indexes.append(made)
    }
  }

  private func add(
    _ key: ForeignKeySnapshot, of table: TableSnapshot, _ columns: inout [ColumnPlan], _ parts: inout ConstraintPlans
  ) {
    let isGenerated = key.name == constraintNames.foreignKey(table.name.name, key.columns)
    let name = isGenerated ? nil : key.name
    let isNear = key.target.namespace == table.name.namespace
    if isNear, let target = key.targetColumns.first, key.targetColumns.count == 1,
      let place = single(key.columns, columns), columns[place].schema.references == nil
    {
      let made = ForeignKeySchema(
        table: key.target.name, column: target, onDelete: key.onDelete, onUpdate: key.onUpdate, name: name,
        deferral: key.deferral)
      columns[place].schema.references = made
      columns[place].options.append(made.option)
      return
    }
    let namespace: ReferencedNamespace =
      isNear ? .same : key.target.namespace.map { .named($0) } ?? .connectionDefault
    parts.foreignKeys.append(
      CompositeKeySchema(
        key.columns, references: key.target.name, key.targetColumns, in: namespace, name: name,
        onDelete: key.onDelete, onUpdate: key.onUpdate, deferral: key.deferral))
  }

  private func single(_ names: [String], _ columns: [ColumnPlan]) -> Int? {
    guard names.count == 1 else { return nil }
    return columns.firstIndex { $0.schema.name == names[0] }
  }
}
