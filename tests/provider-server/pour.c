/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes written past libsoup, since no proper server would. */

#include "config.h"

#include "pour.h"

struct _Pour
{
  GIOStream    *stream;      /* (owned) */
  GBytes       *piece;       /* (owned): what is being written */
  GBytes       *again;       /* (owned) (nullable): what is written next, again and again */
  goffset       more;        /* bytes of @again to come, or -1 for ever */
  guint         interval;    /* milliseconds before each of them */
  GCancellable *cancellable; /* (owned) */
  guint         timeout;
  gboolean      writing;
  GPtrArray    *owner;       /* (borrowed) (nullable): once it is freed, nobody */
};

static void write_piece (Pour *self);

static void
destroy (Pour *self)
{
  g_io_stream_close (self->stream, NULL, NULL);
  g_object_unref (self->stream);
  g_bytes_unref (self->piece);
  g_clear_pointer (&self->again, g_bytes_unref);
  g_object_unref (self->cancellable);
  g_free (self);
}

/**
 * pour_free:
 * @self: (transfer full): a pour, perhaps in the middle of writing
 */
void
pour_free (Pour *self)
{
  self->owner = NULL;
  g_clear_handle_id (&self->timeout, g_source_remove);

  /* A write under way ends in its callback, and takes it along. */
  if (self->writing)
    g_cancellable_cancel (self->cancellable);
  else
    destroy (self);
}

static gboolean
interval_cb (gpointer user_data)
{
  Pour *self = user_data;

  self->timeout = 0;
  write_piece (self);

  return G_SOURCE_REMOVE;
}

static void
go_on (Pour *self)
{
  gsize size = self->again != NULL ? g_bytes_get_size (self->again) : 0;

  if (size == 0 || self->more == 0)
    {
      g_ptr_array_remove (self->owner, self);
      return;
    }

  if (self->more > 0)
    {
      size = MIN ((goffset) size, self->more);
      self->more -= size;
    }

  g_bytes_unref (self->piece);
  self->piece = g_bytes_new_from_bytes (self->again, 0, size);
  if (self->interval > 0)
    self->timeout = g_timeout_add (self->interval, interval_cb, self);
  else
    write_piece (self);
}

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Pour *self = user_data;
  gboolean written = g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, NULL);

  self->writing = FALSE;
  if (self->owner == NULL)
    destroy (self);
  else if (written)
    go_on (self);
  else
    g_ptr_array_remove (self->owner, self);
}

static void
write_piece (Pour *self)
{
  self->writing = TRUE;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   g_bytes_get_data (self->piece, NULL), g_bytes_get_size (self->piece),
                                   G_PRIORITY_DEFAULT, self->cancellable, written_cb, self);
}

/**
 * pour_start:
 * @stream: (transfer full): taken from libsoup
 * @first: (transfer full): written at once
 * @again: (transfer full) (nullable): written after that
 * @more: bytes of @again in all, or -1 for ever
 * @interval: milliseconds before each writing of @again
 * @owner: where it is kept until it ends; frees with pour_free()
 *
 * Returns: (transfer none): a pour; at its end the connection is closed
 */
Pour *
pour_start (GIOStream *stream,
            GBytes    *first,
            GBytes    *again,
            goffset    more,
            guint      interval,
            GPtrArray *owner)
{
  Pour *self = g_new0 (Pour, 1);

  self->stream = stream;
  self->piece = first;
  self->again = again;
  self->more = more;
  self->interval = interval;
  self->cancellable = g_cancellable_new ();
  self->owner = owner;
  g_ptr_array_add (owner, self);
  write_piece (self);

  return self;
}
