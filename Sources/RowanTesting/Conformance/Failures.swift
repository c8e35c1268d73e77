enum FailureCases {
  static let cases: [ConformanceCase] = []
}
