/// Makes the tables in the MariaDB database, whatever was there before.
struct MariaDBTables {
  let server: MariaDBServer

  /// The tables that are read, and the one that is written to.
  func fill() throws {
    let client = try MariaDBClient(server)
    for table in ["bench_items", "bench_profiles", "bench_entries", "bench_events"] {
      try client.execute("DROP TABLE IF EXISTS \(table)")
    }
    try client.execute("CREATE TABLE bench_items \(Self.columns)")
    try client.execute(
      """
      CREATE TABLE bench_profiles (
        id bigint PRIMARY KEY, `key` binary(16) NOT NULL, owner bigint NOT NULL, code varchar(8) NOT NULL,
        city varchar(32) NOT NULL, name varchar(64) NOT NULL, email varchar(64) NOT NULL, bio varchar(128),
        phone varchar(32), age int NOT NULL, `rank` int, visits bigint NOT NULL, latitude double NOT NULL,
        longitude double NOT NULL, weight double, active tinyint(1) NOT NULL, verified tinyint(1) NOT NULL,
        created_at datetime(6) NOT NULL, updated_at datetime(6) NOT NULL, deleted_at datetime(6)) ENGINE=InnoDB
      """)
    try client.execute(
      """
      CREATE TABLE bench_entries (
        id bigint AUTO_INCREMENT PRIMARY KEY, account bigint NOT NULL, title varchar(64) NOT NULL,
        amount double NOT NULL, cleared tinyint(1) NOT NULL, memo varchar(64)) ENGINE=InnoDB
      """)
    try client.execute("BEGIN")
    for insert in SampleSQL.items { try client.execute(insert) }
    for insert in SampleSQL.profiles(.mysql) { try client.execute(insert) }
    try client.execute("COMMIT")
    try client.execute("ANALYZE TABLE bench_items, bench_profiles")
  }

  /// The table of a million rows.
  func fillLarge() throws {
    let client = try MariaDBClient(server)
    try client.execute("CREATE TABLE bench_events \(Self.columns)")
    try client.execute(SampleSQL.events)
  }

  private static let columns = """
    (id bigint PRIMARY KEY, name varchar(64) NOT NULL, email varchar(64) NOT NULL, score double NOT NULL,
     active tinyint(1) NOT NULL, note varchar(64)) ENGINE=InnoDB
    """
}
