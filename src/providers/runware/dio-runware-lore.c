/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known today of the fields of Runware's models: the server's own schema,
 * read once a day and kept in the cache, or the list that came with the program.
 * That it cannot be had is no reason not to send. */

#include "config.h"

#include "runware/dio-runware-lore.h"

#include "runware/dio-runware-schema.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Seconds */
#define LIFE       (24 * 60 * 60)
#define RETRY_LIFE (10 * 60)

#define MAX_SCHEMA (2 * 1024 * 1024)

struct _DioRunwareLore
{
  GHashTable *known;  /* (owned): address and model → Schema */
  GHashTable *newest; /* (owned): model → fields that were learned last */
};

/* One model at one address. */
typedef struct
{
  GHashTable *fields;  /* (owned) */
  gint64      expires;
} Schema;

/* The task data of dio_runware_lore_learn_async(). */
typedef struct
{
  DioRunwareLore *lore;    /* (borrowed): the source object's */
  DioHostedCall  *call;    /* (borrowed): the caller keeps it alive */
  gboolean        may_ask;
  char           *key;     /* (owned): what the schema is found by */
  char           *path;    /* (owned) (nullable): of its copy in the cache */
} Learning;

/* For the thread that keeps a schema. */
typedef struct
{
  char   *path;  /* (owned) */
  GBytes *bytes; /* (owned) */
} Keeping;

static void
schema_free (gpointer data)
{
  Schema *schema = data;

  g_hash_table_unref (schema->fields);
  g_free (schema);
}

static void
learning_free (gpointer data)
{
  Learning *learning = data;

  g_free (learning->key);
  g_free (learning->path);
  g_free (learning);
}

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_free (keeping->path);
  g_bytes_unref (keeping->bytes);
  g_free (keeping);
}

DioRunwareLore *
dio_runware_lore_new (void)
{
  DioRunwareLore *self = g_new (DioRunwareLore, 1);

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, schema_free);
  self->newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);

  return self;
}

void
dio_runware_lore_free (DioRunwareLore *self)
{
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->newest);
  g_free (self);
}

/**
 * dio_runware_lore_ref_fields:
 * @self: what is known
 * @model_id: a model's AIR
 *
 * Returns: (transfer full) (element-type utf8): the fields of the model, as far as
 *   is known without asking
 */
GHashTable *
dio_runware_lore_ref_fields (DioRunwareLore *self,
                             const char     *model_id)
{
  GHashTable *fields = g_hash_table_lookup (self->newest, model_id);

  return fields != NULL ? g_hash_table_ref (fields) : dio_runware_bundled_schema (model_id);
}

static void
use_fields (Learning   *learning,
            GHashTable *fields)
{
  g_clear_pointer (&learning->call->fields, g_hash_table_unref);
  learning->call->fields = g_hash_table_ref (fields);
}

static void
remember (Learning   *learning,
          GHashTable *fields,
          gint64      life)
{
  Schema *schema = g_new (Schema, 1);

  schema->fields = g_hash_table_ref (fields);
  schema->expires = g_get_real_time () + life * G_USEC_PER_SEC;
  g_hash_table_replace (learning->lore->known, g_strdup (learning->key), schema);
}

static void
take_schema (Learning   *learning,
             GHashTable *fields)
{
  const char *model_id = dio_request_get_model_id (learning->call->request);

  remember (learning, fields, LIFE);
  g_hash_table_replace (learning->lore->newest, g_strdup (model_id), g_hash_table_ref (fields));
  use_fields (learning, fields);
}

static void
use_bundled (Learning *learning)
{
  g_autoptr(GHashTable) fields = dio_runware_bundled_schema (dio_request_get_model_id (learning->call->request));

  use_fields (learning, fields);
}

/* An answer of now, or one that was kept. */
static GHashTable *
read_schema (guint        status,
             GBytes      *bytes,
             GError     **error)
{
  g_autoptr(GHashTable) headers = g_hash_table_new (g_str_hash, g_str_equal);
  const DioHttpReply reply = { .status = status, .headers = headers, .bytes = bytes };

  return dio_runware_read_schema (&reply, error);
}

static void
keep_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Keeping *keeping = task_data;
  g_autofree char *folder = g_path_get_dirname (keeping->path);
  gsize size;
  const char *data = g_bytes_get_data (keeping->bytes, &size);
  g_autoptr(GError) error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (keeping->path, data, size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("A schema is not kept: %s", error != NULL ? error->message : g_strerror (errno));

  g_task_return_boolean (task, TRUE);
}

static void
keep (Learning *learning,
      GBytes   *bytes)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Keeping *keeping = g_new (Keeping, 1);

  keeping->path = g_strdup (learning->path);
  keeping->bytes = g_bytes_ref (bytes);
  g_task_set_task_data (task, keeping, keeping_free);
  g_task_run_in_thread (task, keep_thread);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Learning *learning = g_task_get_task_data (task);
  g_autoptr(DioHttpReply) reply = NULL;
  g_autoptr(GHashTable) fields = NULL;
  g_autoptr(GError) error = NULL;

  reply = dio_http_send_finish (DIO_HTTP (object), result, NULL, &error);
  if (reply != NULL && reply->status == 200)
    fields = read_schema (reply->status, reply->bytes, &error);

  if (fields != NULL)
    {
      if (learning->path != NULL)
        keep (learning, reply->bytes);
      take_schema (learning, fields);
    }
  else
    {
      g_debug ("The schema cannot be had, ours is used: %s", error != NULL ? error->message : "no such");
      use_bundled (learning);
      if (!g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        remember (learning, learning->call->fields, RETRY_LIFE);
    }

  g_task_return_boolean (task, TRUE);
}

static void
ask (GTask *task)
{
  Learning *learning = g_task_get_task_data (task);
  DioHttp *http = dio_provider_get_http (DIO_PROVIDER (learning->call->provider));
  g_autoptr(DioHttpRequest) request = NULL;

  if (!learning->may_ask || http == NULL)
    {
      use_bundled (learning);
      g_task_return_boolean (task, TRUE);
      return;
    }

  request = dio_runware_make_schema (learning->call->account->endpoint,
                                     dio_request_get_model_id (learning->call->request));
  dio_http_send_async (http, request, MAX_SCHEMA, NULL, NULL, g_task_get_cancellable (task),
                       answered_cb, g_object_ref (task));
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char *path = task_data;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  char *text = NULL;
  gsize size;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && status.st_mtime > now - LIFE && status.st_mtime <= now &&
      g_file_get_contents (path, &text, &size, NULL))
    g_task_return_pointer (task, g_bytes_new_take (text, size), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Learning *learning = g_task_get_task_data (task);
  g_autoptr(GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr(GHashTable) fields = NULL;

  if (bytes != NULL)
    fields = read_schema (200, bytes, NULL);

  if (fields == NULL)
    {
      ask (task);
      return;
    }

  take_schema (learning, fields);
  g_task_return_boolean (task, TRUE);
}

static void
read_kept (GTask *task)
{
  Learning *learning = g_task_get_task_data (task);
  g_autoptr(GTask) work = g_task_new (NULL, g_task_get_cancellable (task), read_cb, g_object_ref (task));

  g_task_set_check_cancellable (work, FALSE);
  g_task_set_task_data (work, g_strdup (learning->path), g_free);
  g_task_run_in_thread (work, read_thread);
}

static char *
make_path (DioHostedProvider *provider,
           const char        *key)
{
  const char *cache = dio_provider_get_cache_folder (DIO_PROVIDER (provider));
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);

  return cache != NULL ? g_build_filename (cache, "schemas", name, NULL) : NULL;
}

/**
 * dio_runware_lore_learn_async:
 * @self: what is known
 * @provider: whose
 * @call: gets the fields of its request's model
 * @may_ask: whether the network may be used
 * @cancellable: (nullable): ends the asking; there are fields all the same
 * @callback: called when they are there
 * @user_data: data for @callback, which has to keep @call alive
 */
void
dio_runware_lore_learn_async (DioRunwareLore      *self,
                              DioHostedProvider   *provider,
                              DioHostedCall       *call,
                              gboolean             may_ask,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (provider, cancellable, callback, user_data);
  const char *endpoint = call->account->endpoint;
  Learning *learning = g_new0 (Learning, 1);
  Schema *known;

  learning->lore = self;
  learning->call = call;
  learning->may_ask = may_ask;
  learning->key = g_strdup_printf ("%s\n%s", endpoint != NULL ? endpoint : "",
                                   dio_request_get_model_id (call->request));
  learning->path = make_path (provider, learning->key);
  g_task_set_source_tag (task, dio_runware_lore_learn_async);
  g_task_set_task_data (task, learning, learning_free);
  g_task_set_check_cancellable (task, FALSE);

  known = g_hash_table_lookup (self->known, learning->key);
  if (known != NULL && known->expires > g_get_real_time ())
    {
      use_fields (learning, known->fields);
      g_task_return_boolean (task, TRUE);
    }
  else if (learning->path != NULL)
    {
      read_kept (task);
    }
  else
    {
      ask (task);
    }
}

/**
 * dio_runware_lore_learn_finish:
 * @self: what is known
 * @provider: whose
 * @result: what the callback was given
 */
void
dio_runware_lore_learn_finish (DioRunwareLore    *self,
                               DioHostedProvider *provider,
                               GAsyncResult      *result)
{
  g_return_if_fail (g_task_is_valid (result, provider));
  g_return_if_fail (g_async_result_is_tagged (result, dio_runware_lore_learn_async));

  g_task_propagate_boolean (G_TASK (result), NULL);
}
