internal import RowanCore

extension CellArena {
  /// Reads a one-dimensional array into cells of its own. One of more dimensions has no neutral form and stays raw.
  func array(
    _ element: ColumnForm.Kind, _ bytes: UnsafeRawPointer, _ length: Int, _ aux: UInt16
  ) throws(DecodingProblem) -> Cell {
    guard length >= 12 else { throw .malformed }
    let dimensions = bytes.bigEndian(Int32.self)
    if dimensions == 0 { return .pointing(.array, to: nil, count: 0, aux: aux) }
    guard dimensions == 1 else { return .pointing(.dialectRaw, to: bytes, count: length, aux: aux) }
    guard length >= 20 else { throw .malformed }
    let count = Int(bytes.bigEndian(Int32.self, at: 12))
    // An element takes at least its length, so that a corrupt count cannot ask for much memory.
    guard count >= 0, count <= (length &- 20) / 4 else { throw .malformed }
    let cells = allocate(count &* MemoryLayout<Cell>.stride)
      .bindMemory(to: Cell.self, capacity: count)
    let form = ColumnForm(element)
    var offset = 20
    for index in 0..<count {
      guard length &- offset >= 4 else { throw .malformed }
      let size = Int(bytes.bigEndian(Int32.self, at: offset))
      offset &+= 4
      if size < 0 {
        cells[index] = Cell(tag: .null, aux: aux)
        continue
      }
      guard length &- offset >= size else { throw .malformed }
      cells[index] = try cell(form, bytes + offset, size, aux: aux)
      offset &+= size
    }
    return .pointing(.array, to: cells, count: count, aux: aux)
  }
}
