// Written by Scripts/generate-arities.sh; do not edit.
// swift-format-ignore-file

extension SQL {
  /// Rows of one value, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue>(
    _: V0.Type, access: RawStatement.Access = .read
  ) -> RawQuery<V0> {
    RawQuery(statement(access, as: [V0.self])) { (row: inout RowReader) throws(DecodeFailure) in
      try V0.read(&row)
    }
  }

  /// Rows of 2 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue>(
    _: V0.Type, _: V1.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1)> {
    RawQuery(statement(access, as: [V0.self, V1.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row))
    }
  }

  /// Rows of 3 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row))
    }
  }

  /// Rows of 4 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue, V3: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, _: V3.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2, V3)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self, V3.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row), try V3.read(&row))
    }
  }

  /// Rows of 5 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue, V3: ColumnValue, V4: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, _: V3.Type, _: V4.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2, V3, V4)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self, V3.self, V4.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row), try V3.read(&row), try V4.read(&row))
    }
  }

  /// Rows of 6 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue, V3: ColumnValue, V4: ColumnValue, V5: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, _: V3.Type, _: V4.Type, _: V5.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2, V3, V4, V5)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self, V3.self, V4.self, V5.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row), try V3.read(&row), try V4.read(&row), try V5.read(&row))
    }
  }

  /// Rows of 7 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue, V3: ColumnValue, V4: ColumnValue, V5: ColumnValue, V6: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, _: V3.Type, _: V4.Type, _: V5.Type, _: V6.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2, V3, V4, V5, V6)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self, V3.self, V4.self, V5.self, V6.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row), try V3.read(&row), try V4.read(&row), try V5.read(&row), try V6.read(&row))
    }
  }

  /// Rows of 8 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue, V3: ColumnValue, V4: ColumnValue, V5: ColumnValue, V6: ColumnValue, V7: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, _: V3.Type, _: V4.Type, _: V5.Type, _: V6.Type, _: V7.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2, V3, V4, V5, V6, V7)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self, V3.self, V4.self, V5.self, V6.self, V7.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row), try V3.read(&row), try V4.read(&row), try V5.read(&row), try V6.read(&row), try V7.read(&row))
    }
  }

  /// Rows of 9 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue, V3: ColumnValue, V4: ColumnValue, V5: ColumnValue, V6: ColumnValue, V7: ColumnValue, V8: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, _: V3.Type, _: V4.Type, _: V5.Type, _: V6.Type, _: V7.Type, _: V8.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2, V3, V4, V5, V6, V7, V8)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self, V3.self, V4.self, V5.self, V6.self, V7.self, V8.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row), try V3.read(&row), try V4.read(&row), try V5.read(&row), try V6.read(&row), try V7.read(&row), try V8.read(&row))
    }
  }

  /// Rows of 10 values, as a tuple, by position.
  /// - Parameter access: `.write` for a statement with rows that also changes something (`… RETURNING`).
  public func `as`<V0: ColumnValue, V1: ColumnValue, V2: ColumnValue, V3: ColumnValue, V4: ColumnValue, V5: ColumnValue, V6: ColumnValue, V7: ColumnValue, V8: ColumnValue, V9: ColumnValue>(
    _: V0.Type, _: V1.Type, _: V2.Type, _: V3.Type, _: V4.Type, _: V5.Type, _: V6.Type, _: V7.Type, _: V8.Type, _: V9.Type, access: RawStatement.Access = .read
  ) -> RawQuery<(V0, V1, V2, V3, V4, V5, V6, V7, V8, V9)> {
    RawQuery(statement(access, as: [V0.self, V1.self, V2.self, V3.self, V4.self, V5.self, V6.self, V7.self, V8.self, V9.self])) { (row: inout RowReader) throws(DecodeFailure) in
      (try V0.read(&row), try V1.read(&row), try V2.read(&row), try V3.read(&row), try V4.read(&row), try V5.read(&row), try V6.read(&row), try V7.read(&row), try V8.read(&row), try V9.read(&row))
    }
  }

}
