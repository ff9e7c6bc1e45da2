/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an error to what the command line prints and how it exits. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Fixed for ever: scripts test for them. The codes of DioError follow each
 * other from DIO_CLI_EXIT_FIRST_ERROR on, in the order of the enumeration. */
enum
{
  DIO_CLI_EXIT_SUCCESS     = 0,
  DIO_CLI_EXIT_UNEXPECTED  = 1,
  DIO_CLI_EXIT_USAGE       = 2,
  DIO_CLI_EXIT_FIRST_ERROR = 10,
  DIO_CLI_EXIT_CANCELLED   = 130,
};

/**
 * DioCliBilled:
 * @DIO_CLI_BILLED_NO: nothing was paid for what failed
 * @DIO_CLI_BILLED_UNKNOWN: only the provider's own page can tell
 *
 * Whether a failure cost money.
 */
typedef enum
{
  DIO_CLI_BILLED_NO,
  DIO_CLI_BILLED_UNKNOWN,
} DioCliBilled;

#define DIO_CLI_USAGE_ERROR (dio_cli_usage_error_quark ())
GQuark  dio_cli_usage_error_quark (void);
void    dio_cli_set_usage_error   (GError       **error,
                                   const char    *format,
                                   ...) G_GNUC_PRINTF (2, 3);

void    dio_cli_prefix_error      (GError       **error,
                                   const char    *path);

int     dio_cli_get_exit_code     (const GError  *error);
char   *dio_cli_describe_exits    (void);
int     dio_cli_fail              (const GError  *error,
                                   gboolean       json,
                                   DioCliBilled   billed);

G_END_DECLS
