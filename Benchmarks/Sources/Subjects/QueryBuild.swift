import BenchmarkModels
@_spi(Benchmarks) import RowanCore

/// A query of three conditions, from its closure to text and values, without running it.
enum QueryBuild {
  /// As Rowan does it: the tree's shape is hashed and found, its values are gathered.
  static func rowan(_ db: Database) -> Subject {
    Subject(.rowan) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for index in 0..<operations {
        let call = try db.call(query(Int64(index)).statement)
        tally.add(Int64(call.compiled.sql.utf8.count))
      }
      return tally.value
    }
    .onClose { await db.close() }
  }

  /// As most libraries do it: the same tree is rendered, and the text looked up among the prepared statements.
  static func string(_ db: Database) throws -> Subject {
    var cache: [String: String] = [:]
    for column in 0..<200 {
      let other = Item.where { $0.id == 1 && $0.score > 0 }.limit(column).offset(column)
      cache["\(StringRenderer.render(other.select).sql) -- \(column)"] = ""
    }
    cache[StringRenderer.render(query(0).select).sql] = try db.sql(query(0).statement)
    let prepared = cache
    return Subject(.string) { operations, thorough in
      var tally = Tally(thorough: thorough)
      for index in 0..<operations {
        let (sql, values) = StringRenderer.render(query(Int64(index)).select)
        guard let found = prepared[sql], values.count == 4 else { throw BenchmarkError("the text is not in the cache") }
        tally.add(Int64(found.utf8.count))
      }
      return tally.value
    }
  }

  @inline(__always)
  private static func query(_ id: Int64) -> Query<Item> {
    Item.where { $0.id == id && $0.score > 0.5 && $0.active == true }.limit(1)
  }
}
