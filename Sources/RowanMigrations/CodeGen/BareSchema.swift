internal import RowanCore

/// Schemas without what a server made of their expressions, so that what was read can be compared with what is written.
extension SchemaSnapshot {
  var bare: SchemaSnapshot {
    var bare = self
    bare.tables = tables.map(\.bare)
    bare.views = views.map { view in
      ViewSnapshot(view.name, query: view.query.bare, isMaterialized: view.isMaterialized, comment: view.comment)
    }
    return bare
  }
}

extension TableSnapshot {
  var bare: TableSnapshot {
    var bare = self
    for index in columns.indices {
      if case .expression(let expression)? = columns[index].defaultValue {
        bare.columns[index].defaultValue = .expression(expression.bare)
      }
      if let computed = columns[index].computed { bare.columns[index].computed?.expression = computed.expression.bare }
    }
    bare.checks = checks.map { CheckSnapshot($0.name, $0.expression.bare) }
    bare.indexes = indexes.map { index in
      var index = index
      index.predicate = index.predicate?.bare
      index.elements = index.elements.map { element in
        var element = element
        element.expression = element.expression?.bare
        return element
      }
      return index
    }
    return bare
  }
}
