/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to a library from the command line. */

#pragma once

#include "dio-studio.h"

G_BEGIN_DECLS

/**
 * DioCliLibrary:
 * @force: of the command line, as all options
 * @days: how long what is to go has been in the trash
 * @trash: whether to look in there
 * @json: whether to print JSON
 * @argument: (nullable): what the action was given
 * @cancellable: (owned)
 * @studio: (owned): not opened yet
 * @folder: (borrowed): the data folder
 */
typedef struct
{
  gboolean      force;
  int           days;
  gboolean      trash;
  gboolean      json;
  const char   *argument;
  GCancellable *cancellable;
  DioStudio    *studio;
  const char   *folder;
} DioCliLibrary;

gboolean dio_cli_library_back_up     (DioCliLibrary  *self,
                                      GError        **error);
gboolean dio_cli_library_restore     (DioCliLibrary  *self,
                                      GError        **error);
gboolean dio_cli_library_check       (DioCliLibrary  *self,
                                      GError        **error);
gboolean dio_cli_library_repair      (DioCliLibrary  *self,
                                      GError        **error);
gboolean dio_cli_library_search      (DioCliLibrary  *self,
                                      GError        **error);
gboolean dio_cli_library_empty_trash (DioCliLibrary  *self,
                                      GError        **error);

G_END_DECLS
