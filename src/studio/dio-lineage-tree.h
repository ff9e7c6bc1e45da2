/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lineage of a result, as a library tells it. */

#pragma once

#include "dio-library.h"
#include "dio-lineage.h"

G_BEGIN_DECLS

/**
 * DioLineageTree:
 * @up: the result and what it was made from
 * @down: the result and what was made from it
 */
typedef struct
{
  DioLineageNode *up;
  DioLineageNode *down;
} DioLineageTree;

void            dio_lineage_tree_free        (DioLineageTree       *self);
void            dio_lineage_tree_load_async  (DioLibrary           *library,
                                              DioResult            *result,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
DioLineageTree *dio_lineage_tree_load_finish (DioLibrary           *library,
                                              GAsyncResult         *result,
                                              GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioLineageTree, dio_lineage_tree_free)

G_END_DECLS
