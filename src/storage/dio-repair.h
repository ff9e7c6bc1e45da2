/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database that is damaged, made anew of what can be read of it. Blocks. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DioRepair:
 * @aside: where the damaged file is kept
 * @n_results: how many results were saved
 * @n_jobs: how many jobs were
 * @is_from_backup: nothing of it could be read; they are from before the last
 *   update of the program
 */
typedef struct
{
  char     *aside;
  guint     n_results;
  guint     n_jobs;
  gboolean  is_from_backup;
} DioRepair;

gboolean dio_repair_library (const char  *folder,
                             DioRepair   *report,
                             GError     **error);
void     dio_repair_clear   (DioRepair   *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DioRepair, dio_repair_clear)

G_END_DECLS
