/// Figures over the rounds of one subject.
struct Statistics {
  private let sorted: [Double]

  init(_ values: [Double]) { sorted = values.sorted() }

  var median: Double { quantile(0.5) }
  var least: Double { sorted.first ?? 0 }

  /// The distance from the 10th to the 90th percentile, as a share of the median.
  var spread: Double { median == 0 ? 0 : (quantile(0.9) - quantile(0.1)) / median }

  /// Between two values, in proportion.
  private func quantile(_ share: Double) -> Double {
    guard let last = sorted.indices.last else { return 0 }
    let place = share * Double(last)
    let below = Int(place)
    let above = min(below + 1, last)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}
