import Rowan

/// What a list may be sorted by, each with the column behind it.
protocol SortKey: CaseIterable, RawRepresentable, Sendable where RawValue == String {
  associatedtype Columns
  /// The column, smallest first.
  func ordering(_ columns: Columns) -> Ordering
}

/// One term of `?sort=-priority,title`; a hyphen turns the order round.
struct SortTerm<Key: SortKey> {
  let key: Key
  let descending: Bool

  /// Reads the parameter `sort`.
  static func read(_ query: QueryParameters, default fallback: [SortTerm]) throws -> [SortTerm] {
    let known = Key.allCases.map(\.rawValue)
    let terms = try query.list("sort", known: known) { text -> SortTerm? in
      let descending = text.hasPrefix("-")
      return Key(rawValue: descending ? String(text.dropFirst()) : text).map {
        SortTerm(key: $0, descending: descending)
      }
    }
    return terms.isEmpty ? fallback : terms
  }

  func ordering(_ columns: Key.Columns) -> Ordering {
    var ordering = key.ordering(columns)
    ordering.order.descending = descending
    return ordering
  }
}
