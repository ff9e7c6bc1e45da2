/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in the library: its file and how it came about. */

#include "config.h"

#include "dio-result-private.h"

G_DEFINE_FINAL_TYPE (DioResult, dio_result, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PATH,
  PROP_RATING,
  PROP_VERDICT,
  PROP_TAGS,
  PROP_DELETED,
  PROP_HASH,
  PROP_PARENTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
dio_result_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DioResult *self = DIO_RESULT (object);

  switch (id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_RATING:
      g_value_set_uint (value, self->rating);
      break;
    case PROP_VERDICT:
      g_value_set_enum (value, self->verdict);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, self->tags);
      break;
    case PROP_DELETED:
      g_value_set_int64 (value, self->deleted);
      break;
    case PROP_HASH:
      g_value_set_string (value, self->hash);
      break;
    case PROP_PARENTS:
      g_value_set_boxed (value, self->parents);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

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
  g_strfreev (self->tags);
  g_free (self->hash);
  g_strfreev (self->parents);

  G_OBJECT_CLASS (dio_result_parent_class)->finalize (object);
}

static void
dio_result_class_init (DioResultClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_result_get_property;
  object_class->finalize = dio_result_finalize;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  properties[PROP_RATING] = g_param_spec_uint ("rating", NULL, NULL, 0, DIO_RESULT_MAX_RATING, 0, flags);
  properties[PROP_VERDICT] = g_param_spec_enum ("verdict", NULL, NULL, DIO_TYPE_VERDICT, DIO_VERDICT_NONE, flags);
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_DELETED] = g_param_spec_int64 ("deleted", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_HASH] = g_param_spec_string ("hash", NULL, NULL, NULL, flags);
  properties[PROP_PARENTS] = g_param_spec_boxed ("parents", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_result_init (DioResult *self)
{
  self->tags = g_new0 (char *, 1);
  self->parents = g_new0 (char *, 1);
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
 * dio_result_get_number:
 * @self: a result
 *
 * Returns: its place in the order of coming, which no clock can change; 0
 *   before the library has given it one
 */
gint64
dio_result_get_number (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->number;
}

guint
dio_result_get_rating (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->rating;
}

DioVerdict
dio_result_get_verdict (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), DIO_VERDICT_NONE);

  return self->verdict;
}

const char * const *
dio_result_get_tags (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return (const char * const *) self->tags;
}

/**
 * dio_result_get_deleted:
 * @self: a result
 *
 * Returns: since when it is in the trash, in microseconds since 1970, or 0
 */
gint64
dio_result_get_deleted (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->deleted;
}

/**
 * dio_result_get_hash:
 * @self: a result
 *
 * Returns: (nullable): the content hash of its file, by which it is known as a
 *   reference; %NULL before the file has been read for it
 */
const char *
dio_result_get_hash (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->hash;
}

/**
 * dio_result_get_parents:
 * @self: a result
 *
 * Returns: the content hashes of the references that it was made from, in order
 */
const char * const *
dio_result_get_parents (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return (const char * const *) self->parents;
}

void
dio_result_set_number (DioResult *self,
                       gint64     number)
{
  g_return_if_fail (DIO_IS_RESULT (self));

  self->number = number;
}

static void
set_string (DioResult   *self,
            char       **field,
            const char  *value,
            guint        property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;

  g_free (*field);
  *field = g_strdup (value);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_words (DioResult           *self,
           GStrv               *field,
           const char * const  *words,
           guint                property)
{
  static const char * const none[] = { NULL };

  if (words == NULL)
    words = none;
  if (g_strv_equal ((const char * const *) *field, words))
    return;

  g_strfreev (*field);
  *field = g_strdupv ((GStrv) words);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
dio_result_set_path (DioResult  *self,
                     const char *path)
{
  g_return_if_fail (DIO_IS_RESULT (self));
  g_return_if_fail (path != NULL);

  set_string (self, &self->path, path, PROP_PATH);
}

void
dio_result_set_rating (DioResult *self,
                       guint      rating)
{
  g_return_if_fail (DIO_IS_RESULT (self));

  rating = MIN (rating, DIO_RESULT_MAX_RATING);
  if (rating == self->rating)
    return;

  self->rating = rating;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATING]);
}

void
dio_result_set_verdict (DioResult  *self,
                        DioVerdict  verdict)
{
  g_return_if_fail (DIO_IS_RESULT (self));

  if (verdict == self->verdict)
    return;

  self->verdict = verdict;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
}

void
dio_result_set_tags (DioResult           *self,
                     const char * const  *tags)
{
  g_return_if_fail (DIO_IS_RESULT (self));

  set_words (self, &self->tags, tags, PROP_TAGS);
}

void
dio_result_set_deleted (DioResult *self,
                        gint64     deleted)
{
  g_return_if_fail (DIO_IS_RESULT (self));

  if (deleted == self->deleted)
    return;

  self->deleted = deleted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DELETED]);
}

void
dio_result_set_hash (DioResult  *self,
                     const char *hash)
{
  g_return_if_fail (DIO_IS_RESULT (self));

  set_string (self, &self->hash, hash, PROP_HASH);
}

void
dio_result_set_parents (DioResult           *self,
                        const char * const  *parents)
{
  g_return_if_fail (DIO_IS_RESULT (self));

  set_words (self, &self->parents, parents, PROP_PARENTS);
}
