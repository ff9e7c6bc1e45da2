/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verbs of the command line share. */

#pragma once

#include "dio-cli-error.h"
#include "dio-studio.h"

G_BEGIN_DECLS

/* The verbs, one file each: @arguments start with the verb's own name, what is
 * returned is the exit status. */
int            dio_cli_account       (char             ***arguments);
int            dio_cli_cancel        (char             ***arguments);
int            dio_cli_compose       (char             ***arguments);
int            dio_cli_cut_out       (char             ***arguments);
int            dio_cli_job           (char             ***arguments);
int            dio_cli_jobs          (char             ***arguments);
int            dio_cli_key           (char             ***arguments);
int            dio_cli_library       (char             ***arguments);
int            dio_cli_models        (char             ***arguments);
int            dio_cli_parameters    (char             ***arguments);
int            dio_cli_resume        (char             ***arguments);
int            dio_cli_sheet         (char             ***arguments);
int            dio_cli_spend         (char             ***arguments);

/* Options */
gboolean       dio_cli_parse         (GOptionContext     *context,
                                      char             ***arguments,
                                      GError            **error);
gboolean       dio_cli_wants_json    (char              **arguments);
gboolean       dio_cli_check_n       (char              **arguments,
                                      guint               n_expected,
                                      const char         *names,
                                      GError            **error);
char          *dio_cli_decode        (const char         *argument,
                                      GError            **error);

/* Output */
void           dio_cli_print         (const char         *line);
void           dio_cli_print_json    (JsonNode           *node);
void           dio_cli_add_text      (JsonBuilder        *builder,
                                      const char         *name,
                                      const char         *text);
void           dio_cli_add_time      (JsonBuilder        *builder,
                                      const char         *name,
                                      gint64              time);
char          *dio_cli_format_time   (gint64              time);
void           dio_cli_print_error   (const char         *format,
                                      ...) G_GNUC_PRINTF (1, 2);
char          *dio_cli_dup_plain     (const char         *text);
char          *dio_cli_pad           (const char         *text,
                                      guint               width);

/* Waiting */
GCancellable  *dio_cli_watch_signals (void);
void           dio_cli_result_cb     (GObject            *source,
                                      GAsyncResult       *result,
                                      gpointer            user_data);
GAsyncResult  *dio_cli_wait          (GAsyncResult      **result);

/* The studio */
DioStudio     *dio_cli_studio_new    (void);
gboolean       dio_cli_studio_has_library (DioStudio      *studio);
gboolean       dio_cli_studio_open   (DioStudio          *studio,
                                      GCancellable       *cancellable,
                                      GError            **error);
void           dio_cli_studio_close  (DioStudio          *studio);
DioProvider   *dio_cli_find_provider (DioStudio          *studio,
                                      const char         *provider_id,
                                      GError            **error);
DioModelInfo  *dio_cli_find_model    (DioStudio          *studio,
                                      const char         *provider_id,
                                      const char         *model_id,
                                      GError            **error);

G_END_DECLS
