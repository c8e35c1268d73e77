// Written by Scripts/generate-arities.sh; do not edit.
// swift-format-ignore-file

extension Query {
  /// The selected columns and expressions: one is a query usable inside others, several are a tuple.
  @inlinable public func select<S: Selection>(
    @SelectionBuilder _ body: (T.Columns) -> S
  ) -> S.Result {
    var copy = self
    copy.select.enterCurrentScope()
    return copy.at(body).result(copy.select)
  }

  /// With every matching row of `U`.
  @inlinable public func join<U: Table>(
    _: U.Type, on: (T.Columns, U.Columns) -> Condition
  ) -> Join2<T, U> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(T.columns(Slot(scope: scope, 0)), U.columns(Slot(scope: scope, 1)))
    }
    copy.joins.append(Join(.table(U.schema), .inner, on: condition.expr))
    return Join2<T, U>(copy)
  }

  /// With every matching row of `U`, or none: its columns turn optional.
  @inlinable public func leftJoin<U: Table>(
    _: U.Type, on: (T.Columns, U.Columns) -> Condition
  ) -> Join2<T, Outer<U>> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(T.columns(Slot(scope: scope, 0)), U.columns(Slot(scope: scope, 1)))
    }
    copy.joins.append(Join(.table(U.schema), .left, on: condition.expr))
    return Join2<T, Outer<U>>(copy)
  }

  /// Every row of `U` with its matches, or none: everything before turns optional.
  @inlinable public func rightJoin<U: Table>(
    _: U.Type, on: (T.Columns, U.Columns) -> Condition
  ) -> Join2<T.AsNullable, U> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(T.columns(Slot(scope: scope, 0)), U.columns(Slot(scope: scope, 1)))
    }
    copy.joins.append(Join(.table(U.schema), .right, on: condition.expr))
    return Join2<T.AsNullable, U>(copy)
  }

  /// Every row of both sides, matched where possible: all columns turn optional.
  @inlinable public func fullJoin<U: Table>(
    _: U.Type, on: (T.Columns, U.Columns) -> Condition
  ) -> Join2<T.AsNullable, Outer<U>> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(T.columns(Slot(scope: scope, 0)), U.columns(Slot(scope: scope, 1)))
    }
    copy.joins.append(Join(.table(U.schema), .full, on: condition.expr))
    return Join2<T.AsNullable, Outer<U>>(copy)
  }

  /// Grouped by one expression: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression>(
    _ body: (T.Columns) -> K0
  ) -> Group1<K0, T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.expr)
    let key = picked.asGroupKey(scope: scope, index: 0)
    return Group1(copy.select, key: key) { key, shift in key.moved(shift) }
  }

  /// Grouped by 2 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1)
  ) -> Group1<(K0, K1), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift)) }
  }

  /// Grouped by 3 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2)
  ) -> Group1<(K0, K1, K2), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift)) }
  }

  /// Grouped by 4 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2, K3)
  ) -> Group1<(K0, K1, K2, K3), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift)) }
  }

  /// Grouped by 5 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2, K3, K4)
  ) -> Group1<(K0, K1, K2, K3, K4), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift)) }
  }

  /// Grouped by 6 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2, K3, K4, K5)
  ) -> Group1<(K0, K1, K2, K3, K4, K5), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift)) }
  }

  /// Grouped by 7 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2, K3, K4, K5, K6)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift)) }
  }

  /// Grouped by 8 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6, K7), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr); copy.select.group.append(picked.7.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6), picked.7.asGroupKey(scope: scope, index: 7))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift), key.7.moved(shift)) }
  }

  /// Grouped by 9 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6, K7, K8), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr); copy.select.group.append(picked.7.expr); copy.select.group.append(picked.8.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6), picked.7.asGroupKey(scope: scope, index: 7), picked.8.asGroupKey(scope: scope, index: 8))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift), key.7.moved(shift), key.8.moved(shift)) }
  }

  /// Grouped by 10 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression, K9: SQLExpression>(
    _ body: (T.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8, K9)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6, K7, K8, K9), T> {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr); copy.select.group.append(picked.7.expr); copy.select.group.append(picked.8.expr); copy.select.group.append(picked.9.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6), picked.7.asGroupKey(scope: scope, index: 7), picked.8.asGroupKey(scope: scope, index: 8), picked.9.asGroupKey(scope: scope, index: 9))
    return Group1(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift), key.7.moved(shift), key.8.moved(shift), key.9.moved(shift)) }
  }

}

extension Table {
  /// The selected columns and expressions of every row.
  @inlinable public static func select<S: Selection>(
    @SelectionBuilder _ body: (Columns) -> S
  ) -> S.Result { Query<Self>().select(body) }

  /// Grouped by one expression.
  @inlinable public static func group<K0: SQLExpression>(
    _ body: (Columns) -> K0
  ) -> Group1<K0, Self> { Query<Self>().group(body) }

  /// Grouped by 2 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression>(
    _ body: (Columns) -> (K0, K1)
  ) -> Group1<(K0, K1), Self> { Query<Self>().group(body) }

  /// Grouped by 3 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2)
  ) -> Group1<(K0, K1, K2), Self> { Query<Self>().group(body) }

  /// Grouped by 4 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2, K3)
  ) -> Group1<(K0, K1, K2, K3), Self> { Query<Self>().group(body) }

  /// Grouped by 5 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2, K3, K4)
  ) -> Group1<(K0, K1, K2, K3, K4), Self> { Query<Self>().group(body) }

  /// Grouped by 6 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2, K3, K4, K5)
  ) -> Group1<(K0, K1, K2, K3, K4, K5), Self> { Query<Self>().group(body) }

  /// Grouped by 7 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2, K3, K4, K5, K6)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6), Self> { Query<Self>().group(body) }

  /// Grouped by 8 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6, K7), Self> { Query<Self>().group(body) }

  /// Grouped by 9 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6, K7, K8), Self> { Query<Self>().group(body) }

  /// Grouped by 10 expressions.
  @inlinable public static func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression, K9: SQLExpression>(
    _ body: (Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8, K9)
  ) -> Group1<(K0, K1, K2, K3, K4, K5, K6, K7, K8, K9), Self> { Query<Self>().group(body) }

  /// See ``Query/join(_:on:)``.
  @inlinable public static func join<U: Table>(
    _ table: U.Type, on: (Columns, U.Columns) -> Condition
  ) -> Join2<Self, U> { Query<Self>().join(table, on: on) }

  /// See ``Query/leftJoin(_:on:)``.
  @inlinable public static func leftJoin<U: Table>(
    _ table: U.Type, on: (Columns, U.Columns) -> Condition
  ) -> Join2<Self, Outer<U>> { Query<Self>().leftJoin(table, on: on) }

  /// See ``Query/rightJoin(_:on:)``.
  @inlinable public static func rightJoin<U: Table>(
    _ table: U.Type, on: (Columns, U.Columns) -> Condition
  ) -> Join2<Self.AsNullable, U> { Query<Self>().rightJoin(table, on: on) }

  /// See ``Query/fullJoin(_:on:)``.
  @inlinable public static func fullJoin<U: Table>(
    _ table: U.Type, on: (Columns, U.Columns) -> Condition
  ) -> Join2<Self.AsNullable, Outer<U>> { Query<Self>().fullJoin(table, on: on) }

}
