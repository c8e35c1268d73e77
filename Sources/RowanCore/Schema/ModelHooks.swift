/// What a model does before and after its records are written, and after they are read.
///
/// A model adopts it beside its table, in the same module, and implements what it needs; each hook does nothing by
/// itself. A model that does not adopt it pays nothing: what is called is settled when the program is compiled.
/// ```swift
/// extension User: ModelHooks {
///   static func willInsert(_ draft: inout Draft) throws {
///     draft.email = draft.email.lowercased()
///     guard draft.email.contains("@") else { throw InvalidUser.email }
///   }
///   mutating func willUpdate() throws { updatedAt = .now }
/// }
/// ```
/// Hooks belong to **records**: inserts of drafts (one, many, returning, upserts, in a batch), `update(record)`,
/// `save(record)`, `delete(record)`, and records read. Statements over sets of rows, `update { … }.where { … }` and
/// `delete().where { … }`, and SQL written by hand do not call them: their rows are never in the program.
///
/// - Hooks of writes run on the caller, one record after the other, **before anything is sent**: one that throws stops
///   the whole write, all of its rows, and its error is thrown as it is.
/// - What a hook changes is what is written. The caller's own value stays as it was.
/// - The `did` hooks of writes run when the statement has, inside a transaction before it is committed. They cannot
///   fail; for what must only happen after the commit there is ``Transaction/onCommit(_:)``.
/// - Hooks neither block nor do I/O; a check that needs the database belongs into a transaction of the caller's.
public protocol ModelHooks: Table {
  /// Before `draft` is inserted, by an upsert too.
  static func willInsert(_ draft: inout Draft) throws
  /// After `draft` was inserted. Not called for upserts.
  static func didInsert(_ draft: Draft)
  /// After an upsert of `draft` (``Insert/ignoringConflicts()``, ``Insert/onConflict(_:update:)``), which inserted it,
  /// changed another row, or did nothing.
  static func didUpsert(_ draft: Draft)

  /// Before the record is updated by its key. Must not change the key.
  ///
  /// With `update(record, since: original)`, only called where the two differ.
  mutating func willUpdate() throws
  /// After the record was updated.
  func didUpdate()

  /// Before the record is saved: inserted, or updated if it is there already. Must not change the key.
  ///
  /// As it stands it calls ``willUpdate()``.
  mutating func willSave() throws
  /// After the record was saved. As it stands it calls ``didUpdate()``.
  func didSave()

  /// Before the record is deleted by its key.
  func willDelete() throws
  /// After the record was deleted. Not called where it was gone already.
  func didDelete()

  /// After the record was read: by a query, a join, a stream, `returning()`, or ``SQL/as(_:access:)-(T.Type,_)``.
  ///
  /// For properties that are no columns: what it changes in a column, the next update writes. Called where rows are
  /// read, perhaps on a connection's thread, once a row, so that it should be quick.
  mutating func didFetch()
}

extension ModelHooks {
  /// Changes nothing.
  @inlinable public static func willInsert(_ draft: inout Draft) throws {}
  /// Does nothing.
  @inlinable public static func didInsert(_ draft: Draft) {}
  /// Does nothing.
  @inlinable public static func didUpsert(_ draft: Draft) {}
  /// Changes nothing.
  @inlinable public mutating func willUpdate() throws {}
  /// Does nothing.
  @inlinable public func didUpdate() {}
  /// Calls ``willUpdate()``.
  @inlinable public mutating func willSave() throws { try willUpdate() }
  /// Calls ``didUpdate()``.
  @inlinable public func didSave() { didUpdate() }
  /// Refuses nothing.
  @inlinable public func willDelete() throws {}
  /// Does nothing.
  @inlinable public func didDelete() {}
  /// Changes nothing.
  @inlinable public mutating func didFetch() {}

  /// The hooks of its writes.
  @inlinable public static var rowanHooks: ModelHookSet<Self>? {
    ModelHookSet(
      willInsert: { draft throws in try Self.willInsert(&draft) }, didInsert: { Self.didInsert($0) },
      didUpsert: { Self.didUpsert($0) }, willUpdate: { record throws in try record.willUpdate() },
      didUpdate: { $0.didUpdate() }, willSave: { record throws in try record.willSave() },
      didSave: { $0.didSave() }, willDelete: { record throws in try record.willDelete() },
      didDelete: { $0.didDelete() })
  }

  /// Reads a record and calls ``didFetch()``.
  @inlinable public static func rowanRead(_ row: inout RowReader) throws(DecodeFailure) -> Self {
    var record = try Self(row: &row)
    // What the reader noted it throws later: there is no record then.
    if row.failure == nil { record.didFetch() }
    return record
  }
}

/// The hooks of a model's writes, for code that knows no more of it than that it is a table.
public struct ModelHookSet<T: Table>: Sendable {
  let willInsert: @Sendable (inout T.Draft) throws -> Void
  let didInsert: @Sendable (T.Draft) -> Void
  let didUpsert: @Sendable (T.Draft) -> Void
  let willUpdate: @Sendable (inout T) throws -> Void
  let didUpdate: @Sendable (T) -> Void
  let willSave: @Sendable (inout T) throws -> Void
  let didSave: @Sendable (T) -> Void
  let willDelete: @Sendable (T) throws -> Void
  let didDelete: @Sendable (T) -> Void

  @usableFromInline init(
    willInsert: @escaping @Sendable (inout T.Draft) throws -> Void, didInsert: @escaping @Sendable (T.Draft) -> Void,
    didUpsert: @escaping @Sendable (T.Draft) -> Void, willUpdate: @escaping @Sendable (inout T) throws -> Void,
    didUpdate: @escaping @Sendable (T) -> Void, willSave: @escaping @Sendable (inout T) throws -> Void,
    didSave: @escaping @Sendable (T) -> Void, willDelete: @escaping @Sendable (T) throws -> Void,
    didDelete: @escaping @Sendable (T) -> Void
  ) {
    self.willInsert = willInsert
    self.didInsert = didInsert
    self.didUpsert = didUpsert
    self.willUpdate = willUpdate
    self.didUpdate = didUpdate
    self.willSave = willSave
    self.didSave = didSave
    self.willDelete = willDelete
    self.didDelete = didDelete
  }
}
