/// The suite that certifies a dialect: every case, grouped by area.
///
/// ```swift
/// @Test(arguments: ConformanceSuite.cases) func conforms(case: ConformanceCase) async throws {
///   _ = try await `case`.run(on: engine)
/// }
/// ```
public enum ConformanceSuite {
  /// Every case.
  public static let cases: [ConformanceCase] =
    ValueCases.cases + DecimalCases.cases + DateCases.cases + SelectingCases.cases + FilteringCases.cases
}
