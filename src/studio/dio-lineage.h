/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes that a result came from, and those that came from it. */

#pragma once

#include "dio-result.h"

G_BEGIN_DECLS

#define DIO_LINEAGE_MAX_DEPTH 4  /* passes from the one that is looked at */
#define DIO_LINEAGE_MAX_WIDTH 8  /* neighbours of one node in one direction */
#define DIO_LINEAGE_MAX_NODES 48 /* in one direction */

/**
 * DioLineageDirection:
 * @DIO_LINEAGE_UP: to what it was made from
 * @DIO_LINEAGE_DOWN: to what was made from it
 */
typedef enum
{
  DIO_LINEAGE_UP,
  DIO_LINEAGE_DOWN,
} DioLineageDirection;

/**
 * DioLineageKind:
 * @DIO_LINEAGE_RESULT: a result of the library
 * @DIO_LINEAGE_PHOTO: a photo, where every lineage begins
 * @DIO_LINEAGE_MISSING: something that is kept nowhere any more
 */
typedef enum
{
  DIO_LINEAGE_RESULT,
  DIO_LINEAGE_PHOTO,
  DIO_LINEAGE_MISSING,
} DioLineageKind;

typedef struct _DioLineageNode DioLineageNode;

/**
 * DioLineageNode:
 * @kind: what it is
 * @hash: (nullable): of its content, where that is known
 * @result: (nullable): of a %DIO_LINEAGE_RESULT
 * @is_repeated: it stands elsewhere in the tree already, with its neighbours
 * @n_hidden: how many neighbours are left out
 * @nodes: (element-type DioLineageNode): its neighbours in the direction of the tree
 */
struct _DioLineageNode
{
  DioLineageKind  kind;
  char           *hash;
  DioResult      *result;
  gboolean        is_repeated;
  guint           n_hidden;
  GPtrArray      *nodes;
};

void dio_lineage_node_free (DioLineageNode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioLineageNode, dio_lineage_node_free)

/**
 * DioLineageQuestion:
 * @DIO_LINEAGE_NO_QUESTION: everything was known
 * @DIO_LINEAGE_ASK_RESULT: which result has this content
 * @DIO_LINEAGE_ASK_PHOTO: is a photo of this content kept
 * @DIO_LINEAGE_ASK_CHILDREN: which results were made from this content
 */
typedef enum
{
  DIO_LINEAGE_NO_QUESTION,
  DIO_LINEAGE_ASK_RESULT,
  DIO_LINEAGE_ASK_PHOTO,
  DIO_LINEAGE_ASK_CHILDREN,
} DioLineageQuestion;

/* What is known of a library so far. */
typedef struct _DioLineageFacts DioLineageFacts;

DioLineageFacts    *dio_lineage_facts_new          (void);
void                dio_lineage_facts_free         (DioLineageFacts     *self);
void                dio_lineage_facts_add_result   (DioLineageFacts     *self,
                                                    const char          *hash,
                                                    DioResult           *result);
void                dio_lineage_facts_add_photo    (DioLineageFacts     *self,
                                                    const char          *hash,
                                                    gboolean             is_there);
void                dio_lineage_facts_add_children (DioLineageFacts     *self,
                                                    const char          *hash,
                                                    GPtrArray           *children);
DioLineageNode     *dio_lineage_build              (DioLineageFacts     *facts,
                                                    DioResult           *result,
                                                    DioLineageDirection  direction,
                                                    DioLineageQuestion  *question,
                                                    char               **hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioLineageFacts, dio_lineage_facts_free)

G_END_DECLS
