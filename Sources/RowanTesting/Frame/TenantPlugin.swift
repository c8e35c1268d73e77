import RowanCore

extension ContextKeys {
  /// Whose rows a handle sees.
  var tenant: ContextKey<Int64> { ContextKey("tenant") }
}

/// Shows every statement the rows of one tenant: those of a table with a column `tenant_id` whose value is the handle's.
struct TenantPlugin: DatabasePlugin {
  let name = "tenancy"

  func rewrite(_ statement: Statement) throws -> Statement { try Scoping().rewrite(whole: statement) }

  private final class Scoping: TreeRewriter {
    private static let tenant = Expr.node(.context("tenant", .bigint))

    private func column(of table: TableSchema) -> UInt16? {
      table.columns.firstIndex { $0.name == "tenant_id" }.map { UInt16($0) }
    }

    private func condition(_ place: Slot, _ table: TableSchema) -> Expr? {
      column(of: table).map { .binary(.equal, .column(ColumnRef(place, $0)), Scoping.tenant) }
    }

    override func rewrite(_ select: Select) throws -> Select {
      var out = try super.rewrite(select)
      for slot in 0...select.joins.count {
        guard case .table(let table)? = select.source(slot),
          let condition = condition(Slot(scope: select.scope, UInt8(slot)), table)
        else { continue }
        // Where the table is on the outer side of a join, the filter belongs to that join: in WHERE it would take away
        // the rows without a partner.
        let ownJoin = slot > 0 && select.joins[slot - 1].kind == .left ? slot - 1 : nil
        let laterJoin = select.joins.indices.first { $0 >= slot && select.joins[$0].kind == .right }
        if select.joins.contains(where: { $0.kind == .full }) {
          throw RowanError.unsupported("a full join of tenants' tables", dialect: "tenancy", alternative: "join twice")
        }
        if let join = ownJoin ?? laterJoin {
          out.joins[join].on = out.joins[join].on.map { .all([$0, condition]) } ?? condition
        } else {
          out.and(condition)
        }
      }
      return out
    }

    override func rewrite(_ update: UpdateStatement) throws -> UpdateStatement {
      var out = try super.rewrite(update)
      guard let condition = condition(Slot(scope: update.scope, 0), update.table) else { return out }
      out.filter = out.filter.map { .all([$0, condition]) } ?? condition
      return out
    }

    override func rewrite(_ delete: DeleteStatement) throws -> DeleteStatement {
      var out = try super.rewrite(delete)
      guard let condition = condition(Slot(scope: delete.scope, 0), delete.table) else { return out }
      out.filter = out.filter.map { .all([$0, condition]) } ?? condition
      return out
    }

    override func rewrite(_ insert: InsertStatement) throws -> InsertStatement {
      var out = try super.rewrite(insert)
      guard let column = column(of: insert.table) else { return out }
      guard !insert.columns.contains(column) else {
        throw RowanError(.vetoed, "an insert names its tenant itself", hint: "leave it to the handle")
      }
      out.columns.append(column)
      switch out.source {
      case .values: throw RowanError.internalFailure("a plugin was shown values")
      case .expressions(let list, let rows):
        let width = insert.columns.count
        var wider = ContiguousArray<Expr>()
        for row in 0..<rows {
          wider.append(contentsOf: list[(row * width)..<((row + 1) * width)])
          wider.append(Scoping.tenant)
        }
        out.source = .expressions(wider, rows: rows)
      case .columnArrays(let list): out.source = .columnArrays(list + [Scoping.tenant])
      case .select(var select):
        guard case .list(var fields) = select.fields else {
          throw RowanError.unsupported("an insert from whole rows", dialect: "tenancy", alternative: "name the columns")
        }
        fields.append(Field(Scoping.tenant, type: .bigint))
        select.fields = .list(fields)
        out.source = .select(select)
      }
      return out
    }

    override func rewrite(_ raw: RawStatement) throws -> RawStatement {
      guard raw.unscoped else {
        throw RowanError(
          .vetoed, "raw SQL cannot be kept to one tenant", hint: "say bypassingScopes if it may see every tenant")
      }
      return try super.rewrite(raw)
    }
  }
}
