import Rowan

/// What values of text fields must look like. Each returns the value as it is stored.
enum FieldRules {
  /// Text of `range` characters once blanks around it are gone, on one line.
  static func line(_ text: String, _ field: String, _ range: ClosedRange<Int>) throws -> String {
    let trimmed = try self.text(text, field, range)
    if trimmed.contains(where: \.isNewline) { throw APIError.invalid(field, "the field cannot span lines") }
    return trimmed
  }

  /// Text of `range` characters once blanks around it are gone.
  static func text(_ text: String, _ field: String, _ range: ClosedRange<Int>) throws -> String {
    let trimmed = text.trimmed
    if trimmed.unicodeScalars.contains("\0") { throw APIError.invalid(field, "the field cannot hold a NUL character") }
    let length = trimmed.unicodeScalars.count
    if length < range.lowerBound {
      throw APIError.invalid(field, length == 0 ? "the field cannot be empty" : "the field is too short")
    }
    if length > range.upperBound {
      throw APIError.invalid(field, "the field can have \(range.upperBound) characters at the most")
    }
    return trimmed
  }

  /// An e-mail address, in lower case. Whether it works only a message to it can tell.
  static func email(_ text: String, _ field: String) throws -> String {
    let address = try line(text, field, 3...255).lowercased()
    let halves = address.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."), !halves[1].hasPrefix("."),
      !halves[1].hasSuffix("."), !address.contains(where: \.isWhitespace)
    else { throw APIError.invalid(field, "the field is no e-mail address") }
    return address
  }

  /// A name for URLs: lower-case letters, digits and single hyphens.
  static func slug(_ text: String, _ field: String) throws -> String {
    let slug = try line(text, field, 2...60)
    let allowed = slug.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "-")
    }
    guard allowed, !slug.hasPrefix("-"), !slug.hasSuffix("-"), !slug.contains("--") else {
      throw APIError.invalid(field, "the field can have small letters, digits, and hyphens between them")
    }
    return slug
  }

  /// A colour such as `#1f6feb`, in lower case.
  static func color(_ text: String, _ field: String) throws -> String {
    let color = text.lowercased()
    guard color.utf8.count == 7, color.hasPrefix("#"), color.dropFirst().allSatisfy(\.isHexDigit) else {
      throw APIError.invalid(field, "the field must be a colour such as #1f6feb")
    }
    return color
  }

  /// A date a task can be due on.
  static func dueDate(_ date: CalendarDate, _ field: String) throws -> CalendarDate {
    guard (1970...9999).contains(date.year) else { throw APIError.invalid(field, "the year is out of range") }
    return date
  }

  /// A document of plausible size.
  static func metadata(_ metadata: TaskMetadata, _ field: String) throws -> TaskMetadata {
    if let hours = metadata.estimateHours, !(0...10_000).contains(hours) {
      throw APIError.invalid("\(field).estimateHours", "the estimate must be from 0 to 10000 hours")
    }
    for (index, link) in (metadata.links ?? []).enumerated() {
      let place = "\(field).links[\(index)]"
      if index >= 20 { throw APIError.invalid("\(field).links", "there can be 20 links at the most") }
      guard link.hasPrefix("https://") || link.hasPrefix("http://") else {
        throw APIError.invalid(place, "the link must start with http:// or https://")
      }
      _ = try line(link, place, 10...2000)
    }
    if let source = metadata.source { _ = try line(source, "\(field).source", 1...100) }
    return metadata
  }
}

extension String {
  /// Without blanks around it.
  fileprivate var trimmed: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
