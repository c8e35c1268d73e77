#ifndef ROWAN_CMARIADB_H
#define ROWAN_CMARIADB_H
#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include "direct.h"

/// Puts a descriptor in non-blocking mode; `fcntl` is variadic and not imported.
static inline int rowan_mysql_set_nonblocking(int fd) {
  int flags = fcntl(fd, F_GETFL, 0);
  return flags < 0 ? flags : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

/// Ends both directions at once, so that what still reads or writes fails instead of waiting.
static inline void rowan_mysql_hang_up(int fd) { shutdown(fd, SHUT_RDWR); }

/// Whether there is something to read: data, the end of the stream, or an error.
static inline int rowan_mysql_has_input(int fd) {
  char byte;
  return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}
#endif
