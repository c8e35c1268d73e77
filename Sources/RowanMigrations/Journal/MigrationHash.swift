import Crypto

/// The identity of a migration's content.
///
/// SHA-256 over the normal form of `up.sql`, `down.sql` and `snapshot.json`, each after its length, so that text moved
/// from one file to another changes the hash. `meta.json` and the journal's times are not part of it.
///
/// The normal form leaves out a byte order mark, blanks and carriage returns at the ends of lines, and empty lines at
/// the end; of the SQL files also the first `-- REVIEWED:` line, if nothing but comments of that kind stands before it,
/// and every `-- rowan:allow` line that has no quote, dollar, backslash, asterisk or bracket in it.
public enum MigrationHash {
  /// The hash in lower-case hexadecimal.
  public static func hash(up: String, down: String, snapshot: String) -> String {
    var hash = SHA256()
    hash.update(data: Array("rowan-migration-1\n".utf8))
    for part in [normalForm(ofSQL: up), normalForm(ofSQL: down), normalForm(of: snapshot)] {
      withUnsafeBytes(of: UInt64(part.count).bigEndian) { hash.update(bufferPointer: $0) }
      hash.update(data: part)
    }
    return hexadecimal(hash.finalize())
  }

  /// The hash of one statement's text, for `meta.json` and the journal of statements.
  public static func hash(statement: String) -> String {
    hexadecimal(SHA256.hash(data: normalForm(ofSQL: statement)))
  }

  /// The hash of a run of statements, in order; nil of none.
  public static func hash(statements: some Sequence<String>) -> String? {
    var hash: String?
    for statement in statements { hash = self.hash(statement, after: hash) }
    return hash
  }

  /// The hash of a run of statements that `statement` makes longer by one.
  /// - Parameter previous: The hash of those before it; nil when it is the first.
  public static func hash(_ statement: String, after previous: String?) -> String {
    var hash = SHA256()
    hash.update(data: Array((previous ?? "rowan-statements-1").utf8))
    hash.update(data: [UInt8(ascii: "\n")])
    hash.update(data: normalForm(ofSQL: statement))
    return hexadecimal(hash.finalize())
  }

  static func normalForm(of text: String) -> [UInt8] { normalForm(text) { _ in true } }

  static func normalForm(ofSQL text: String) -> [UInt8] {
    var mayBeMarked = true
    return normalForm(text) { line in
      if MarkerLine.isAllowance(line) { return false }
      guard mayBeMarked else { return true }
      let isMarker = MarkerLine.review(line) != nil
      mayBeMarked = !isMarker && MarkerLine.isComment(line)
      return !isMarker
    }
  }

  private static func normalForm(_ text: String, keeps: (ArraySlice<UInt8>) -> Bool) -> [UInt8] {
    var bytes = Array(text.utf8)[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    var form: [UInt8] = []
    form.reserveCapacity(bytes.count)
    var emptyLines = 0
    for var line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      while let last = line.last, SQLBytes.isBlank(last) { line = line.dropLast() }
      guard keeps(line) else { continue }
      if line.isEmpty {
        emptyLines += 1
        continue
      }
      form.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: emptyLines))
      emptyLines = 0
      form.append(contentsOf: line)
      form.append(UInt8(ascii: "\n"))
    }
    return form
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
