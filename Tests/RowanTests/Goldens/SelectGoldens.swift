import RowanCore

enum SelectGoldens {
  private static let users = Select(GoldenTables.users)
  private static let posts = Select(GoldenTables.posts)
  private static let ids = users.fields((.users(.id), .bigint))

  static var all: [Golden] { plain + joins + groups + nested + sets + windows }

  private static var plain: [Golden] {
    [
      Golden("rows", users.order(.users(.id))),
      Golden("projection", users.fields((.users(.id), .bigint), (.users(.email), .text)).order(.users(.id))),
      Golden("distinct", users.fields((.users(.age), .bigint)).order(.users(.age)).changed { $0.distinct = true }),
      Golden("limit", ids.order(.users(.id)).limit(2)),
      Golden("limit and offset", ids.order(.users(.id)).limit(2, offset: 1)),
      Golden("offset alone", ids.order(.users(.id)).limit(nil, offset: 1)),
      Golden(
        "order by several", ids.order(.users(.age), descending: true).order(.users(.id))),
      Golden("nulls first", ids.order(.users(.managerID), nulls: .first).order(.users(.id))),
      Golden("nulls last", ids.order(.users(.managerID), nulls: .last).order(.users(.id))),
      Golden(
        "descending nulls first", ids.order(.users(.managerID), descending: true, nulls: .first).order(.users(.id))),
      Golden("descending nulls last", ids.order(.users(.managerID), descending: true, nulls: .last).order(.users(.id))),
      Golden(
        "nulls last of an expression with a value",
        ids.order(.math(.add, .users(.managerID), .int(1)), nulls: .last).order(.users(.id))),
    ]
  }

  private static var joins: [Golden] {
    let author = Expr.binary(.equal, .users(.id), .posts(.authorID, slot: 1))
    let manager = Expr.binary(.equal, .users(.id, slot: 1), .users(.managerID))
    let both = users.fields((.users(.id), .bigint), (.posts(.id, slot: 1), .bigint))
    let pair = users.fields((.users(.id), .bigint), (.users(.id, slot: 1), .bigint))
    return [
      Golden("inner join", both.join(GoldenTables.posts, .inner, on: author).order(.posts(.id, slot: 1))),
      Golden(
        "join with every column",
        users.join(GoldenTables.posts, .inner, on: author).order(.posts(.id, slot: 1))),
      Golden(
        "left join with a condition on the outer side",
        both.join(
          GoldenTables.posts, .left,
          on: .all([author, .compare(.greater, .posts(.rating, slot: 1), .int(3))])
        ).order(.users(.id)).order(.posts(.id, slot: 1))),
      Golden(
        "right join",
        both.join(GoldenTables.posts, .right, on: author).order(.posts(.id, slot: 1))),
      Golden("full join", both.join(GoldenTables.posts, .full, on: author).filter(.isNull(.posts(.id, slot: 1)))),
      Golden(
        "cross join", both.join(GoldenTables.posts, .cross, on: nil).order(.users(.id)).order(.posts(.id, slot: 1))),
      Golden("self join", pair.join(GoldenTables.users, .inner, on: manager).order(.users(.id))),
      Golden(
        "three tables",
        users.fields((.users(.email), .text), (.users(.email, slot: 2), .text))
          .join(GoldenTables.posts, .inner, on: author)
          .join(GoldenTables.users, .left, on: .binary(.equal, .users(.id, slot: 2), .users(.managerID)))
          .order(.posts(.id, slot: 1))),
      Golden(
        "lateral join",
        users.fields((.users(.id), .bigint), (.column(ColumnRef(Slot(1), 0)), .bigint)).changed {
          let inner = Select(GoldenTables.posts, scope: 1).fields((.posts(.id, scope: 1), .bigint))
            .filter(.binary(.equal, .posts(.authorID, scope: 1), .users(.id)))
            .order(.posts(.rating, scope: 1), descending: true, nulls: .last).order(.posts(.id, scope: 1)).limit(1)
          $0.joins = [Join(.select(inner), .lateral, on: nil)]
        }.order(.users(.id))),
    ]
  }

  private static var groups: [Golden] {
    let count = Expr.aggregate(.count)
    let decade = Expr.math(.remainder, .users(.age), .int(10))
    let key = Expr.node(.groupKey(scope: 0, index: 0), [decade])
    return [
      Golden("count", users.fields((count, .bigint))),
      Golden(
        "group and having",
        users.fields((.users(.age), .bigint), (count, .bigint)).group(.users(.age))
          .changed { $0.having = .binary(.greater, count, .int(1)) }.order(.users(.age))),
      Golden(
        "group by an expression with a value",
        users.fields((.math(.remainder, .users(.age), .int(10)), .bigint), (count, .bigint))
          .group(.math(.remainder, .users(.age), .int(10)))
          .order(.math(.remainder, .users(.age), .int(10)))),
      Golden(
        "a grouping key said again in every clause",
        users.fields((.math(.add, key, .int(1)), .bigint), (count, .bigint)).group(decade)
          .changed {
            let same = Select(GoldenTables.users, scope: 1).filter(.binary(.equal, .users(.age, scope: 1), key))
            $0.having = .all([.binary(.greater, key, .int(2)), .node(.exists(same))])
          }.order(.aggregate(.maximum, key)).order(key)),
      Golden(
        "aggregates",
        users.fields(
          (.aggregate(.count, .users(.name)), .bigint), (.aggregate(.count, .users(.age), distinct: true), .bigint),
          (.aggregate(.sum, .users(.age)), .bigint), (.aggregate(.average, .users(.age)), .double),
          (.aggregate(.sum, .users(.score)), .double), (.aggregate(.average, .users(.score)), .double),
          (.aggregate(.minimum, .users(.email)), .text), (.aggregate(.maximum, .users(.createdAt)), .timestamp))),
      Golden(
        "aggregates of decimals",
        users.fields(
          (.aggregate(.sum, .users(.balance)), .decimal(precision: 38, scale: 2)),
          (.aggregate(.average, .users(.balance)), .double),
          (.aggregate(.minimum, .users(.balance)), .decimal(precision: 12, scale: 2)),
          (.aggregate(.maximum, .users(.balance)), .decimal(precision: 12, scale: 2)))),
      Golden(
        "ordered by a sum of decimals",
        users.fields((.users(.age), .bigint), (.aggregate(.sum, .users(.balance)), .decimal(precision: 38, scale: 2)))
          .group(.users(.age)).order(.aggregate(.sum, .users(.balance)), descending: true).order(.users(.age))),
      Golden(
        "sum compared with a value",
        users.fields((.users(.age), .bigint)).group(.users(.age))
          .changed { $0.having = .binary(.less, .aggregate(.sum, .users(.id)), .int(4)) }.order(.users(.age))),
    ]
  }

  private static var nested: [Golden] {
    // Users inside users inside users: each level sees the one around it, and none captures another's columns.
    let third = Select(GoldenTables.users, scope: 2).filter(
      .all([
        .binary(.equal, .users(.managerID, scope: 2), .users(.id, scope: 1)),
        .binary(.notEqual, .users(.id, scope: 2), .users(.id)),
      ]))
    let second = Select(GoldenTables.users, scope: 1).filter(
      .all([
        .binary(.equal, .users(.managerID, scope: 1), .users(.id)), .not(.node(.exists(third))),
      ]))
    let latest = Select(GoldenTables.posts, scope: 1)
      .fields((.aggregate(.maximum, .posts(.rating, scope: 1)), .integer))
      .filter(.binary(.equal, .posts(.authorID, scope: 1), .users(.id)))
    let authors = posts.fields((.posts(.authorID), .bigint))
    return [
      Golden("the same table at three depths", ids.filter(.node(.exists(second))).order(.users(.id))),
      Golden(
        "correlated scalar", users.fields((.users(.id), .bigint), (.node(.scalar(latest)), .integer)).order(.users(.id))
      ),
      Golden(
        "in a query built outside", ids.filter(.node(.inSelect(authors), [.users(.id)])).order(.users(.id))),
      Golden(
        "not in a query",
        ids.filter(.not(.node(.inSelect(authors.filter(.not(.isNull(.posts(.rating))))), [.users(.id)])))
          .order(.users(.id))),
      Golden(
        "in a limited query",
        ids.filter(.node(.inSelect(authors.order(.posts(.id)).limit(2)), [.users(.id)])).order(.users(.id))),
      Golden(
        "from a query",
        Select(scope: 0, base: .select(authors.limit(3).order(.posts(.id)))).fields((.aggregate(.count), .bigint))),
      Golden(
        "from a query over two tables",
        Select(
          scope: 0,
          base: .select(
            users.join(GoldenTables.posts, .inner, on: .binary(.equal, .users(.id), .posts(.authorID, slot: 1))))
        ).fields((.column(ColumnRef(Slot(0), 11)), .text)).order(.column(ColumnRef(Slot(0), 9)))),
    ]
  }

  private static var sets: [Golden] {
    let young = ids.filter(.compare(.less, .users(.age), .int(30)))
    let named = ids.filter(.not(.isNull(.users(.name))))
    let old = ids.filter(.compare(.greater, .users(.age), .int(40)))
    let emails = users.fields((.users(.email), .text))
    return [
      Golden("union", young.arm(.union, named).order(.users(.id))),
      Golden(
        "union all with limit", young.arm(.unionAll, named).order(.users(.id), descending: true).limit(3, offset: 1)),
      Golden("intersect", young.arm(.intersect, named).order(.users(.id))),
      Golden("except", named.arm(.except, old).order(.users(.id))),
      Golden("union then intersect", young.arm(.union, old).arm(.intersect, named).order(.users(.id))),
      Golden("intersect then union", young.arm(.intersect, named).arm(.union, old).order(.users(.id))),
      Golden(
        "arm with its own order and limit",
        young.arm(.unionAll, ids.order(.users(.id), descending: true).limit(1)).order(.users(.id))),
      Golden(
        "set operation ordered by an expression",
        emails.arm(.union, emails).order(.call(.length, .users(.email))).order(.users(.email))),
      Golden(
        "set operation with nulls last",
        users.fields((.users(.managerID), .bigint)).arm(.union, users.fields((.users(.id), .bigint)))
          .order(.users(.managerID), nulls: .last)),
      Golden(
        "count of a union",
        Select(scope: 0, base: .select(young.arm(.union, named))).fields((.aggregate(.count), .bigint))),
    ]
  }

  private static var windows: [Golden] {
    func window(_ function: Expr, by parts: ContiguousArray<Expr>, _ order: ContiguousArray<Ordering>) -> Expr {
      .node(
        .window(partition: parts.count, order: ContiguousArray(order.map(\.order))),
        [function] + parts + order.map(\.expr))
    }
    let byID: ContiguousArray = [Ordering(.users(.id), SortOrder())]
    return [
      Golden(
        "row number in a partition",
        value: window(
          .call(.rowNumber), by: [.users(.age)],
          [Ordering(.users(.managerID), SortOrder(descending: true, nulls: .last)), byID[0]]), .bigint),
      Golden("rank", value: window(.call(.rank), by: [], [Ordering(.users(.age), SortOrder())]), .bigint),
      Golden("lag", value: window(.call(.lag, .users(.id), .int(1)), by: [], byID), .bigint),
      Golden("running sum", value: window(.aggregate(.sum, .users(.age)), by: [], byID), .bigint),
      Golden("running mean", value: window(.aggregate(.average, .users(.age)), by: [], byID), .double),
      Golden(
        "running sum plus one", value: .math(.multiply, window(.aggregate(.sum, .users(.age)), by: [], byID), .int(2)),
        .bigint),
      Golden("windowed count", value: window(.aggregate(.count), by: [.users(.age)], []), .bigint),
    ]
  }
}
