/// Writes the joins and groups of every arity, and the result builders of `select`.
///
/// Fixed arities rather than parameter packs: chained joins over a pack do not type-check in reasonable time, and a
/// mistake in a closure that returns a pack empties the pack without an error.
///
/// A builder rather than one `select` for each arity: where the function that takes a closure is overloaded, the time to
/// check the closure grows by a factor with each operator in it, and five sums do not type-check at all. `group` stays
/// overloaded: keys are plain columns, and behind a builder a mistake in the `select` that follows is reported as a
/// closure whose parameters cannot be inferred.
enum JoinTemplate {
  static let maxJoin = 8
  static let maxSelect = 10
  static let letters = ["A", "B", "C", "D", "E", "F", "G", "H"]

  static let header = """
    // Written by Scripts/generate-arities.sh; do not edit.
    // swift-format-ignore-file


    """

  /// Every generated file, by name.
  static func files() -> [String: String] {
    var files: [String: String] = [:]
    files["QueryJoins.swift"] = header + querySelect() + tableEntryPoints()
    files["Builders.swift"] = header + builders()
    files["RawColumns.swift"] = header + rawColumns()
    for arity in 1...maxJoin {
      if arity > 1 { files["Join\(arity).swift"] = header + join(arity) }
      files["Group\(arity).swift"] = header + group(arity)
    }
    return files
  }

  static func list(_ count: Int, _ separator: String = ", ", _ body: (Int) -> String) -> String {
    (0..<count).map(body).joined(separator: separator)
  }

  static func tuple(_ count: Int, _ body: (Int) -> String) -> String {
    count == 1 ? body(0) : "(" + list(count, ", ", body) + ")"
  }

  static func member(_ count: Int, _ index: Int) -> String { count == 1 ? "picked" : "picked.\(index)" }

  static func builders() -> String {
    """
    /// What a `select` closure returns: one column or expression, a whole table, or a tuple of up to ten of them.
    @resultBuilder public enum SelectionBuilder {
      /// One column or expression.
      @inlinable public static func buildExpression<E: SQLExpression>(_ item: E) -> SelectedColumn<E.Value> {
        SelectedColumn(Field(item.expr, as: E.Value.self))
      }

      /// A whole table.
      @_disfavoredOverload @inlinable
      public static func buildExpression<X0: Selectable>(_ item: X0) -> SelectedRow<X0.Output> {
        var fields = ContiguousArray<Field>()
        item.fields(into: &fields)
        return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in try X0.decode(&row) }
      }

    \(selections("Selectable"))\
      /// Anything else is a mistake.
      @available(*, unavailable, message: "select takes columns, expressions and whole tables, at most ten of them")
      @_disfavoredOverload public static func buildExpression<Item>(_ item: Item) -> SelectedRow<Never> {
        SelectedRow([]) { (row: inout RowReader) throws(DecodeFailure) in throw row.invalid("not selectable") }
      }

      /// The only selection.
      @inlinable public static func buildBlock<S: Selection>(_ selection: S) -> S { selection }
    }

    /// What a `select` closure returns after `group`: a key or aggregate, or a tuple of up to ten of them.
    @resultBuilder public enum GroupSelectionBuilder {
      /// One key or aggregate.
      @inlinable public static func buildExpression<E: SQLExpression>(_ item: E) -> SelectedColumn<E.Value> {
        SelectedColumn(Field(item.expr, as: E.Value.self))
      }

    \(selections("SQLExpression"))\
      /// Anything else is a mistake.
      @available(
        *, unavailable,
        message: "after group only keys and aggregates can be selected: use count(), sum(), min(), max() or average()")
      @_disfavoredOverload public static func buildExpression<Item>(_ item: Item) -> SelectedRow<Never> {
        SelectedRow([]) { (row: inout RowReader) throws(DecodeFailure) in throw row.invalid("not selectable") }
      }

      /// The only selection.
      @inlinable public static func buildBlock<S: Selection>(_ selection: S) -> S { selection }
    }

    """
  }

  /// The tuples of two items and more.
  static func selections(_ constraint: String) -> String {
    var out = ""
    for count in 2...maxSelect {
      out += """
          /// \(count) items, as a tuple.
          @inlinable public static func buildExpression<\(list(count) { "X\($0): \(constraint)" })>(
            _ items: (\(list(count) { "X\($0)" }))
          ) -> SelectedRow<(\(list(count) { "X\($0).Output" }))> {
            var fields = ContiguousArray<Field>()
            \(list(count, "; ") { "items.\($0).fields(into: &fields)" })
            return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
              (\(list(count) { "try X\($0).decode(&row)" }))
            }
          }


        """
    }
    return out
  }

  /// One `select`, whose builder knows the arities.
  /// - Parameter enter: moves a copy down to the closure the query is refined in.
  static func select(_ parameters: String, builder: String, enter: String = "select.enterCurrentScope") -> String {
    """
      /// The selected columns and expressions: one is a query usable inside others, several are a tuple.
      @inlinable public func select<S: Selection>(
        @\(builder) _ body: (\(parameters)) -> S
      ) -> S.Result {
        var copy = self
        copy.\(enter)()
        return copy.at(body).result(copy.select)
      }


    """
  }

  static func rawColumns() -> String {
    var out = "extension SQL {\n"
    for count in 1...maxSelect {
      let row = tuple(count) { "V\($0)" }
      out += """
          /// Rows of \(count == 1 ? "one value" : "\(count) values, as a tuple"), by position.
          /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
          public func `as`<\(list(count) { "V\($0): ColumnValue" })>(
            \(list(count) { "_: V\($0).Type" }), access: RawStatement.Access = .read
          ) -> RawQuery<\(row)> {
            RawQuery(statement(access, as: [\(list(count) { "V\($0).self" })])) { (row: inout RowReader) throws(DecodeFailure) in
              \(tuple(count) { "try V\($0).read(&row)" })
            }
          }


        """
    }
    return out + "}\n"
  }

  static func querySelect() -> String {
    """
    extension Query {
    \(select("T.Columns", builder: "SelectionBuilder"))\
    \(joins(arity: 1))\
    \(groups(arity: 1))}


    """
  }

  static func parameters(_ arity: Int) -> String {
    arity == 1 ? "T.Columns" : list(arity) { "\(letters[$0]).Columns" }
  }

  static func joins(arity: Int) -> String {
    guard arity < maxJoin else { return "" }
    let old = arity == 1 ? ["T"] : Array(letters.prefix(arity))
    let next = "Join\(arity + 1)"
    func overload(_ name: String, _ kind: String, _ doc: String, _ result: String) -> String {
      """
        /// \(doc)
        @inlinable public func \(name)<U: Table>(
          _: U.Type, on: (\(parameters(arity)), U.Columns) -> Condition
        ) -> \(result) {
          var copy = select
          copy.enterCurrentScope()
          let scope = copy.scope
          let condition = Scope.inside(scope) {
            on(\(list(arity) { "\(old[$0]).columns(Slot(scope: scope, \($0)))" }), U.columns(Slot(scope: scope, \(arity))))
          }
          copy.joins.append(Join(.table(U.schema), .\(kind), on: condition.expr))
          return \(result)(copy)
        }


      """
    }
    let plain = old.joined(separator: ", ")
    let nullable = old.map { "\($0).AsNullable" }.joined(separator: ", ")
    return overload("join", "inner", "With every matching row of `U`.", "\(next)<\(plain), U>")
      + overload(
        "leftJoin", "left", "With every matching row of `U`, or none: its columns turn optional.",
        "\(next)<\(plain), Outer<U>>")
      + overload(
        "rightJoin", "right", "Every row of `U` with its matches, or none: everything before turns optional.",
        "\(next)<\(nullable), U>")
      + overload(
        "fullJoin", "full", "Every row of both sides, matched where possible: all columns turn optional.",
        "\(next)<\(nullable), Outer<U>>")
  }

  static func groups(arity: Int) -> String {
    let old = arity == 1 ? ["T"] : Array(letters.prefix(arity))
    let constraint =
      arity == 1 ? "" : " where " + old.map { "\($0): Groupable" }.joined(separator: ", ")
    var out = ""
    for count in 1...maxSelect {
      let key = tuple(count) { "K\($0)" }
      let moved = tuple(count) { count == 1 ? "key.moved(shift)" : "key.\($0).moved(shift)" }
      out += """
          /// Grouped by \(count == 1 ? "one expression" : "\(count) expressions"): the key comes back as the first argument of `select`.
          @inlinable public func group<\(list(count) { "K\($0): SQLExpression" })>(
            _ body: (\(parameters(arity))) -> \(key)
          ) -> Group\(arity)<\(key), \(old.joined(separator: ", "))>\(constraint) {
            var copy = self
            copy.select.enterCurrentScope()
            let picked = copy.at(body)
            let scope = copy.select.scope
            \(list(count, "; ") { "copy.select.group.append(\(member(count, $0)).expr)" })
            let key = \(tuple(count) { "\(member(count, $0)).asGroupKey(scope: scope, index: \($0))" })
            return Group\(arity)(copy.select, key: key) { key, shift in \(moved) }
          }


        """
    }
    return out
  }

  static func join(_ arity: Int) -> String {
    let names = Array(letters.prefix(arity))
    let generics = names.map { "\($0): FromItem" }.joined(separator: ", ")
    return """
      /// A query over \(arity) joined sources. An immutable value.
      public struct Join\(arity)<\(generics)>: SelectFetchable {
        public typealias Row = (\(names.map { "\($0).Row" }.joined(separator: ", ")))
        /// The tree.
        public var select: Select
        @inlinable init(_ select: Select) { self.select = select }

        @inlinable public var statement: Statement { .select(select) }
        @inlinable public func decode(_ row: inout RowReader) throws(DecodeFailure) -> Row {
          (\(names.map { "try \($0).decodeRow(&row)" }.joined(separator: ", ")))
        }

        @inlinable func at<R>(_ body: (\(parameters(arity))) -> R) -> R {
          let scope = select.scope
          return Scope.inside(scope) {
            body(\(list(arity) { "\(names[$0]).columns(Slot(scope: scope, \($0)))" }))
          }
        }

        /// Only rows that satisfy `condition`, and every condition before it.
        @inlinable public consuming func `where`(_ condition: (\(parameters(arity))) -> Condition) -> Self {
          select.enterCurrentScope()
          let expr = at(condition).expr
          select.and(expr)
          return self
        }

        /// Sorted by one more term.
        @inlinable public consuming func order(_ term: (\(parameters(arity))) -> Ordering) -> Self {
          select.enterCurrentScope()
          let term = at(term)
          select.order.append(term)
          return self
        }

        /// Sorted by more terms.
        @inlinable public consuming func order(by terms: (\(parameters(arity))) -> [Ordering]) -> Self {
          select.enterCurrentScope()
          let terms = at(terms)
          select.order.append(contentsOf: terms)
          return self
        }

        /// At most `count` rows.
        @inlinable public consuming func limit(_ count: Int) -> Self {
          select.limit = LimitValue.bind(count)
          return self
        }

        /// Without the first `count` rows.
        @inlinable public consuming func offset(_ count: Int) -> Self {
          select.offset = LimitValue.bind(count)
          return self
        }

        /// Equal rows once.
        @inlinable public consuming func distinct() -> Self {
          select.distinct = true
          return self
        }

        /// Whether any row satisfies the query, as a condition inside another: `EXISTS (…)`.
        public func exists() -> Condition {
          var inner = select
          inner.enterCurrentScope()
          return Condition(.node(.exists(inner)))
        }

      \(select(parameters(arity), builder: "SelectionBuilder"))\
      \(joins(arity: arity))\
      \(groups(arity: arity))}

      """
  }

  static func group(_ arity: Int) -> String {
    let names = arity == 1 ? ["T"] : Array(letters.prefix(arity))
    let generics = arity == 1 ? "T: Table" : names.map { "\($0): Groupable" }.joined(separator: ", ")
    let aggregates = names.map { "\($0).AggregateColumns" }.joined(separator: ", ")
    return """
      /// A grouped query: only the key and aggregates of the other columns can be selected.
      public struct Group\(arity)<Key: Sendable, \(generics)>: Sendable {
        /// The tree.
        public var select: Select
        @usableFromInline var key: Key
        @usableFromInline let move: @Sendable (Key, ScopeShift) -> Key
        @inlinable init(_ select: Select, key: Key, move: @escaping @Sendable (Key, ScopeShift) -> Key) {
          self.select = select
          self.key = key
          self.move = move
        }

        // The key was placed when the query was grouped, and moves with it.
        @inlinable mutating func enterCurrentScope() {
          if let shift = select.enteringCurrentScope() { key = move(key, shift) }
        }

        @inlinable func at<R>(_ body: (Key, \(aggregates)) -> R) -> R {
          let scope = select.scope
          return Scope.inside(scope) {
            body(key, \(names.enumerated().map { "\($1).aggregates(Slot(scope: scope, \($0)))" }.joined(separator: ", ")))
          }
        }

        /// Only groups that satisfy `condition`.
        @inlinable public consuming func having(_ condition: (Key, \(aggregates)) -> Condition) -> Self {
          enterCurrentScope()
          let expr = at(condition).expr
          if let present = select.having { select.having = .all([present, expr]) } else { select.having = expr }
          return self
        }

        /// Sorted by one more term.
        @inlinable public consuming func order(_ term: (Key, \(aggregates)) -> Ordering) -> Self {
          enterCurrentScope()
          let term = at(term)
          select.order.append(term)
          return self
        }

      \(select("Key, \(aggregates)", builder: "GroupSelectionBuilder", enter: "enterCurrentScope"))}

      """
  }

  static func tableEntryPoints() -> String {
    var out = "extension Table {\n"
    out += """
        /// The selected columns and expressions of every row.
        @inlinable public static func select<S: Selection>(
          @SelectionBuilder _ body: (Columns) -> S
        ) -> S.Result { Query<Self>().select(body) }


      """
    for count in 1...maxSelect {
      out += """
          /// Grouped by \(count == 1 ? "one expression" : "\(count) expressions").
          @inlinable public static func group<\(list(count) { "K\($0): SQLExpression" })>(
            _ body: (Columns) -> \(tuple(count) { "K\($0)" })
          ) -> Group1<\(tuple(count) { "K\($0)" }), Self> { Query<Self>().group(body) }


        """
    }
    for (name, result) in [
      ("join", "Join2<Self, U>"), ("leftJoin", "Join2<Self, Outer<U>>"),
      ("rightJoin", "Join2<Self.AsNullable, U>"), ("fullJoin", "Join2<Self.AsNullable, Outer<U>>"),
    ] {
      out += """
          /// See ``Query/\(name)(_:on:)``.
          @inlinable public static func \(name)<U: Table>(
            _ table: U.Type, on: (Columns, U.Columns) -> Condition
          ) -> \(result) { Query<Self>().\(name)(table, on: on) }


        """
    }
    return out + "}\n"
  }
}
