#ifndef ROWAN_CSQLITE_H
#define ROWAN_CSQLITE_H
#include <sqlite3.h>

// sqlite3_db_config is variadic and so cannot be called from Swift.
// https://sqlite.org/c3ref/c_dbconfig_defensive.html
static inline int rowan_sqlite_db_config_flag(sqlite3 *db, int option, int value, int *result) {
  return sqlite3_db_config(db, option, value, result);
}

#endif
