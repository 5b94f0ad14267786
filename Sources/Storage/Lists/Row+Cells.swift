import GRDB

extension Row {
  /// The value of a column, for what the database holds may be damaged: GRDB's own subscript ends
  /// the process where a value is not of the type that the schema promises.
  ///
  /// - Throws: `RowDecodingError`, which ``StoreError/translated(_:path:)`` tells as damage.
  subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    cell column: String
  ) -> Value {
    get throws { try decode(Value.self, forColumn: column) }
  }

  /// The same by the column's place, for rows that are read by the hundred: no name is looked up.
  subscript<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    cell column: some RawRepresentable<Int>
  ) -> Value {
    get throws { try decode(Value.self, atIndex: column.rawValue) }
  }
}
