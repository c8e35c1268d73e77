import RowanCore

enum ConditionGoldens {
  static var all: [Golden] { comparisons + matching + lists + logic + values }

  private static let age = ColumnRef.users(.age)

  private static var comparisons: [Golden] {
    [
      Golden("equal", where: .compare(.equal, age, .int(30))),
      Golden("not equal", where: .compare(.notEqual, age, .int(30))),
      Golden("less", where: .compare(.less, age, .int(30))),
      Golden("less or equal", where: .compare(.lessOrEqual, age, .int(30))),
      Golden("greater", where: .compare(.greater, age, .int(30))),
      Golden("greater or equal", where: .compare(.greaterOrEqual, age, .int(30))),
      Golden("two columns", where: .binary(.equal, .users(.id), .users(.managerID))),
      Golden("is null", where: .isNull(.users(.name))),
      Golden("is not null", where: .not(.isNull(.users(.name)))),
      Golden("expression is null", where: .node(.isNull, [.math(.add, .users(.managerID), .users(.id))])),
      Golden("truth value", where: .compare(.equal, .users(.active), .bool(true))),
      Golden("decimal", where: .compare(.less, .users(.balance), .decimal(10))),
      Golden(
        "decimal expression",
        where: .binary(.greater, .math(.add, .users(.balance), .bind(.decimal(1))), .bind(.decimal(10)))),
      Golden("timestamp", where: .compare(.less, .users(.createdAt), .timestamp(Timestamp(microseconds: 1)))),
      Golden("between", where: .node(.between, [.users(.age), .int(20), .int(40)])),
      Golden("not between", where: .not(.node(.between, [.users(.age), .int(20), .int(40)]))),
      Golden("distinct from", where: .node(.isDistinct(negated: false), [.users(.name), .text("Ann")])),
      Golden("not distinct from", where: .node(.isDistinct(negated: true), [.users(.name), .text("Ann")])),
      Golden(
        "columns not distinct", where: .node(.isDistinct(negated: true), [.users(.managerID), .users(.managerID)])),
    ]
  }

  private static var matching: [Golden] {
    let name = Expr.users(.name)
    var list: [Golden] = []
    for (kind, text) in [(LikeKind.pattern, "a%\\%_"), (.prefix, "a%"), (.suffix, "_\\"), (.contains, "*[%")] {
      list.append(Golden("like \(kind)", where: .like(kind, name, text)))
      list.append(Golden("not like \(kind)", where: .not(.like(kind, name, text))))
      list.append(Golden("like \(kind) in any case", where: .like(kind, name, text, insensitive: true)))
      list.append(Golden("like \(kind) of an expression", where: .like(kind, .call(.lower, name), text)))
    }
    return list
  }

  private static var lists: [Golden] {
    let ids: ContiguousArray<SQLValue> = [.int(1), .int(2), .int(3)]
    return [
      Golden("in", where: .list(.users(.id), .bigint, ids, padded: 4)),
      Golden("not in", where: .not(.list(.users(.id), .bigint, ids, padded: 4))),
      Golden(
        "in a list of texts",
        where: .all([
          .compare(.equal, .users(.active), .bool(true)), .list(.users(.email), .text, [.text("a@x")], padded: 1),
        ])),
      Golden(
        "in a long list",
        where: .list(.users(.id), .bigint, ContiguousArray((1...40_000).map { .int($0) }), padded: 65_536)),
    ]
  }

  private static var logic: [Golden] {
    let a = Expr.compare(.equal, age, .int(1)), b = Expr.compare(.equal, age, .int(2))
    let c = Expr.compare(.equal, age, .int(3))
    return [
      Golden("and", where: .all([a, b])),
      Golden("or", where: .any([a, b])),
      Golden("and inside or", where: .any([a, .all([b, c])])),
      Golden("or inside and", where: .all([a, .any([b, c])])),
      Golden("not and", where: .not(.all([a, b]))),
      Golden("not not", where: .not(.not(a))),
      Golden("nothing to hold", where: .all([])),
      Golden("nothing that could hold", where: .any([])),
      Golden("one alone", where: .all([.any([a])])),
      Golden("constants", where: .any([.node(.constant(false)), .not(.node(.constant(false)))])),
      Golden("condition compared", where: .binary(.equal, .isNull(.users(.name)), a)),
    ]
  }

  private static var values: [Golden] {
    let id = Expr.users(.id), age = Expr.users(.age), score = Expr.users(.score), name = Expr.users(.name)
    let bigger = Expr.compare(.greater, .users(.age), .int(30))
    return [
      Golden("sum of product", value: .math(.add, id, .math(.multiply, age, .int(2))), .bigint),
      Golden("product of sum", value: .math(.multiply, .math(.add, id, age), .int(2)), .bigint),
      Golden("left to right", value: .math(.subtract, .math(.subtract, id, age), .int(2)), .bigint),
      Golden("right to left", value: .math(.subtract, id, .math(.subtract, age, .int(2))), .bigint),
      Golden("quotient of quotient", value: .math(.divide, age, .math(.divide, .int(100), id)), .bigint),
      Golden("integer division", value: .math(.divide, age, .int(7)), .bigint),
      Golden("double division", value: .math(.divide, score, .bind(.double(4))), .double),
      Golden("remainder", value: .math(.remainder, age, .int(7)), .bigint),
      Golden("remainder of doubles", value: .math(.remainder, score, .bind(.double(0.75))), .double),
      Golden(
        "decimal arithmetic",
        value: .math(.multiply, .users(.balance), .math(.subtract, .users(.balance), .bind(.decimal(1)))),
        .decimal(precision: 38, scale: 4)),
      Golden("concatenation", value: .math(.concatenate, .math(.concatenate, .users(.email), .text("/")), name), .text),
      Golden("concatenation compared", where: .binary(.equal, .math(.concatenate, name, .text("!")), .text("Ann!"))),
      Golden("lower and upper", value: .math(.concatenate, .call(.lower, name), .call(.upper, name)), .text),
      Golden("trim", value: .call(.trim, name), .text),
      Golden("length", value: .call(.length, name), .bigint),
      Golden("substring", value: .call(.substring, name, .int(2), .int(2)), .text),
      Golden("replace", value: .call(.replace, name, .text("n"), .text("m")), .text),
      Golden("abs", value: .call(.abs, .math(.subtract, id, age)), .bigint),
      Golden("abs of a decimal", value: .call(.abs, .users(.balance)), .decimal(precision: 12, scale: 2)),
      Golden("round", value: .call(.round, score), .double),
      Golden("round of an integer", value: .call(.round, age), .bigint),
      Golden("round of a decimal", value: .call(.round, .users(.balance)), .decimal(precision: 12, scale: 2)),
      Golden("floor", value: .call(.floor, score), .double),
      Golden("ceiling", value: .call(.ceiling, score), .double),
      Golden("coalesce", value: .call(.coalesce, name, .text("nobody")), .text),
      Golden("coalesce of two columns", value: .call(.coalesce, name, .users(.email)), .text),
      Golden("nullif", value: .call(.nullIf, age, .int(0)), .bigint),
      Golden("greatest and least", value: .math(.subtract, .call(.greatest, id, age), .call(.least, id, age)), .bigint),
      Golden("now", where: .binary(.lessOrEqual, .users(.createdAt), .call(.now))),
      Golden("cast to text", value: .node(.cast(.text), [id]), .text),
      Golden("cast to double", value: .node(.cast(.double), [age]), .double),
      Golden("cast to an integer", value: .node(.cast(.bigint), [score]), .bigint),
      Golden(
        "case",
        value: .node(.cases(hasElse: true), [bigger, .text("old"), .isNull(.users(.name)), name, .text("young")]), .text
      ),
      Golden("case without else", value: .node(.cases(hasElse: false), [bigger, age]), .bigint),
      Golden(
        "raw fragment",
        where: .all([.node(.raw(["", " + ", " > 10"]), [id, .int(5)]), .node(.raw(["1 = 1 OR 1 = 0"]))])),
      Golden("condition as a value", value: .all([bigger, .not(.isNull(.users(.name)))]), .boolean),
    ]
  }
}
