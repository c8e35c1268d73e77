#ifndef ROWAN_CPOSTGRES_H
#define ROWAN_CPOSTGRES_H
#include <libpq-fe.h>
#endif
