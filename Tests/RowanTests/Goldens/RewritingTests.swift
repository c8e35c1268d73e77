import Foundation
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

@testable import RowanCore

/// What holds for every golden statement beside its text.
@Suite struct RewritingTests {
  @Test(arguments: GoldenTests.dialects.map(\.name))
  func identityRewriteLosesNothing(engine: String) throws {
    let dialect = try #require(GoldenTests.dialects.first { $0.name == engine })
    for golden in GoldenTests.all {
      // A column out of reach is for the printer to report.
      guard let rewritten = try? TreeRewriter().rewrite(whole: golden.statement) else { continue }
      #expect(
        GoldenTests.print(rewritten, dialect) == GoldenTests.print(golden.statement, dialect), "\(golden.name)")
      var before = ShapeWalk(), after = ShapeWalk()
      before.statement(golden.statement)
      after.statement(rewritten)
      #expect(before.hasher.value == after.hasher.value, "\(golden.name)")
      #expect(before.binds == after.binds, "\(golden.name)")
    }
  }

  @Test(arguments: GoldenTests.dialects.map(\.name))
  func everyValueIsBound(engine: String) throws {
    let dialect = try #require(GoldenTests.dialects.first { $0.name == engine })
    let secret = "s3cr3t-'\"`\\"
    for (index, kind) in [LikeKind.pattern, .prefix, .suffix, .contains].enumerated() {
      var select = Select(GoldenTables.users)
      select.filter = .like(kind, .users(.name), secret, insensitive: index % 2 == 0)
      #expect(!GoldenTests.print(.select(select), dialect).contains("s3cr3t"))
    }
  }

  /// Deep trees are refused before anything recurses into them, whatever the size of the stack.
  @Test func nesting() async throws {
    func nested(_ depth: Int) -> Statement {
      var filter = Expr.compare(.equal, .users(.age), .int(1))
      for _ in 0..<depth { filter = .node(.arithmetic(.add), [.int(1), .not(filter)]) }
      return .select(Select(GoldenTables.users).filter(filter))
    }
    var deep = Expr.compare(.equal, .users(.age), .int(1))
    for _ in 0..<5000 { deep = .not(deep) }
    try NestingLimit.check(nested(499))
    for statement in [nested(500), .select(Select(GoldenTables.users).filter(deep))] {
      let error = #expect(throws: RowanError.self) { try NestingLimit.check(statement) }
      #expect(error?.code == .nestingTooDeep)
      let printer = #expect(throws: RowanError.self) { try PostgresDialect().makePrinter().print(statement) }
      #expect(printer?.code == .nestingTooDeep)
      let rewriter = #expect(throws: RowanError.self) { try TreeRewriter().rewrite(whole: statement) }
      #expect(rewriter?.code == .nestingTooDeep)
    }
  }

  /// Rewriting and printing recurse; what is allowed has to fit whatever thread it happens on.
  @Test func deepestAllowedTreeFitsASmallStack() async throws {
    var filter = Expr.compare(.equal, .users(.age), .int(1))
    for _ in 0..<490 { filter = .node(.arithmetic(.add), [.int(1), .not(filter)]) }
    let statement = Statement.select(Select(GoldenTables.users).filter(filter))
    let failure: String? = await withCheckedContinuation { continuation in
      let thread = Thread {
        do {
          for dialect in GoldenTests.dialects {
            let rewritten = try TreeRewriter().rewrite(whole: statement)
            try dialect.makePrinter().print(rewritten)
          }
          continuation.resume(returning: nil)
        } catch {
          continuation.resume(returning: "\(error)")
        }
      }
      thread.stackSize = 512 << 10
      thread.start()
    }
    #expect(failure == nil)
  }

  @Test func columnsOutOfScope() throws {
    func code(_ select: Select) -> RowanError.Code? {
      #expect(throws: RowanError.self) { try PostgresDialect().makePrinter().print(.select(select)) }?.code
    }
    let users = Select(GoldenTables.users)
    // Of a query that is not around.
    #expect(code(users.filter(.isNull(.users(.name, scope: 1)))) == .columnOutOfScope)
    // Of a table that is not in FROM.
    #expect(code(users.filter(.isNull(.users(.name, slot: 1)))) == .columnOutOfScope)
    // Of a column the table does not have.
    #expect(code(users.filter(.isNull(ColumnRef(Slot(0), 99)))) == .columnOutOfScope)
    // In a join's condition, of a table that comes later.
    let late = users.join(GoldenTables.posts, .inner, on: .binary(.equal, .users(.id), .users(.id, slot: 2)))
      .join(GoldenTables.users, .inner, on: .node(.constant(true)))
    #expect(code(late) == .columnOutOfScope)
    // In FROM, of a table beside it.
    var derived = users
    derived.joins = [
      Join(
        .select(Select(GoldenTables.posts, scope: 1).filter(.binary(.equal, .posts(.id, scope: 1), .users(.id)))),
        .inner, on: .node(.constant(true)))
    ]
    #expect(code(derived) == .columnOutOfScope)
  }

  @Test func mySQLReadsTheTableItChanges() throws {
    let inner = Select(GoldenTables.tags, scope: 1).filter(
      .binary(.equal, .column(ColumnRef(Slot(scope: 1, 0), 0)), .column(ColumnRef(Slot(0), 2))))
    var delete = DeleteStatement(scope: 0, table: GoldenTables.tags)
    delete.filter = .node(.exists(inner))
    let printer = MySQLDialect(.mySQL, version: 80_036).makePrinter()
    try printer.print(.delete(delete))
    #expect(
      printer.sql == "DELETE FROM `tags` WHERE EXISTS (SELECT 1 FROM "
        + "(SELECT * FROM `tags` LIMIT 18446744073709551615) AS t1_0 WHERE t1_0.`post_id` = `tags`.`uses`)")
  }
}
