/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person should be told of a picture that was made all the same. */

#include "config.h"

#include "dio-note.h"

G_DEFINE_BOXED_TYPE (DioNote, dio_note, dio_note_copy, dio_note_free)

/* Stored in the database: never changed. */
static const char *const nicks[DIO_N_NOTES] = {
  [DIO_NOTE_CHECK_EDGES] = "check-edges",
  [DIO_NOTE_BUSY_BACKDROP] = "busy-backdrop",
  [DIO_NOTE_NOT_USED] = "not-used",
  [DIO_NOTE_FIRST_FRAME] = "first-frame",
  [DIO_NOTE_CMYK] = "cmyk",
  [DIO_NOTE_WRONG_CLOCK] = "wrong-clock",
};

DioNote *
dio_note_new (DioNoteKind  kind,
              const char  *name)
{
  DioNote *self = g_new (DioNote, 1);

  self->kind = kind;
  self->name = g_strdup (name);

  return self;
}

DioNote *
dio_note_copy (const DioNote *self)
{
  return dio_note_new (self->kind, self->name);
}

void
dio_note_free (DioNote *self)
{
  g_free (self->name);
  g_free (self);
}

const char *
dio_note_kind_get_nick (DioNoteKind kind)
{
  g_return_val_if_fail ((guint) kind < DIO_N_NOTES, NULL);

  return nicks[kind];
}

gboolean
dio_note_kind_from_nick (const char  *nick,
                         DioNoteKind *kind)
{
  for (guint i = 0; nick != NULL && i < DIO_N_NOTES; i++)
    {
      if (g_str_equal (nick, nicks[i]))
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}
