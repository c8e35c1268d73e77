/// A statement compiled for one dialect: text, and the plans by which values go in and rows come out.
///
/// Made once per shape and shared by every connection. ``id`` is dense, so that a connection finds its prepared
/// statement by indexing an array.
public final class Compiled: Sendable {
  /// A small number, unique within the database handle and never reused by it.
  public let id: Int
  /// The SQL text, with the dialect's placeholders.
  public let sql: String
  /// What goes into each placeholder, in the order of the text.
  public let binds: [BindStep]
  /// The type of each placeholder; nil where only the value tells.
  public let bindTypes: [SQLType?]
  /// What comes out in each column; empty where only the server knows.
  public let results: [ResultStep]
  /// Whether it may change anything.
  public let access: RawStatement.Access
  /// Whether it is a read of at most one row by a unique key, built by the library alone. Only these may share a
  /// connection with other tasks.
  public let isPointRead: Bool
  /// Whether a connection should keep it prepared. One-off statements (DDL) are not.
  public let isReusable: Bool
  /// Whether there are words of SQL written by hand in it, of which nobody knows what they do.
  public let isHandWritten: Bool
  /// Whether ``binds`` passes the statement's own values through unchanged and in order.
  public let passesBindsThrough: Bool
  /// What codecs do to the values that go in and come out; nil where no column has one.
  let coding: StatementCoding?
  /// What it is and which tables it names; nil where nobody asks.
  let facts: StatementFacts?
  /// Whether the values bound are the statement's own as they are.
  private let bindsAsGiven: Bool

  /// Makes a compiled statement.
  public convenience init(
    id: Int, sql: String, binds: [BindStep], bindTypes: [SQLType?], results: [ResultStep] = [],
    access: RawStatement.Access, isPointRead: Bool = false, isReusable: Bool = true
  ) {
    self.init(
      id: id, sql: sql, binds: binds, bindTypes: bindTypes, results: results, access: access,
      isPointRead: isPointRead, isReusable: isReusable, coding: nil)
  }

  init(
    id: Int, sql: String, binds: [BindStep], bindTypes: [SQLType?], results: [ResultStep],
    access: RawStatement.Access, isPointRead: Bool, isReusable: Bool, coding: StatementCoding?,
    facts: StatementFacts? = nil, isHandWritten: Bool = false
  ) {
    self.id = id
    self.sql = sql
    self.binds = binds
    self.bindTypes = bindTypes
    self.results = results
    self.access = access
    self.isPointRead = isPointRead
    self.isReusable = isReusable
    self.coding = coding
    self.facts = facts
    self.isHandWritten = isHandWritten
    passesBindsThrough = binds.indices.allSatisfy {
      if case .source(let index) = binds[$0] { index == $0 } else { false }
    }
    bindsAsGiven = passesBindsThrough && coding == nil
  }
}

/// What goes into one placeholder.
public enum BindStep: Sendable {
  /// The statement's `index`-th value.
  case source(Int)
  /// Element `position` of the list that is the statement's `index`-th value; past its end, its last element.
  case padded(Int, position: Int)
  /// The statement's `index`-th value, transformed.
  case derived(Int, BindTransform)
  /// A value read from the database handle.
  case context(String)
  /// A value fixed by a plugin or the dialect.
  case constant(SQLValue)
}

/// A pure function from a statement's value to a bound one, such as escaping a text for LIKE.
public struct BindTransform: Sendable {
  let apply: @Sendable (SQLValue) throws -> SQLValue

  /// Wraps `apply`, which must depend on nothing but its argument.
  public init(_ apply: @escaping @Sendable (SQLValue) throws -> SQLValue) { self.apply = apply }
}

/// What comes out in one column.
public struct ResultStep: Sendable {
  /// The column's name, for error messages; nil where only the engine has one.
  public var name: String?
  /// The table it comes from, where there is one.
  public var table: String?
  /// The type its reader wants.
  public var type: SQLType?
  /// The Swift type it is read as, for error messages.
  public var swiftType: String?

  /// Makes a step.
  public init(name: String? = nil, table: String? = nil, type: SQLType? = nil, swiftType: String? = nil) {
    self.name = name
    self.table = table
    self.type = type
    self.swiftType = swiftType
  }
}

extension Compiled {
  /// The values to bind, in placeholder order.
  /// - Throws: ``RowanError/Code/encodingFailed`` for a value its type or its column's codec could not encode,
  ///   ``RowanError/Code/missingContext`` for a context value the handle does not carry, ``PreparationNeeded`` where
  ///   codecs have to be prepared first.
  /// - Parameter waitsForCodecs: whether codecs that are not prepared are an error.
  func resolve(
    _ sources: consuming ContiguousArray<SQLValue>, context: ContextValues, waitsForCodecs: Bool = true
  ) throws -> ContiguousArray<SQLValue> {
    // A value that is printed nowhere (a grouping key that goes by its place) leaves more values than placeholders.
    if bindsAsGiven, sources.count == binds.count {
      for index in sources.indices { if case .invalid(let failure) = sources[index] { throw invalid(failure) } }
      return sources
    }
    if let coding {
      if waitsForCodecs { try coding.preparation?.check() }
      return try arrange(coding.encode(sources, context: context, of: self), context)
    }
    return try arrange(sources, context)
  }

  private func arrange(
    _ sources: ContiguousArray<SQLValue>, _ context: ContextValues
  ) throws -> ContiguousArray<SQLValue> {
    var out = ContiguousArray<SQLValue>()
    out.reserveCapacity(binds.count)
    for step in binds {
      switch step {
      case .source(let index): out.append(try value(sources, index))
      case .padded(let index, let position):
        guard case .array(let list) = try value(sources, index), let last = list.values.last else {
          throw RowanError.internalFailure("a padded bind did not find its list")
        }
        out.append(position < list.values.count ? list.values[position] : last)
      case .derived(let index, let transform): out.append(try transform.apply(try value(sources, index)))
      case .context(let key): out.append(try context.value(key))
      case .constant(let value): out.append(value)
      }
    }
    return out
  }

  func value(_ sources: ContiguousArray<SQLValue>, _ index: Int) throws -> SQLValue {
    guard index < sources.count else { throw mismatch(sources.count) }
    if case .invalid(let failure) = sources[index] { throw invalid(failure) }
    return sources[index]
  }

  private func mismatch(_ count: Int) -> RowanError {
    .internalFailure("a compiled statement with \(binds.count) placeholders was given \(count) values")
  }

  func invalid(_ failure: EncodingFailure) -> RowanError {
    RowanError(
      failure.code, "a value of type \(failure.swiftType) cannot be sent: \(failure.reason)",
      hint: "mend the value, or the type's sqlValue", sql: sql, cause: failure)
  }
}
