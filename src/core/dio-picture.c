/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture as it came back, on its way from a provider to the library. */

#include "config.h"

#include "dio-picture.h"

G_DEFINE_BOXED_TYPE (DioPicture, dio_picture, dio_picture_ref, dio_picture_unref)

/**
 * dio_picture_new:
 * @bytes: (nullable): the file, whole; %NULL where it is a file of its own
 * @extension: of its file name, without the dot
 * @index: which picture of the job, from 0
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer full): a picture whose seed, time and words are not known
 */
DioPicture *
dio_picture_new (GBytes     *bytes,
                 const char *extension,
                 guint       index,
                 int         width,
                 int         height)
{
  DioPicture *self = g_atomic_rc_box_new0 (DioPicture);

  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  self->extension = g_strdup (extension);
  self->index = index;
  self->width = width;
  self->height = height;
  self->seed = -1;
  self->seconds = -1;
  self->cost = -1;
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_note_free);

  return self;
}

DioPicture *
dio_picture_ref (DioPicture *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
dio_picture_clear (DioPicture *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->file);
  g_free (self->extension);
  g_free (self->remote_id);
  g_free (self->currency);
  g_strfreev (self->used);
  g_strfreev (self->unused);
  g_ptr_array_unref (self->notes);
}

void
dio_picture_unref (DioPicture *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) dio_picture_clear);
}
