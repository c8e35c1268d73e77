enum StreamCases {
  static let cases: [ConformanceCase] = []
}
