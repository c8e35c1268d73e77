enum ConcurrencyCases {
  static let cases: [ConformanceCase] = []
}
