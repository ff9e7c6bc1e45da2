/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person should be told of a picture that was made all the same. */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DioNoteKind:
 * @DIO_NOTE_CHECK_EDGES: part of this subject's outline is uncertain
 * @DIO_NOTE_BUSY_BACKDROP: this subject could not be told from its backdrop and
 *   was placed as a whole photo
 * @DIO_NOTE_NOT_USED: the model takes fewer of this role; this one was left out
 * @DIO_NOTE_FIRST_FRAME: an animation; its first frame was used
 * @DIO_NOTE_CMYK: made for print; colours are approximate
 * @DIO_NOTE_WRONG_CLOCK: of no reference: the provider refused this computer's
 *   time, and its own was used
 */
typedef enum
{
  DIO_NOTE_CHECK_EDGES,
  DIO_NOTE_BUSY_BACKDROP,
  DIO_NOTE_NOT_USED,
  DIO_NOTE_FIRST_FRAME,
  DIO_NOTE_CMYK,
  DIO_NOTE_WRONG_CLOCK,
} DioNoteKind;

#define DIO_N_NOTES (DIO_NOTE_WRONG_CLOCK + 1)

/**
 * DioNote:
 * @kind: what there is to tell; the words are the interface's
 * @name: the reference it speaks of; of a wrong clock, by how many minutes
 */
typedef struct
{
  DioNoteKind  kind;
  char        *name;
} DioNote;

#define DIO_TYPE_NOTE (dio_note_get_type ())
GType       dio_note_get_type       (void);

DioNote    *dio_note_new            (DioNoteKind    kind,
                                     const char    *name);
DioNote    *dio_note_copy           (const DioNote *self);
void        dio_note_free           (DioNote       *self);
const char *dio_note_kind_get_nick  (DioNoteKind    kind);
gboolean    dio_note_kind_from_nick (const char    *nick,
                                     DioNoteKind   *kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioNote, dio_note_free)

G_END_DECLS
