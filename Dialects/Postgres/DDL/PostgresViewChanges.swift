import RowanCore

/// Views, and what has to be done about those that stand in the way of another change.
extension PostgresChangeWriter {
  mutating func create(_ view: ViewSnapshot) throws {
    let word = view.isMaterialized ? "MATERIALIZED VIEW" : "VIEW"
    emit("CREATE \(word) \(try name(view.name)) AS \(view.query.source)", facts: [SchemaFact(.view, view.name)])
    if let comment = view.comment { emit(try emitter.commentOn(view: view, comment)) }
  }

  mutating func drop(_ view: ViewSnapshot, loss: String? = nil) throws {
    let word = view.isMaterialized ? "MATERIALIZED VIEW" : "VIEW"
    emit("DROP \(word) \(try name(view.name))", facts: [SchemaFact(.view, view.name, exists: false)], loss: loss)
  }

  /// Drops the views over `tables`, whose columns could not change their types otherwise.
  /// - Returns: those to create again, in the order in which that can be done.
  mutating func dropViews(over tables: [ObjectName]) throws -> [ViewSnapshot] {
    let ordered = views(over: tables)
    let condemned = Set(
      changes.compactMap { change -> ObjectName? in
        if case .dropView(let view) = change { view.name } else { nil }
      })
    for view in ordered.reversed() {
      try drop(view)
      if condemned.contains(view.name) { gone.insert(.view(view.name)) }
    }
    return ordered.filter { !condemned.contains($0.name) }
  }

  /// The views there are at present that read one of `tables`, or one another, each after those it reads.
  private func views(over tables: [ObjectName]) -> [ViewSnapshot] {
    let dropped = Set(
      statements.indices.flatMap { statements[$0].facts }.filter { $0.kind == .view && !$0.exists }.map(\.object))
    let made = Set(statements.flatMap(\.facts).filter { $0.kind == .view && $0.exists }.map(\.object))
    let present = before.views.filter { !dropped.contains($0.name) || made.contains($0.name) }
    var names = Set(tables.map(\.name))
    var found: [ViewSnapshot] = []
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for view in present where !found.contains(where: { $0.name == view.name }) {
        guard names.contains(where: { SQLText.mentions(view.query.source, $0) }) else { continue }
        found.append(view)
        names.insert(view.name.name)
        isGrowing = true
      }
    }
    var ordered: [ViewSnapshot] = []
    while !found.isEmpty {
      let index = found.firstIndex { view in
        !found.contains { $0.name != view.name && SQLText.mentions(view.query.source, $0.name.name) }
      }
      ordered.append(found.remove(at: index ?? 0))
    }
    return ordered
  }
}
