/// Comments that plugins put behind a statement.
enum SQLTag {
  private static let allowed = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-=:.,'".utf8)

  /// `text` as a comment, with the blank before it.
  /// - Throws: ``RowanError/Code/pluginFailed`` for any character that could end the comment or hide in a log.
  static func comment(_ text: String, plugin: String) throws -> String {
    guard text.utf8.allSatisfy(allowed.contains) else {
      throw RowanError(
        .pluginFailed, "the plugin '\(plugin)' tagged a statement with a character that a comment cannot hold",
        hint: "use letters, digits, blanks and _-=:.,'")
    }
    return " /* \(text) */"
  }
}
