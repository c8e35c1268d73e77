import SwiftDiagnostics

/// What the macros refuse, each with a stable identifier.
struct TableMessage: DiagnosticMessage {
  let id: String
  let message: String
  var diagnosticID: MessageID { MessageID(domain: "Rowan", id: id) }
  var severity: DiagnosticSeverity { .error }

  init(_ id: String, _ message: String) {
    self.id = id
    self.message = message
  }
}

/// The declaration as a whole.
extension TableMessage {
  static func notAStruct(_ name: String, _ kind: String) -> Self {
    Self("not_a_struct", "'@Table' needs a struct; '\(name)' is \(kind)")
  }
  static func nested(_ name: String) -> Self {
    Self("nested_struct", "'@Table' needs a struct at the top level of a file; '\(name)' is nested")
  }
  static func generic(_ name: String) -> Self {
    Self("generic_struct", "'@Table' cannot be applied to generic struct '\(name)': a table's columns are fixed")
  }
  static func noncopyable(_ name: String) -> Self {
    Self("noncopyable_struct", "'@Table' needs a copyable struct; '\(name)' is not")
  }
  static func noColumns(_ name: String) -> Self {
    Self("no_columns", "'\(name)' has no stored property that is a column")
  }
  static func reservedMember(_ name: String) -> Self {
    Self("reserved_member", "'@Table' declares a '\(name)' of its own; give this one another name")
  }
  static func unknownColumn(_ name: String) -> Self {
    Self("unknown_column", "the table has no column called '\(name)'")
  }
  static func notALiteral(_ label: String) -> Self {
    Self("not_a_literal", "\(label) must be a plain string literal")
  }
  static var emptyName: Self { Self("empty_name", "a name in the database cannot be empty") }
}

/// Stored properties that cannot be columns.
extension TableMessage {
  static func missingType(_ name: String) -> Self {
    Self("missing_type", "column '\(name)' needs a written type")
  }
  static var tuplePattern: Self {
    Self("tuple_pattern", "a tuple pattern cannot be a column; declare one property for each part")
  }
  static func lazyProperty(_ name: String) -> Self {
    Self("lazy_property", "lazy property '\(name)' cannot be a column")
  }
  static func referenceProperty(_ name: String, _ kind: String) -> Self {
    Self("reference_property", "\(kind) property '\(name)' cannot be a column")
  }
  static func unknownAttribute(_ name: String, _ attribute: String) -> Self {
    Self("unknown_attribute", "'\(name)' cannot be a column: '@\(attribute)' may change what is stored")
  }
  static func conditional(_ name: String) -> Self {
    Self("conditional_column", "column '\(name)' cannot stand under '#if': a table's columns are fixed")
  }
  static func constant(_ name: String) -> Self {
    Self("constant_property", "'\(name)' is a constant with a value of its own, so no row can be read into it")
  }
  static func unsupportedType(_ name: String, _ kind: String) -> Self {
    Self("unsupported_type", "column '\(name)' cannot hold \(kind)")
  }
  static func unconformedType(_ name: String, _ kind: String, isCodable: Bool) -> Self {
    let json = isCodable ? "store it as 'JSON', " : ""
    return Self(
      "unconformed_type",
      "column '\(name)' cannot hold \(kind), which is no 'ColumnValue'; \(json)mark it '@Ignored', or mark it '@Column' "
        + "where an extension conforms it")
  }
  static func nestedOptional(_ name: String) -> Self {
    Self("nested_optional", "column '\(name)' cannot hold an optional of an optional: SQL has one 'NULL'")
  }
  static func implicitlyUnwrapped(_ name: String) -> Self {
    Self("implicitly_unwrapped", "column '\(name)' cannot be implicitly unwrapped")
  }
  static func reservedProperty(_ name: String) -> Self {
    Self(
      "reserved_property",
      "no column's property can be called '\(name)', which '@Table' declares itself; rename the property and name the "
        + "column with '@Column(name: \"\(snakeCased(name))\")'")
  }
  static func reservedType(_ name: String) -> Self {
    Self("reserved_type", "'\(name)' means a declaration of '@Table' here; write the type with what encloses it")
  }
}

/// What `@Column` and `@Ignored` say.
extension TableMessage {
  static func optionalKey(_ name: String) -> Self {
    Self("optional_primary_key", "primary key column '\(name)' cannot be optional")
  }
  static func optionalGenerated(_ name: String) -> Self {
    Self("optional_generated", "generated column '\(name)' cannot be optional")
  }
  static func generatedDefault(_ name: String) -> Self {
    Self("generated_default", "generated column '\(name)' cannot have a default")
  }
  static var opaqueOption: Self {
    Self("opaque_option", "write a column option as a member, such as '.unique': '@Table' reads it as source")
  }
  static func repeatedColumn(_ name: String) -> Self {
    Self("repeated_column", "'\(name)' has more than one '@Column'")
  }
  static func columnAndIgnored(_ name: String) -> Self {
    Self("column_and_ignored", "'\(name)' is either a column or ignored")
  }
  static var columnOnSeveral: Self {
    Self("column_on_several", "'@Column' applies to one property; declare these on their own")
  }
  static func duplicateName(_ column: String, _ property: String) -> Self {
    Self("duplicate_column", "column name '\(column)' is already taken by property '\(property)'")
  }
  static func ignoredWithoutValue(_ name: String) -> Self {
    Self("ignored_without_value", "ignored property '\(name)' needs a value, since no column gives it one")
  }
  static func notStored(_ attribute: String) -> Self {
    Self("not_stored", "'@\(attribute)' applies to stored instance properties only")
  }
  static func outsideTable(_ attribute: String) -> Self {
    Self("outside_table", "'@\(attribute)' says nothing outside a '@Table' struct")
  }
}
