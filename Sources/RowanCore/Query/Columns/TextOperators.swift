extension SQLExpression where Value.Nullable == String? {
  /// Matches an SQL pattern: `%` is any text, `_` any one character, and `\` takes the next one literally.
  ///
  /// Case matters on every engine unless `caseInsensitive` is set. SQLite folds only ASCII letters.
  public func like(_ pattern: String, caseInsensitive: Bool = false) -> Condition {
    match(.pattern, pattern, caseInsensitive)
  }
  /// Starts with `text`, taken literally.
  public func hasPrefix(_ text: String, caseInsensitive: Bool = false) -> Condition {
    match(.prefix, text, caseInsensitive)
  }
  /// Ends with `text`, taken literally.
  public func hasSuffix(_ text: String, caseInsensitive: Bool = false) -> Condition {
    match(.suffix, text, caseInsensitive)
  }
  /// Contains `text`, taken literally.
  public func contains(_ text: String, caseInsensitive: Bool = false) -> Condition {
    match(.contains, text, caseInsensitive)
  }

  private func match(_ kind: LikeKind, _ text: String, _ caseInsensitive: Bool) -> Condition {
    Condition(.node(.like(kind, caseInsensitive: caseInsensitive), [expr, .bind(.text(text))]))
  }

  /// In lower case: `lower(x)`.
  public func lowercased() -> Computed<Value> { Computed(.node(.function(.lower), [expr])) }
  /// In upper case: `upper(x)`.
  public func uppercased() -> Computed<Value> { Computed(.node(.function(.upper), [expr])) }
  /// Without blanks at either end: `trim(x)`.
  public func trimmed() -> Computed<Value> { Computed(.node(.function(.trim), [expr])) }
  /// Its length in characters (Unicode scalars).
  public func length() -> Computed<Int?> { Computed(.node(.function(.length), [expr])) }
  /// `count` characters from `start`, the first being 1.
  public func substring(from start: Int, count: Int) -> Computed<Value> {
    Computed(.node(.function(.substring), [expr, .bind(.int(Int64(start))), .bind(.int(Int64(count)))]))
  }
  /// With every `text` replaced by `replacement`.
  public func replacing(_ text: String, with replacement: String) -> Computed<Value> {
    Computed(.node(.function(.replace), [expr, .bind(.text(text)), .bind(.text(replacement))]))
  }

  /// Followed by `text`. `NULL` stays `NULL`.
  public static func + (left: Self, right: String) -> Computed<Value> {
    Computed(.node(.arithmetic(.concatenate), [left.expr, .bind(.text(right))]))
  }
  /// Followed by another expression. `NULL` stays `NULL`.
  public static func + <R: SQLExpression>(left: Self, right: R) -> Computed<String?>
  where R.Value.Nullable == String? {
    Computed(.node(.arithmetic(.concatenate), [left.expr, right.expr]))
  }
}
