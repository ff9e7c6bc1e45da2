/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was accepted, and how far it is. */

#include "config.h"

#include "jobs.h"

struct _Jobs
{
  GPtrArray  *all;    /* (owned) (element-type Job): in the order they came */
  GHashTable *ids;    /* (owned) (element-type utf8 Job): by account and the vendor's id */
  GHashTable *own;    /* (owned) (element-type utf8 Job): by account and the client's id */
  GHashTable *tokens; /* (owned) (element-type utf8 Job) */
  GHashTable *photos; /* (owned) (element-type GBytes): each once, however many jobs have it */
};

/**
 * reference_new:
 * @role: what it is for
 * @bytes: (transfer full) (nullable): the photo
 *
 * Returns: (transfer full): a reference
 */
Reference *
reference_new (DioRole  role,
               GBytes  *bytes)
{
  Reference *self = g_new (Reference, 1);

  self->role = role;
  self->bytes = bytes;

  return self;
}

void
reference_free (Reference *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/**
 * job_new:
 * @dialect: of the vendor
 * @account: whose it is
 * @id: the vendor's
 * @own_id: (nullable): the client's
 * @n: pictures asked for
 *
 * Returns: (transfer full): a job, to be filled and given to jobs_take()
 */
Job *
job_new (const char *dialect,
         const char *account,
         const char *id,
         const char *own_id,
         guint       n)
{
  Job *self = g_new0 (Job, 1);

  self->dialect = g_strdup (dialect);
  self->account = g_strdup (account);
  self->id = g_strdup (id);
  self->own_id = g_strdup (own_id);
  self->n = n;
  self->type = g_strdup ("png");
  self->quality = 95;
  self->created = g_get_real_time ();
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  self->tokens = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->tokens, g_uuid_string_random ());

  return self;
}

void
job_free (Job *self)
{
  g_free (self->dialect);
  g_free (self->account);
  g_free (self->id);
  g_free (self->own_id);
  g_free (self->type);
  g_free (self->prompt);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->tokens);
  g_clear_pointer (&self->request, json_node_unref);
  g_free (self->refused);
  g_free (self);
}

static gboolean
is_over (Job *self)
{
  return self->polls > self->queue_polls ||
         g_get_real_time () - self->created >= (gint64) self->queue_seconds * G_USEC_PER_SEC;
}

JobState
job_get_state (Job *self)
{
  if (!is_over (self))
    return JOB_MAKING;

  return self->fails || self->refused != NULL || self->missing >= self->n ? JOB_FAILED : JOB_DONE;
}

/**
 * job_get_n_made:
 * @self: a job
 *
 * Returns: how many of its pictures there are by now, the ones that are not made
 *   counted: they come one after the other
 */
guint
job_get_n_made (Job *self)
{
  if (is_over (self))
    return self->n;

  return self->n * self->polls / (self->queue_polls + 1);
}

gboolean
job_is_kept (Job *self)
{
  return g_get_real_time () - self->created < (gint64) self->life * G_USEC_PER_SEC;
}

/* Photos are long, and the ends of two are hardly ever the same. */
static guint
hash_photo (gconstpointer photo)
{
  gsize size = g_bytes_get_size ((GBytes *) photo);
  gsize length = MIN (size, 4096);
  g_autoptr(GBytes) end = g_bytes_new_from_bytes ((GBytes *) photo, size - length, length);

  return g_bytes_hash (end) + (guint) size;
}

Jobs *
jobs_new (void)
{
  Jobs *self = g_new (Jobs, 1);

  self->all = g_ptr_array_new_with_free_func ((GDestroyNotify) job_free);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->tokens = g_hash_table_new (g_str_hash, g_str_equal);
  self->photos = g_hash_table_new_full (hash_photo, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  return self;
}

void
jobs_free (Jobs *self)
{
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->own);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->photos);
  g_ptr_array_unref (self->all);
  g_free (self);
}

static char *
make_key (const char *account,
          const char *id)
{
  return g_strconcat (account, "\n", id, NULL);
}

static void
share_photo (Jobs      *self,
             Reference *reference)
{
  GBytes *same = g_hash_table_lookup (self->photos, reference->bytes);

  if (same == NULL)
    {
      g_hash_table_add (self->photos, g_bytes_ref (reference->bytes));
      return;
    }

  g_bytes_unref (reference->bytes);
  reference->bytes = g_bytes_ref (same);
}

/**
 * jobs_take:
 * @self: all jobs
 * @job: (transfer full): a new one
 */
void
jobs_take (Jobs *self,
           Job  *job)
{
  g_ptr_array_add (self->all, job);
  g_hash_table_insert (self->ids, make_key (job->account, job->id), job);
  if (job->own_id != NULL)
    g_hash_table_insert (self->own, make_key (job->account, job->own_id), job);
  for (guint i = 0; i < job->tokens->len; i++)
    g_hash_table_insert (self->tokens, g_ptr_array_index (job->tokens, i), job);

  for (guint i = 0; i < job->references->len; i++)
    {
      Reference *reference = g_ptr_array_index (job->references, i);

      if (reference->bytes != NULL)
        share_photo (self, reference);
    }
}

/**
 * jobs_find:
 * @self: all jobs
 * @account: whose
 * @id: the vendor's
 *
 * Returns: (transfer none) (nullable): the job
 */
Job *
jobs_find (Jobs       *self,
           const char *account,
           const char *id)
{
  g_autofree char *key = make_key (account, id);

  return g_hash_table_lookup (self->ids, key);
}

/**
 * jobs_find_own:
 * @self: all jobs
 * @account: whose
 * @own_id: the client's
 *
 * Returns: (transfer none) (nullable): the job
 */
Job *
jobs_find_own (Jobs       *self,
               const char *account,
               const char *own_id)
{
  g_autofree char *key = make_key (account, own_id);

  return g_hash_table_lookup (self->own, key);
}

/**
 * jobs_find_picture:
 * @self: all jobs
 * @token: what a picture is known by
 * @index: (out): which of the job's it is
 *
 * Returns: (transfer none) (nullable): its job
 */
Job *
jobs_find_picture (Jobs       *self,
                   const char *token,
                   guint      *index)
{
  Job *job = g_hash_table_lookup (self->tokens, token);

  if (job != NULL && !g_ptr_array_find_with_equal_func (job->tokens, token, g_str_equal, index))
    return NULL;

  return job;
}

/**
 * jobs_count_making:
 * @self: all jobs
 * @account: whose
 * @pictures: count pictures, not jobs
 *
 * Returns: how many are under way
 */
guint
jobs_count_making (Jobs       *self,
                   const char *account,
                   gboolean    pictures)
{
  guint n = 0;

  for (guint i = 0; i < self->all->len; i++)
    {
      Job *job = g_ptr_array_index (self->all, i);

      if (g_str_equal (job->account, account) && !is_over (job))
        n += pictures ? job->n : 1;
    }

  return n;
}

/**
 * jobs_list:
 * @self: all jobs
 * @account: whose
 *
 * Returns: (transfer container): them, the newest first
 */
GPtrArray *
jobs_list (Jobs       *self,
           const char *account)
{
  GPtrArray *list = g_ptr_array_new ();

  for (guint i = self->all->len; i > 0; i--)
    {
      Job *job = g_ptr_array_index (self->all, i - 1);

      if (g_str_equal (job->account, account))
        g_ptr_array_add (list, job);
    }

  return list;
}
