/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in the library: its file and how it came about. */

#include "config.h"

#include "dio-result.h"

struct _DioResult
{
  GObject     parent_instance;

  char       *id;          /* (owned) */
  char       *job_id;      /* (owned) */
  char       *path;        /* (owned) */
  char       *provider_id; /* (owned) */
  char       *model_id;    /* (owned) */
  char       *prompt;      /* (owned) */
  gint64      created;     /* microseconds since 1970 */
  DioPicture *picture;     /* (owned): without its bytes, which are in the file */
};

G_DEFINE_FINAL_TYPE (DioResult, dio_result, G_TYPE_OBJECT)

static void
dio_result_finalize (GObject *object)
{
  DioResult *self = DIO_RESULT (object);

  g_free (self->id);
  g_free (self->job_id);
  g_free (self->path);
  g_free (self->provider_id);
  g_free (self->model_id);
  g_free (self->prompt);
  g_clear_pointer (&self->picture, dio_picture_unref);

  G_OBJECT_CLASS (dio_result_parent_class)->finalize (object);
}

static void
dio_result_class_init (DioResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_result_finalize;
}

static void
dio_result_init (DioResult *self)
{
}

/* The bytes are in the file: a library of results must not hold them all. */
static DioPicture *
copy_without_bytes (DioPicture *picture)
{
  DioPicture *copy = dio_picture_new (NULL, picture->extension, picture->index,
                                      picture->width, picture->height);

  copy->seed = picture->seed;
  copy->seconds = picture->seconds;
  copy->used = g_strdupv (picture->used);
  copy->unused = g_strdupv (picture->unused);
  copy->remote_id = g_strdup (picture->remote_id);
  copy->cost = picture->cost;
  copy->currency = g_strdup (picture->currency);
  copy->expires = picture->expires;
  for (guint i = 0; i < picture->notes->len; i++)
    g_ptr_array_add (copy->notes, dio_note_copy (g_ptr_array_index (picture->notes, i)));

  return copy;
}

/**
 * dio_result_new:
 * @id: its id in the library
 * @job_id: the job that it came from
 * @path: its file, absolute
 * @created: when it came, in microseconds since 1970
 * @provider_id: who made it
 * @model_id: with which model
 * @prompt: what the person wrote, with mentions as `@name`
 * @picture: what came; its bytes are not kept in memory
 *
 * Returns: (transfer full): a new result
 */
DioResult *
dio_result_new (const char *id,
                const char *job_id,
                const char *path,
                gint64      created,
                const char *provider_id,
                const char *model_id,
                const char *prompt,
                DioPicture *picture)
{
  DioResult *self = g_object_new (DIO_TYPE_RESULT, NULL);

  self->id = g_strdup (id);
  self->job_id = g_strdup (job_id);
  self->path = g_strdup (path);
  self->created = created;
  self->provider_id = g_strdup (provider_id);
  self->model_id = g_strdup (model_id);
  self->prompt = g_strdup (prompt);
  self->picture = copy_without_bytes (picture);

  return self;
}

const char *
dio_result_get_id (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->id;
}

const char *
dio_result_get_job_id (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->job_id;
}

const char *
dio_result_get_path (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->path;
}

/**
 * dio_result_get_created:
 * @self: a result
 *
 * Returns: when it came, in microseconds since 1970
 */
gint64
dio_result_get_created (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->created;
}

const char *
dio_result_get_provider_id (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->provider_id;
}

const char *
dio_result_get_model_id (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->model_id;
}

const char *
dio_result_get_prompt (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->prompt;
}

/**
 * dio_result_get_index:
 * @self: a result
 *
 * Returns: which picture of its job it is, from 0
 */
guint
dio_result_get_index (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->index;
}

int
dio_result_get_width (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->width;
}

int
dio_result_get_height (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->height;
}

/**
 * dio_result_get_seed:
 * @self: a result
 *
 * Returns: the seed that it was made with, or -1 where none is known
 */
gint64
dio_result_get_seed (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), -1);

  return self->picture->seed;
}

/**
 * dio_result_get_seconds:
 * @self: a result
 *
 * Returns: how long it took to make, or -1 where that is not known
 */
double
dio_result_get_seconds (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), -1);

  return self->picture->seconds;
}

/**
 * dio_result_get_used:
 * @self: a result
 *
 * Returns: (nullable): the words of the prompt that were acted on, where known
 */
const char * const *
dio_result_get_used (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return (const char * const *) self->picture->used;
}

/**
 * dio_result_get_unused:
 * @self: a result
 *
 * Returns: (nullable): the words of the prompt that were not, where known
 */
const char * const *
dio_result_get_unused (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return (const char * const *) self->picture->unused;
}

/**
 * dio_result_get_notes:
 * @self: a result
 *
 * Returns: (transfer none) (element-type DioNote): what to tell the person
 */
GPtrArray *
dio_result_get_notes (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->picture->notes;
}

/**
 * dio_result_get_remote_id:
 * @self: a result
 *
 * Returns: (nullable): the provider's name for it, where it has one
 */
const char *
dio_result_get_remote_id (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->picture->remote_id;
}

/**
 * dio_result_get_cost:
 * @self: a result
 *
 * Returns: what the provider says that this picture cost, in the currency of
 *   dio_result_get_currency(), or below 0 where it does not say
 */
double
dio_result_get_cost (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), -1);

  return self->picture->cost;
}

/**
 * dio_result_get_currency:
 * @self: a result
 *
 * Returns: (nullable): of its cost
 */
const char *
dio_result_get_currency (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->picture->currency;
}

/**
 * dio_result_get_expires:
 * @self: a result
 *
 * Returns: when the provider's own copy goes, in microseconds since 1970, or 0
 *   where that is not known
 */
gint64
dio_result_get_expires (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->expires;
}
