/// A queue that both ends can be taken from, without moving the elements in between.
struct RingBuffer<Element: Sendable>: Sendable, Sequence {
  private var storage: ContiguousArray<Element?> = ContiguousArray(repeating: nil, count: 8)
  private var head = 0
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element) {
    if count == storage.count {
      storage = ContiguousArray(map(Optional.some)) + ContiguousArray(repeating: nil, count: count)
      head = 0
    }
    storage[(head + count) % storage.count] = element
    count += 1
  }

  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    defer {
      storage[head] = nil
      head = (head + 1) % storage.count
      count -= 1
    }
    return storage[head]
  }

  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    let index = (head + count - 1) % storage.count
    defer {
      storage[index] = nil
      count -= 1
    }
    return storage[index]
  }

  /// Takes out the elements that match, keeping the order of the others.
  mutating func removeAll(where matches: (Element) -> Bool) {
    for _ in 0..<count {
      if let element = popFirst(), !matches(element) { append(element) }
    }
  }

  mutating func removeFirst(where matches: (Element) -> Bool) {
    var isFound = false
    removeAll { element in
      guard !isFound, matches(element) else { return false }
      isFound = true
      return true
    }
  }

  struct Iterator: IteratorProtocol {
    let buffer: RingBuffer
    var offset = 0

    mutating func next() -> Element? {
      guard offset < buffer.count else { return nil }
      defer { offset += 1 }
      return buffer.storage[(buffer.head + offset) % buffer.storage.count]
    }
  }

  func makeIterator() -> Iterator { Iterator(buffer: self) }
}
