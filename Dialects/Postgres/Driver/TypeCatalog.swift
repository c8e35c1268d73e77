internal import RowanCore
internal import Synchronization

/// What is known of the types that a database adds to the built-in ones: enums, domains, extensions' types.
///
/// Looked up once per database, when a result first holds such a type. A type that is dropped and made anew has a new
/// object id.
final class TypeCatalog: Sendable {
  /// What messages call a type, and how it is read.
  struct Entry: Sendable {
    var name: String
    var kind: ColumnForm.Kind
    var element: ColumnForm.Kind
  }

  /// Reads the entries of the object ids in `$1`. A domain is followed to its base type, and `typsend` tells text from
  /// forms of its own: an enum, `citext` and the like are sent as text.
  /// https://www.postgresql.org/docs/15/catalog-pg-type.html
  static let query = """
    WITH RECURSIVE base(root, oid) AS (
      SELECT o, o FROM unnest($1::oid[]) AS o
      UNION ALL
      SELECT b.root, t.typbasetype FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.oid WHERE t.typtype = 'd'
    )
    SELECT b.root::int8, pg_catalog.format_type(b.root, NULL), t.oid::int8, t.typsend::oid::regproc::text,
      CASE WHEN t.typsend = 'pg_catalog.array_send'::regproc THEN t.typelem::int8 ELSE 0 END
    FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.oid WHERE t.typtype <> 'd'
    """

  /// ``query``, as drivers run statements.
  static let lookUp = Compiled(
    id: -1, sql: query, binds: [.source(0)], bindTypes: [.custom("oid[]")], access: .read, isReusable: false)

  private let entries = Mutex<[UInt32: Entry]>([:])

  func entry(_ oid: UInt32) -> Entry? { entries.withLock { $0[oid] } }

  /// Notes one row of ``query``. An array whose element type is not known yet is noted once it is.
  /// - Returns: the element type that has to be looked up first, if any.
  func note(oid: UInt32, name: String, base: UInt32, send: String, element: UInt32) -> UInt32? {
    var entry = Entry(name: name, kind: .raw, element: .raw)
    if element != 0 {
      if let form = ColumnForm(oid: element) {
        entry.element = form.kind
      } else if let known = self.entry(element) {
        entry.element = known.kind
      } else {
        return element
      }
      entry.kind = .array
    } else if let form = ColumnForm(oid: base), form.kind != .raw {
      entry.kind = form.kind
      entry.element = form.element
    } else if Self.textSenders.contains(send) {
      entry.kind = .text
    }
    let noted = entry
    entries.withLock { $0[oid] = noted }
    return nil
  }

  /// Notes that nothing is known of a type: it was dropped meanwhile, or may not be seen.
  func noteUnknown(_ oid: UInt32) {
    entries.withLock { if $0[oid] == nil { $0[oid] = Entry(name: "type \(oid)", kind: .raw, element: .raw) } }
  }

  private static let textSenders: Set<String> = ["enum_send", "textsend", "varcharsend", "bpcharsend", "citextsend"]
}
