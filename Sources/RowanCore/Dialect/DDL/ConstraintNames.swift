/// The names of constraints and indexes: derived from table and columns, the same on every run and engine, and cut to
/// what the engine takes.
public struct ConstraintNames: Sendable {
  /// Bytes of UTF-8 an identifier may have.
  public let maxBytes: Int
  /// Characters an identifier may have.
  public let maxCharacters: Int

  /// Names for an engine with these limits.
  public init(maxBytes: Int, maxCharacters: Int? = nil) {
    self.maxBytes = maxBytes
    self.maxCharacters = maxCharacters ?? maxBytes
  }

  /// `pk_users`.
  public func primaryKey(_ table: String) -> String { fit("pk_\(table)") }

  /// `uq_users_email`.
  public func unique(_ table: String, _ columns: [String]) -> String { fit(join("uq", table, columns)) }

  /// `fk_posts_author_id`.
  public func foreignKey(_ table: String, _ columns: [String]) -> String { fit(join("fk", table, columns)) }

  /// `ix_users_name`.
  public func index(_ table: String, _ columns: [String]) -> String { fit(join("ix", table, columns)) }

  /// `ck_users_9c8e3f21`, by a hash of the condition: a check that changes is another one, and the others keep theirs.
  public func check(_ table: String, _ condition: String) -> String {
    fit("ck_\(table)_\(hash(condition).prefix(8))")
  }

  private func join(_ prefix: String, _ table: String, _ columns: [String]) -> String {
    ([prefix, table] + columns).joined(separator: "_")
  }

  /// A name that is too long keeps its beginning, and ends in a hash of the whole.
  public func fit(_ name: String) -> String {
    if name.utf8.count <= maxBytes, name.unicodeScalars.count <= maxCharacters { return name }
    let suffix = "_" + hash(name)
    var bytes = suffix.utf8.count
    var kept = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      bytes += UTF8.width(scalar)
      if bytes > maxBytes || kept.count + suffix.utf8.count >= maxCharacters { break }
      kept.append(scalar)
    }
    return String(kept) + suffix
  }

  private func hash(_ text: String) -> String {
    let digits = String(StableHash.of(text), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
