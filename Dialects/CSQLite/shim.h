#ifndef ROWAN_CSQLITE_H
#define ROWAN_CSQLITE_H
#include <errno.h>
#include <sqlite3.h>

// sqlite3_db_config is variadic and so cannot be called from Swift.
// https://sqlite.org/c3ref/c_dbconfig_defensive.html
static inline int rowan_sqlite_db_config_flag(sqlite3 *db, int option, int value, int *result) {
  return sqlite3_db_config(db, option, value, result);
}

// A pointer made of -1, which Swift has no name for. https://sqlite.org/c3ref/c_static.html
static inline sqlite3_destructor_type rowan_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// Swift does not import macros made of expressions, nor errno's names alike on every system.
// https://sqlite.org/rescode.html#extrc
static const int rowan_sqlite_busy_snapshot = SQLITE_BUSY_SNAPSHOT;
static const int rowan_sqlite_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;
static const int rowan_sqlite_constraint_primarykey = SQLITE_CONSTRAINT_PRIMARYKEY;
static const int rowan_sqlite_constraint_rowid = SQLITE_CONSTRAINT_ROWID;
static const int rowan_sqlite_constraint_notnull = SQLITE_CONSTRAINT_NOTNULL;
static const int rowan_sqlite_constraint_foreignkey = SQLITE_CONSTRAINT_FOREIGNKEY;
static const int rowan_sqlite_constraint_check = SQLITE_CONSTRAINT_CHECK;
static const int rowan_sqlite_constraint_datatype = SQLITE_CONSTRAINT_DATATYPE;
static const int rowan_sqlite_constraint_trigger = SQLITE_CONSTRAINT_TRIGGER;
static const int rowan_enoent = ENOENT;
static const int rowan_enotdir = ENOTDIR;
static const int rowan_eisdir = EISDIR;
static const int rowan_eacces = EACCES;
static const int rowan_eperm = EPERM;

#endif
