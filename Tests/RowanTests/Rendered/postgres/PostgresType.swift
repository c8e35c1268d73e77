// swift-format-ignore-file
import Foundation
import Rowan

@Table("types")
struct PostgresType {
  var c0: Bool?
  var a0: [Bool]?
  var c1: Int16
  var a1: [Int16]?
  var c2: Int32?
  var a2: [Int32]?
  var c3: Int
  var a3: [Int]?
  var c4: Int16?
  var a4: [Int16]?
  var c5: Int32
  var a5: [Int32]?
  var c6: Int?
  var a6: [Int]?
  @Column(.decimal(20, 0)) var c7: Decimal
  @Column(.type(.array(.decimal(precision: 20, scale: 0)))) var a7: [Decimal]?
  var c8: Float?
  var a8: [Float]?
  var c9: Double
  var a9: [Double]?
  @Column(.decimal(38, 0)) var c10: Decimal?
  @Column(.type(.array(.decimal(precision: 38, scale: 0)))) var a10: [Decimal]?
  @Column(.decimal(6, 6)) var c11: Decimal
  @Column(.type(.array(.decimal(precision: 6, scale: 6)))) var a11: [Decimal]?
  @Column(.type(.custom("numeric"))) var c12: Decimal?
  @Column(.type(.array(.custom("numeric")))) var a12: [Decimal]?
  @Column(.char(1)) var c13: String
  @Column(.type(.array(.char(1)))) var a13: [String]?
  @Column(.char(7)) var c14: String?
  @Column(.type(.array(.char(7)))) var a14: [String]?
  @Column(.varchar(1)) var c15: String
  @Column(.type(.array(.varchar(1)))) var a15: [String]?
  @Column(.varchar(4000)) var c16: String?
  @Column(.type(.array(.varchar(4000)))) var a16: [String]?
  @Column(.type(.custom("character varying"))) var c17: String
  @Column(.type(.array(.custom("character varying")))) var a17: [String]?
  var c18: String?
  var a18: [String]?
  var c19: [UInt8]
  var a19: [[UInt8]]?
  var c20: UUID?
  var a20: [UUID]?
  var c21: Timestamp
  var a21: [Timestamp]?
  @Column(.type(.custom("timestamp without time zone"))) var c22: Timestamp?
  @Column(.type(.array(.custom("timestamp without time zone")))) var a22: [Timestamp]?
  @Column(.type(.custom("timestamp(3) with time zone"))) var c23: Timestamp
  @Column(.type(.array(.custom("timestamp(3) with time zone")))) var a23: [Timestamp]?
  @Column(.type(.custom("timestamp(0) without time zone"))) var c24: Timestamp?
  @Column(.type(.array(.custom("timestamp(0) without time zone")))) var a24: [Timestamp]?
  var c25: CalendarDate
  var a25: [CalendarDate]?
  var c26: TimeOfDay?
  var a26: [TimeOfDay]?
  @Column(.type(.custom("time with time zone"))) var c27: TimeOfDay
  @Column(.type(.array(.custom("time with time zone")))) var a27: [TimeOfDay]?
  @Column(.type(.custom("time(2) without time zone"))) var c28: TimeOfDay?
  @Column(.type(.array(.custom("time(2) without time zone")))) var a28: [TimeOfDay]?
  var c29: Interval
  var a29: [Interval]?
  @Column(.type(.custom("interval day to second(3)"))) var c30: Interval?
  @Column(.type(.array(.custom("interval day to second(3)")))) var a30: [Interval]?
  @Column(.type(.custom("interval(3)"))) var c31: Interval
  @Column(.type(.array(.custom("interval(3)")))) var a31: [Interval]?
  @Column(.type(.json)) var c32: String?
  @Column(.type(.array(.json))) var a32: [String]?
  @Column(.type(.custom("json"))) var c33: String
  @Column(.type(.array(.custom("json")))) var a33: [String]?
  @Column(.type(.custom("citext"))) var c34: String?
  @Column(.type(.array(.custom("citext")))) var a34: [String]?
  @Column(.type(.custom("tsvector"))) var c35: String
  @Column(.type(.array(.custom("tsvector")))) var a35: [String]?
  @Column(.type(.custom("tsquery"))) var c36: String?
  @Column(.type(.array(.custom("tsquery")))) var a36: [String]?
  @Column(.type(.custom("money"))) var c37: String
  @Column(.type(.array(.custom("money")))) var a37: [String]?
  @Column(.type(.custom("inet"))) var c38: String?
  @Column(.type(.array(.custom("inet")))) var a38: [String]?
  @Column(.type(.custom("cidr"))) var c39: String
  @Column(.type(.array(.custom("cidr")))) var a39: [String]?
  @Column(.type(.custom("macaddr"))) var c40: String?
  @Column(.type(.array(.custom("macaddr")))) var a40: [String]?
  @Column(.type(.custom("xml"))) var c41: String
  @Column(.type(.array(.custom("xml")))) var a41: [String]?
  @Column(.type(.custom("bit(1)"))) var c42: String?
  @Column(.type(.array(.custom("bit(1)")))) var a42: [String]?
  @Column(.type(.custom("bit varying(5)"))) var c43: String
  @Column(.type(.array(.custom("bit varying(5)")))) var a43: [String]?
  @Column(.type(.custom(#""char""#))) var c44: String?
  @Column(.type(.array(.custom(#""char""#)))) var a44: [String]?
  @Column(.type(.custom("int4range"))) var c45: String
  @Column(.type(.array(.custom("int4range")))) var a45: [String]?
  @Column(.type(.custom("point"))) var c46: String?
  @Column(.type(.array(.custom("point")))) var a46: [String]?
  @Column(.type(.custom("oid"))) var c47: String
  @Column(.type(.array(.custom("oid")))) var a47: [String]?
  @Column(.type(.custom("mood"))) var c48: PostgresMood?
  @Column(.type(.array(.custom("mood")))) var a48: [PostgresMood]?
  @Column(.type(.custom(#""select""#))) var c49: String
  @Column(.type(.array(.custom(#""select""#)))) var a49: [String]?
  @Column(.type(.custom(#""Other ""Space"."Mood.Two""#))) var c50: PostgresMoodTwo?
  @Column(.type(.array(.custom(#""Other ""Space"."Mood.Two""#)))) var a50: [PostgresMoodTwo]?
  @Column(.type(.custom("int8range"))) var c51: String
  @Column(.type(.array(.custom("int8range")))) var a51: [String]?
  var c52: Float?
  var a52: [Float]?
}
