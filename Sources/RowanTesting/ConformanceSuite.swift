/// The suite that certifies a dialect: every case, grouped by area.
///
/// ```swift
/// @Test(arguments: ConformanceSuite.cases) func conforms(case: ConformanceCase) async throws {
///   _ = try await `case`.run(on: engine)
/// }
/// ```
public enum ConformanceSuite {
  /// Every case.
  public static let cases: [ConformanceCase] = statementCases + behaviourCases

  /// What single statements mean: values in and out, reads, writes, raw SQL, DDL.
  private static let statementCases: [ConformanceCase] =
    ValueCases.cases + DecimalCases.cases + DateCases.cases + SelectingCases.cases + FilteringCases.cases
    + OrderingCases.cases + AggregateCases.cases + FunctionCases.cases + GroupKeyCases.cases + JoinCases.cases
    + SubQueryCases.cases + WriteCases.cases + UpsertCases.cases + ReturningCases.cases + RecordCases.cases
    + RenderingCases.cases + RawSQLCases.cases + DDLCases.cases + DifferenceCases.cases

  /// What statements do together: transactions, streams, cancellation, failures, concurrency, events, plugins.
  private static let behaviourCases: [ConformanceCase] =
    BatchCases.cases + TransactionCases.cases + TransactionEndCases.cases + RetryingCases.cases + SavepointCases.cases
    + FailureCases.cases + RefusalCases.cases + HostileInputCases.cases + LimitCases.cases + EventCases.cases
    + PluginCases.cases + ModelHookCases.cases + ResultCases.cases + CodecCases.cases + StreamCases.cases
    + CancellationCases.cases + ConcurrencyCases.cases
}
