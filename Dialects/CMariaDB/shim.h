#ifndef ROWAN_CMARIADB_H
#define ROWAN_CMARIADB_H
#include <mysql.h>
#include <errmsg.h>
#include <mysqld_error.h>
#endif
