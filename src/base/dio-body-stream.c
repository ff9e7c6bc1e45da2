/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a body from its first byte to its last. Files are read and encoded in
 * blocks, so that a body of any size needs the memory of one. libsoup asks for
 * eight kilobytes at a time: only for a new block does a thread have to be woken. */

#include "config.h"

#include "dio-body-private.h"

#include "dio-error.h"

/* A multiple of 3: but for the last, blocks need no padding. */
#define BLOCK (192 * 1024)
/* With the slack that g_base64_encode_step() asks for. */
#define ENCODED ((BLOCK / 3 + 1) * 4 + 4)

struct _DioBodyStream
{
  GInputStream       parent_instance;

  /* Construct-only */
  DioBody           *body;    /* (owned): keeps the parts */
  const DioBodyPart *parts;   /* (borrowed) */
  guint              n_parts;

  /* Under way */
  guint              part;    /* that is being read */
  gsize              done;    /* of its text, or of @encoded */
  GFileInputStream  *file;    /* (owned) (nullable): of the part */
  goffset            left;    /* bytes of it not yet read */
  guchar            *block;   /* (owned) (nullable) */
  char              *encoded; /* (owned) (nullable) */
  gsize              n_encoded;
};

/* One read_async(). */
typedef struct
{
  void  *buffer; /* (borrowed) */
  gsize  count;
} Reading;

G_DEFINE_FINAL_TYPE (DioBodyStream, dio_body_stream, G_TYPE_INPUT_STREAM)

static void
go_to_part (DioBodyStream *self,
            guint          part)
{
  g_clear_object (&self->file);
  self->part = part;
  self->done = 0;
  self->n_encoded = 0;
}

static gboolean
fail_changed (const DioBodyPart *part,
              GError           **error)
{
  g_autofree char *name = g_file_get_basename (part->file);

  g_set_error (error, DIO_ERROR, DIO_ERROR_STORAGE,
               "%s is no longer %" G_GOFFSET_FORMAT " bytes long", name, part->size);

  return FALSE;
}

static gboolean
open_file (DioBodyStream     *self,
           const DioBodyPart *part,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr(GError) local_error = NULL;

  self->file = g_file_read (part->file, cancellable, &local_error);
  if (self->file == NULL)
    {
      g_propagate_error (error, dio_error_from_io (local_error, "A photo to send could not be read"));
      return FALSE;
    }

  self->left = part->size;
  if (self->block == NULL)
    {
      self->block = g_malloc (BLOCK);
      self->encoded = g_malloc (ENCODED);
    }

  return TRUE;
}

static gboolean
read_block (DioBodyStream     *self,
            const DioBodyPart *part,
            gsize             *size,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr(GError) local_error = NULL;
  gsize wanted = MIN (self->left, BLOCK);
  /* A byte more than there should be tells that the file has grown. */
  gsize asked = self->left < BLOCK ? wanted + 1 : wanted;

  if (!g_input_stream_read_all (G_INPUT_STREAM (self->file), self->block, asked, size, cancellable, &local_error))
    {
      g_propagate_error (error, dio_error_from_io (local_error, "A photo to send could not be read"));
      return FALSE;
    }

  return *size == wanted || fail_changed (part, error);
}

/* Fills @encoded with what comes next of the file; with nothing at its end. */
static gboolean
encode_block (DioBodyStream     *self,
              const DioBodyPart *part,
              GCancellable      *cancellable,
              GError           **error)
{
  int state = 0;
  int save = 0;
  gsize size;

  if (self->file == NULL && !open_file (self, part, cancellable, error))
    return FALSE;
  if (!read_block (self, part, &size, cancellable, error))
    return FALSE;

  self->left -= size;
  self->done = 0;
  self->n_encoded = g_base64_encode_step (self->block, size, FALSE, self->encoded, &state, &save);
  self->n_encoded += g_base64_encode_close (FALSE, self->encoded + self->n_encoded, &state, &save);

  return TRUE;
}

static gsize
take (DioBodyStream *self,
      const char    *from,
      gsize          length,
      void          *buffer,
      gsize          count)
{
  gsize size = MIN (count, length - self->done);

  memcpy (buffer, from + self->done, size);
  self->done += size;

  return size;
}

static gssize
dio_body_stream_read (GInputStream *stream,
                      void         *buffer,
                      gsize         count,
                      GCancellable *cancellable,
                      GError      **error)
{
  DioBodyStream *self = DIO_BODY_STREAM (stream);

  while (self->part < self->n_parts)
    {
      const DioBodyPart *part = &self->parts[self->part];

      if (part->text != NULL && self->done < part->length)
        return take (self, part->text, part->length, buffer, count);

      if (part->file != NULL && self->done == self->n_encoded &&
          !encode_block (self, part, cancellable, error))
        return -1;
      if (part->file != NULL && self->n_encoded > 0)
        return take (self, self->encoded, self->n_encoded, buffer, count);

      go_to_part (self, self->part + 1);
    }

  return 0;
}

/* Whether there is something that needs no file to be read. */
static gboolean
has_ready (DioBodyStream *self)
{
  const DioBodyPart *part = self->part < self->n_parts ? &self->parts[self->part] : NULL;

  if (part == NULL)
    return TRUE;

  return part->text != NULL ? self->done < part->length : self->done < self->n_encoded;
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  gssize size = dio_body_stream_read (source, reading->buffer, reading->count, cancellable, &error);

  if (size >= 0)
    g_task_return_int (task, size);
  else
    g_task_return_error (task, error);
}

static void
dio_body_stream_read_async (GInputStream        *stream,
                            void                *buffer,
                            gsize                count,
                            int                  priority,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DioBodyStream *self = DIO_BODY_STREAM (stream);
  g_autoptr(GTask) task = g_task_new (stream, cancellable, callback, user_data);
  Reading *reading = g_new (Reading, 1);

  reading->buffer = buffer;
  reading->count = count;
  g_task_set_source_tag (task, dio_body_stream_read_async);
  g_task_set_priority (task, priority);
  g_task_set_task_data (task, reading, g_free);

  if (has_ready (self))
    read_thread (task, stream, reading, cancellable);
  else
    g_task_run_in_thread (task, read_thread);
}

static gssize
dio_body_stream_read_finish (GInputStream  *stream,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, stream), -1);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_body_stream_read_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

static void
dio_body_stream_finalize (GObject *object)
{
  DioBodyStream *self = DIO_BODY_STREAM (object);

  g_clear_object (&self->file);
  g_clear_object (&self->body);
  g_free (self->block);
  g_free (self->encoded);

  G_OBJECT_CLASS (dio_body_stream_parent_class)->finalize (object);
}

static void
dio_body_stream_class_init (DioBodyStreamClass *klass)
{
  GInputStreamClass *stream_class = G_INPUT_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dio_body_stream_finalize;

  stream_class->read_fn = dio_body_stream_read;
  stream_class->read_async = dio_body_stream_read_async;
  stream_class->read_finish = dio_body_stream_read_finish;
}

static void
dio_body_stream_init (DioBodyStream *self)
{
}

GInputStream *
dio_body_stream_new (DioBody           *body,
                     const DioBodyPart *parts,
                     guint              n_parts)
{
  DioBodyStream *self = g_object_new (DIO_TYPE_BODY_STREAM, NULL);

  self->body = g_object_ref (body);
  self->parts = parts;
  self->n_parts = n_parts;

  return G_INPUT_STREAM (self);
}
