import RowanCore

/// What the text of a `CREATE TABLE` says. https://sqlite.org/lang_createtable.html
struct ParsedTable {
  var name = ""
  var columns: [ParsedColumn] = []
  var primaryKey: ParsedKey?
  var uniques: [ParsedKey] = []
  var checks: [ParsedCheck] = []
  var foreignKeys: [ParsedForeignKey] = []
  var isAutoincrement = false
  var isStrict = false
  var isWithoutRowID = false
  /// What the text says and a snapshot cannot.
  var remarks: [String] = []
}

/// A column of a `CREATE TABLE`.
struct ParsedColumn {
  var name: String
  /// The declared type, its words one blank apart.
  var type = ""
  /// The logical type that a comment behind the declared one states.
  var note: String?
  var isNotNull = false
  var collation: String?
  /// The default as written, with parentheses where it has them.
  var defaultText: String?
  var computed: (expression: String, isStored: Bool)?
}

/// A primary key or a unique constraint.
struct ParsedKey {
  var name: String?
  var columns: [String] = []
}

/// A CHECK.
struct ParsedCheck {
  var name: String?
  var expression: String
}

/// A foreign key.
struct ParsedForeignKey {
  var name: String?
  var columns: [String]
  var target: String
  /// Empty for the primary key of the target.
  var targetColumns: [String] = []
  var onDelete = ForeignKeyAction.noAction
  var onUpdate = ForeignKeyAction.noAction
  var deferral = ConstraintDeferral.immediate
}
