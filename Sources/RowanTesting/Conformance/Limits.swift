enum LimitCases {
  static let cases: [ConformanceCase] = []
}
