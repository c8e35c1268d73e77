import Hummingbird
import Rowan

/// Which part of a list is asked for: `?page=2&perPage=50`.
struct Paging {
  static let parameters: Set<String> = ["page", "perPage"]
  let page: Int
  let perPage: Int

  init(_ query: QueryParameters) throws {
    page = try query.integer("page", in: 1...100_000) ?? 1
    perPage = try query.integer("perPage", in: 1...100) ?? 20
  }
}

/// One page of a list.
struct Page<Item: Encodable & Sendable>: ResponseEncodable {
  let items: [Item]
  let page: Int
  let perPage: Int
  /// Items on all pages.
  let total: Int
}

extension Query {
  /// The page and the number of all rows, both of one snapshot.
  func page(_ paging: Paging, _ db: Database) async throws -> Page<T> where T: Encodable {
    try await page(paging, db) { rows, _ in rows }
  }

  /// The page, each row made into what the client sees by `finish`, and the number of all rows, all of one snapshot.
  func page<Item: Encodable & Sendable>(
    _ paging: Paging, _ db: Database, _ finish: @Sendable ([T], Transaction) async throws -> [Item]
  ) async throws -> Page<Item> {
    let whole = self
    return try await db.read { tx in
      let total = try await whole.fetchCount(tx)
      let rows = try await whole.limit(paging.perPage).offset((paging.page - 1) * paging.perPage).fetchAll(tx)
      return Page(items: try await finish(rows, tx), page: paging.page, perPage: paging.perPage, total: total)
    }
  }
}
