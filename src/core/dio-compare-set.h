/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures that are compared: results and references, in any mix. */

#pragma once

#include "dio-reference.h"
#include "dio-result.h"

G_BEGIN_DECLS

/* The most that can be told apart on a screen. */
#define DIO_COMPARE_MAX 9

/**
 * DioCompareEntry:
 *
 * One picture of the set: a result or a reference.
 */
#define DIO_TYPE_COMPARE_ENTRY (dio_compare_entry_get_type ())
G_DECLARE_FINAL_TYPE (DioCompareEntry, dio_compare_entry, DIO, COMPARE_ENTRY, GObject)

DioCompareEntry *dio_compare_entry_new_for_result    (DioResult       *result);
DioCompareEntry *dio_compare_entry_new_for_reference (DioReference    *reference);
DioResult       *dio_compare_entry_get_result        (DioCompareEntry *self);
DioReference    *dio_compare_entry_get_reference     (DioCompareEntry *self);
char            *dio_compare_entry_dup_key           (DioCompareEntry *self);
int              dio_compare_entry_get_width         (DioCompareEntry *self);
int              dio_compare_entry_get_height        (DioCompareEntry *self);
char             dio_compare_entry_get_letter        (DioCompareEntry *self);

#define DIO_TYPE_COMPARE_SET (dio_compare_set_get_type ())
G_DECLARE_FINAL_TYPE (DioCompareSet, dio_compare_set, DIO, COMPARE_SET, GObject)

DioCompareSet   *dio_compare_set_new                 (void);
gboolean         dio_compare_set_add                 (DioCompareSet   *self,
                                                      DioCompareEntry *entry);
void             dio_compare_set_remove              (DioCompareSet   *self,
                                                      guint            position);
void             dio_compare_set_move                (DioCompareSet   *self,
                                                      guint            from,
                                                      guint            to);
void             dio_compare_set_replace             (DioCompareSet   *self,
                                                      GPtrArray       *entries);
GStrv            dio_compare_set_dup_keys            (DioCompareSet   *self);

gboolean         dio_compare_key_parse               (const char      *key,
                                                      gboolean        *is_reference,
                                                      const char     **id);

G_END_DECLS
