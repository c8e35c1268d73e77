enum CancellationCases {
  static let cases: [ConformanceCase] = []
}
