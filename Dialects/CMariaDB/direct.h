#ifndef ROWAN_CMARIADB_DIRECT_H
#define ROWAN_CMARIADB_DIRECT_H
#include <mysql.h>

/// Preparing and executing at once, without blocking.
///
/// `mariadb_stmt_execute_direct` sends both requests before it reads an answer, but the library has no `_start` and
/// `_cont` of it. Whatever a `_start` function calls is suspended like that function itself when it has to wait, so
/// `mysql_ping_start` lends its own: the one request it makes goes through the connection's table of methods, where for
/// this one call it finds the two requests instead.
/// https://mariadb.com/kb/en/mariadb_stmt_execute_direct/
/// https://mariadb.com/kb/en/using-the-non-blocking-library/

struct rowan_mysql_direct {
  /// First, so that who is given the table finds the rest.
  struct st_mariadb_methods methods;
  const struct st_mariadb_methods *own;
  MYSQL_STMT *stmt;
  const char *sql;
  size_t length;
};

static int rowan_mysql_direct_command(
    MYSQL *mysql, enum enum_server_command command, const char *arg, size_t length, my_bool skip_check, void *opt_arg) {
  const struct rowan_mysql_direct *call = (const struct rowan_mysql_direct *)mysql->methods;
  MYSQL_STMT *stmt = call->stmt;
  const char *sql = call->sql;
  size_t size = call->length;
  (void)command, (void)arg, (void)length, (void)skip_check, (void)opt_arg;
  // Before anything else: the statement's own requests go the usual way, and the call ends with its first wait.
  mysql->methods = call->own;
  return mariadb_stmt_execute_direct(stmt, sql, size);
}

/// Starts preparing and executing `stmt`, whose parameters are bound; `mysql_ping_cont` goes on with it.
///
/// Returns what it waits for, 0 when it is done and its result is in `result`. `sql` has to last until then.
static inline int rowan_mysql_direct_start(
    int *result, MYSQL *mysql, MYSQL_STMT *stmt, const char *sql, size_t length) {
  struct rowan_mysql_direct call = {*mysql->methods, mysql->methods, stmt, sql, length};
  call.methods.db_command = rowan_mysql_direct_command;
  mysql->methods = &call.methods;
  int wanted = mysql_ping_start(result, mysql);
  // What could not be started has not taken it off.
  mysql->methods = call.own;
  return wanted;
}
#endif
