enum BatchCases {
  static let cases: [ConformanceCase] = []
}
