// swift-format-ignore-file
import Foundation
import Rowan

@Table("defaults")
struct PostgresDefault {
  @Column(default: true) var d0: Bool?
  @Column(default: false) var d1: Bool?
  @Column(default: -5) var d2: Int16?
  @Column(default: 2147483647) var d3: Int32?
  @Column(default: -9223372036854775807) var d4: Int?
  @Column(default: 5) var d5: Int?
  @Column(.decimal(20, 0), default: .value(.decimal(Decimal(string: "18446744073709551615") ?? .nan))) var d6: Decimal?
  @Column(default: 7) var d7: Int?
  @Column(default: .value(.double(1.5))) var d8: Float?
  @Column(default: .value(.double(-1e+300))) var d9: Double?
  @Column(default: .value(.double(0.1))) var d10: Double?
  @Column(default: .value(.double(Double(bitPattern: 1)))) var d11: Double?
  @Column(default: .value(.double(3.0))) var d12: Double?
  @Column(default: .value(.double(.infinity))) var d13: Double?
  @Column(default: .value(.double(-.infinity))) var d14: Double?
  @Column(default: .expression("'NaN'::double precision")) var d15: Double?
  @Column(default: .expression("'NaN'::real")) var d16: Float?
  @Column(.decimal(10, 2), default: .value(.decimal(Decimal(sign: .minus, exponent: -1, significand: 15))))
  var d17: Decimal?
  @Column(.decimal(10, 2), default: .value(.decimal(7))) var d18: Decimal?
  @Column(.type(.custom("numeric")), default: .value(.decimal(12))) var d19: Decimal?
  @Column(default: "it's \\ a \"text\"\n, {x}") var d20: String?
  @Column(default: "") var d21: String?
  @Column(.varchar(5), default: "x::y") var d22: String?
  @Column(.char(3), default: "ab") var d23: String?
  @Column(.type(.custom("citext")), default: "X") var d24: String?
  @Column(default: .value(.bytes([0, 255, 39]))) var d25: [UInt8]?
  @Column(default: .value(.bytes([]))) var d26: [UInt8]?
  @Column(default: .value(.uuid(UUID(uuid: (0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255)))))
  var d27: UUID?
  @Column(default: .value(.timestamp(Timestamp(microseconds: 1700000000123456)))) var d28: Timestamp?
  @Column(default: .value(.timestamp(Timestamp(microseconds: -1)))) var d29: Timestamp?
  @Column(default: .value(.date(CalendarDate(days: 20000)))) var d30: CalendarDate?
  @Column(default: .value(.time(TimeOfDay(microseconds: 36000000001)))) var d31: TimeOfDay?
  @Column(default: .value(.interval(Interval(months: -14, days: 3, microseconds: -5000001)))) var d32: Interval?
  @Column(default: .value(.interval(Interval(months: 0, days: 0, microseconds: 0)))) var d33: Interval?
  @Column(.type(.json), default: .value(.json(#"{"a": true, "bb": [1, 2.50, 100, 0]}"#))) var d34: String?
  @Column(.type(.custom("json")), default: .value(.json(#"{"b" :  1}"#))) var d35: String?
  @Column(.type(.custom("mood")), default: #"it's "ok""#) var d36: PostgresMood?
  @Column(default: .value(.array(SQLArray(element: .integer, values: [.int(1), .null, .int(-2)])))) var d37: [Int32]?
  @Column(default: .value(.array(SQLArray(element: .text, values: [.text("a,b"), .text("NULL"), .text(#"'"{"#)]))))
  var d38: [String]?
  @Column(default: .value(.array(SQLArray(element: .text, values: [])))) var d39: [String]?
  @Column(default: .value(.array(SQLArray(element: .bigint, values: [.int(1)])))) var d40: [Int]?
  @Column(default: .value(.array(SQLArray(element: .double, values: [.double(1.5), .double(-2.0)])))) var d41: [Double]?
  @Column(default: .value(.array(SQLArray(element: .uuid, values: [.null])))) var d42: [UUID]?
  @Column(
    .type(.array(.decimal(precision: 5, scale: 1))),
    default: .value(.array(SQLArray(element: .decimal(precision: 5, scale: 1), values: [.decimal(1), .decimal(-2)]))))
  var d43: [Decimal]?
  @Column(
    .type(.array(.custom("mood"))),
    default: .value(.array(SQLArray(element: .custom("mood"), values: [.text("sad")]))))
  var d44: [PostgresMood]?
  @Column(default: .value(.array(SQLArray(element: .boolean, values: [.bool(true), .bool(false), .null]))))
  var d45: [Bool]?
  @Column(
    .type(.array(.varchar(5))),
    default: .value(.array(SQLArray(element: .varchar(5), values: [.text("a b"), .text("c")]))))
  var d46: [String]?
  @Column(default: .now) var d47: Timestamp?
  @Column(default: .now) var d48: CalendarDate?
  @Column(default: .now) var d49: TimeOfDay?
  @Column(.type(.custom("timestamp without time zone")), default: .now) var d50: Timestamp?
  @Column(default: .randomUUID) var d51: UUID?
  @Column(default: .now) var d52: Timestamp?
  @Column(default: .expression("2 + 3")) var d53: Int32?
  @Column(default: 7) var d54: Int32?
  @Column(.type(.custom("inet")), default: .expression("'10.0.0.1'")) var d55: String?
  @Column(default: .expression("lower('X')")) var d56: String?
  var d57: Int32?
  @Column(.varchar(3)) var d58: String?
  @Column(.type(.custom("money")), default: .expression("5")) var d59: String?
  @Column(default: .expression("CURRENT_DATE")) var d60: CalendarDate?
}
