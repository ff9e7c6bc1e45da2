/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an error to what the command line prints and how it exits. */

#pragma once

#include "dio-job.h"

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

#define DIO_CLI_USAGE_ERROR (dio_cli_usage_error_quark ())
GQuark  dio_cli_usage_error_quark (void);
void    dio_cli_set_usage_error   (GError       **error,
                                   const char    *format,
                                   ...) G_GNUC_PRINTF (2, 3);

void    dio_cli_prefix_error      (GError       **error,
                                   const char    *path);

int     dio_cli_get_exit_code     (const GError  *error);
char   *dio_cli_describe_exits    (void);

void    dio_cli_add_billed        (JsonBuilder   *builder,
                                   DioBilled      billed);
const char *dio_cli_describe_billed (DioBilled    billed);

int     dio_cli_fail              (const GError  *error,
                                   gboolean       json);
int     dio_cli_fail_job          (const GError  *error,
                                   gboolean       json,
                                   DioJob        *job,
                                   const char    *cancel_bills);

G_END_DECLS
