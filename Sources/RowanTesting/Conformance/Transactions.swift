enum TransactionCases {
  static let cases: [ConformanceCase] = []
}
