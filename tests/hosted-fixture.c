/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosted providers with a server to talk to, and all that surrounds them. */

#include "config.h"

#include "hosted-fixture.h"

#include "dio-composition.h"
#include "dio-error.h"
#include "dio-json.h"
#include "dio-providers.h"
#include "prepared-photos.h"

#include <glib/gstdio.h>
#include <string.h>

/* What takes minutes in life; the order of things is the same. */
static const DioHostedTimes quick = {
  .poll_max = 0.02,
  .trouble_max = 0.02,
  .patience = 20,
  .lookup = { 0.01, 0.01, 0.01, 0.01 },
  .fetch = { 0.01, 0.01, 0.01, 0.01, 0.01 },
};

static void job_store_init (DioJobStoreInterface *iface);
static void key_store_init (DioKeyStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HostedStore, hosted_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_JOB_STORE, job_store_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (HostedKeys, hosted_keys, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIO_TYPE_KEY_STORE, key_store_init))

static void
write_down (HostedStore *self,
            DioJob      *job)
{
  dio_job_remote_clear (&self->written);
  dio_job_remote_copy (dio_job_get_remote (job), &self->written);
  self->written_state = dio_job_get_state (job);
  g_ptr_array_add (self->states, (gpointer) dio_job_state_get_nick (self->written_state));
}

static gboolean
written_cb (gpointer user_data)
{
  g_task_return_boolean (user_data, TRUE);

  return G_SOURCE_REMOVE;
}

static void
update_job_async (DioJobStore         *store,
                  DioJob              *job,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  HostedStore *self = HOSTED_STORE (store);
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);

  write_down (self, job);
  if (self->delay > 0)
    g_timeout_add_full (G_PRIORITY_DEFAULT, self->delay, written_cb, g_steal_pointer (&task), g_object_unref);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
finish (DioJobStore   *store,
        GAsyncResult  *result,
        GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
begin_sending_async (DioJobStore         *store,
                     DioJob              *job,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  HostedStore *self = HOSTED_STORE (store);
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);

  if (self->refusal != NULL)
    {
      g_task_return_error (task, g_error_copy (self->refusal));
      return;
    }

  g_assert_cmpint (dio_job_get_state (job), <=, DIO_JOB_WAITING);
  g_assert_nonnull (dio_job_get_remote (job)->sent);
  self->n_begun++;
  dio_job_edit_remote (job)->sent_at = g_get_real_time ();
  write_down (self, job);
  self->written_state = DIO_JOB_SENDING;
  g_task_return_boolean (task, TRUE);
}

static void
list_remote_ids_async (DioJobStore         *store,
                       const char          *provider_id,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);

  g_task_return_pointer (task, g_strdupv (HOSTED_STORE (store)->remote_ids), (GDestroyNotify) g_strfreev);
}

static GStrv
list_remote_ids_finish (DioJobStore   *store,
                        GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
claim_async (DioJobStore         *store,
             DioJob              *job,
             const char          *remote_id,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  HostedStore *self = HOSTED_STORE (store);
  g_autoptr(GTask) task = g_task_new (store, NULL, callback, user_data);

  if (self->has_rivals)
    g_task_return_new_error (task, DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN, "%s may be another job", remote_id);
  else
    g_task_return_boolean (task, TRUE);
}

static void
job_store_init (DioJobStoreInterface *iface)
{
  iface->update_job_async = update_job_async;
  iface->update_job_finish = finish;
  iface->begin_sending_async = begin_sending_async;
  iface->begin_sending_finish = finish;
  iface->list_remote_ids_async = list_remote_ids_async;
  iface->list_remote_ids_finish = list_remote_ids_finish;
  iface->claim_async = claim_async;
  iface->claim_finish = finish;
}

static void
hosted_store_finalize (GObject *object)
{
  HostedStore *self = HOSTED_STORE (object);

  g_ptr_array_unref (self->states);
  dio_job_remote_clear (&self->written);
  g_strfreev (self->remote_ids);
  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (hosted_store_parent_class)->finalize (object);
}

static void
hosted_store_class_init (HostedStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hosted_store_finalize;
}

static void
hosted_store_init (HostedStore *self)
{
  self->states = g_ptr_array_new ();
  self->remote_ids = g_new0 (char *, 1);
}

static void
lookup_async (DioKeyStore         *store,
              const char          *provider_id,
              const char          *account,
              GCancellable        *cancellable,
              GAsyncReadyCallback  callback,
              gpointer             user_data)
{
  HostedKeys *self = HOSTED_KEYS (store);
  g_autoptr(GTask) task = g_task_new (store, cancellable, callback, user_data);

  self->n_lookups++;
  g_task_return_pointer (task, g_strdup (self->key), g_free);
}

static char *
lookup_finish (DioKeyStore   *store,
               GAsyncResult  *result,
               gboolean      *is_lasting,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
key_store_init (DioKeyStoreInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

static void
hosted_keys_finalize (GObject *object)
{
  g_free (HOSTED_KEYS (object)->key);

  G_OBJECT_CLASS (hosted_keys_parent_class)->finalize (object);
}

static void
hosted_keys_class_init (HostedKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hosted_keys_finalize;
}

static void
hosted_keys_init (HostedKeys *self)
{
  self->key = g_strdup (DIO_PROVIDER_SERVER_KEY);
}

static void
hurry (GListModel *providers)
{
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (providers, i);
      DioHostedProviderClass *klass;

      if (!DIO_IS_HOSTED_PROVIDER (provider))
        continue;

      klass = DIO_HOSTED_PROVIDER_GET_CLASS (provider);
      klass->times = &quick;
      klass->poll_first = 0.01;
    }
}

static void
make_providers (HostedFixture *self)
{
  g_autofree char *cache = g_build_filename (self->folder, "cache", NULL);

  self->http = dio_http_new ();
  self->providers = dio_providers_new (cache, DIO_KEY_STORE (self->keys), self->http);
  hurry (self->providers);
}

void
hosted_fixture_set_up (HostedFixture *self,
                       gconstpointer  data)
{
  const DioProviderServerOptions options = { 0 };
  g_autoptr(GError) error = NULL;

  self->folder = g_dir_make_tmp ("diorama-hosted-XXXXXX", &error);
  g_assert_no_error (error);
  self->server = dio_provider_server_new (&options, &error);
  g_assert_no_error (error);
  self->endpoint = dio_provider_server_dup_url (self->server, "");
  self->store = g_object_new (HOSTED_TYPE_STORE, NULL);
  self->keys = g_object_new (HOSTED_TYPE_KEYS, NULL);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_picture_unref);
  self->steps = g_ptr_array_new ();
  make_providers (self);
  hosted_fixture_set_script (self, "{ \"settings\": { \"compose\": false } }");
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }

  g_rmdir (path);
}

/* What a connection or a thread has left is let go in the main loop. */
static void
let_go (void)
{
  for (guint i = 0; i < 20; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

static void
drop_providers (HostedFixture *self)
{
  let_go ();
  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      DioProvider *provider = g_list_model_get_item (self->providers, i);

      g_list_store_remove (G_LIST_STORE (self->providers), i--);
      g_assert_finalize_object (provider);
    }

  g_assert_finalize_object (self->providers);
  self->providers = NULL;
  g_assert_finalize_object (self->http);
  self->http = NULL;
}

void
hosted_fixture_tear_down (HostedFixture *self,
                          gconstpointer  data)
{
  drop_providers (self);
  g_ptr_array_unref (self->pictures);
  g_ptr_array_unref (self->steps);
  g_assert_finalize_object (self->store);
  g_assert_finalize_object (self->keys);
  g_assert_finalize_object (self->server);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->endpoint);
}

/* Another process: nothing is left but files. */
void
hosted_fixture_restart (HostedFixture *self)
{
  drop_providers (self);
  make_providers (self);
}

void
hosted_fixture_set_script (HostedFixture *self,
                           const char    *script)
{
  g_autoptr(GError) error = NULL;

  dio_provider_server_set_script (self->server, script, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer none) */
DioProvider *
hosted_fixture_get_provider (HostedFixture *self,
                             const char    *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (self->providers, i);

      if (g_str_equal (dio_provider_get_id (provider), id))
        return provider;
    }

  g_assert_not_reached ();
}

DioAccount *
hosted_fixture_new_account (HostedFixture *self,
                            const char    *provider_id)
{
  DioAccount *account = dio_account_new (provider_id, "default");

  account->endpoint = g_strdup (self->endpoint);

  return account;
}

static void
add_references (DioComposition *composition,
                const char     *references)
{
  g_auto(GStrv) words = g_strsplit (references, " ", -1);

  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto(GStrv) pair = g_strsplit (words[i], "/", 2);
      gboolean is_big = g_str_equal (pair[0], "big");
      int width = is_big ? 1900 : 400 + 20 * i;
      int height = is_big ? 1900 : 320;
      g_autoptr(GBytes) bytes = is_big ? photos_make_png (width, height) : photos_make_jpeg (width, height);
      g_autoptr(DioReference) reference =
        dio_reference_new (bytes, is_big ? "image/png" : "image/jpeg", width, height, pair[0]);
      DioRole role;

      if (g_str_equal (pair[0], "web"))
        {
          dio_reference_set_address (reference, "https://example.org/web.jpg");
          dio_reference_set_by_address (reference, TRUE);
        }
      g_assert_true (dio_role_from_nick (pair[1], &role));
      dio_reference_set_role (reference, role);
      dio_composition_add_reference (composition, reference, G_MAXUINT);
    }
}

static DioModelInfo *
find_model (DioProvider *provider,
            const char  *model_id)
{
  GListModel *models = dio_provider_get_models (provider);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr(DioModelInfo) model = g_list_model_get_item (models, i);

      if (model_id == NULL || g_str_equal (dio_model_info_get_id (model), model_id))
        return model;
    }

  g_assert_not_reached ();
}

/* @references is "watch/subject table/scene", @values "n=3 seed=7". The one called
 * "big" has some megabytes; the one called "web" goes by its address. */
DioRequest *
hosted_fixture_new_request (HostedFixture *self,
                            const char    *provider_id,
                            const char    *model_id,
                            const char    *references,
                            const char    *values)
{
  DioModelInfo *model = find_model (hosted_fixture_get_provider (self, provider_id), model_id);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_auto(GStrv) words = g_strsplit (values, " ", -1);
  g_autoptr(GError) error = NULL;
  DioRequest *request;

  add_references (composition, references);
  dio_prompt_set_text (dio_composition_get_prompt (composition), "a watch on a table");
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto(GStrv) pair = g_strsplit (words[i], "=", 2);

      dio_values_set_text (dio_composition_get_values (composition, model), pair[0], pair[1], &error);
      g_assert_no_error (error);
    }

  request = dio_request_new (composition, model, &error);
  g_assert_no_error (error);

  return request;
}

DioJob *
hosted_fixture_new_job (HostedFixture *self,
                        const char    *provider_id,
                        const char    *model_id,
                        const char    *references,
                        const char    *values)
{
  g_autoptr(DioRequest) request = hosted_fixture_new_request (self, provider_id, model_id, references, values);
  g_autoptr(DioAccount) account = hosted_fixture_new_account (self, provider_id);
  DioJob *job = dio_job_new_stored (request, DIO_JOB_STORED, g_get_real_time ());

  dio_job_set_account (job, account);

  return job;
}

/* The job as another process finds it: by what was written of it. */
DioJob *
hosted_fixture_read_back (HostedFixture *self,
                          DioJob        *job)
{
  DioJob *again = dio_job_new_stored (dio_job_get_request (job), self->store->written_state, 0);

  dio_job_set_account (again, dio_job_get_account (job));
  dio_job_remote_copy (&self->store->written, dio_job_edit_remote (again));

  return again;
}

static void
delivered_cb (DioJob        *job,
              DioPicture    *picture,
              HostedFixture *self)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr(DioResult) result = dio_result_new (id, dio_job_get_id (job), g_file_peek_path (picture->file), 1,
                                                "test", "m", "", picture);

  g_ptr_array_add (self->pictures, dio_picture_ref (picture));
  dio_job_add_result (job, result);
}

static void
step_cb (DioJob        *job,
         GParamSpec    *pspec,
         HostedFixture *self)
{
  if (dio_job_get_step (job) != NULL)
    g_ptr_array_add (self->steps, (gpointer) dio_job_get_step (job));
}

static void
ran_cb (GObject      *object,
        GAsyncResult *result,
        gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

typedef gboolean (*IsEnough) (HostedFixture *self,
                              DioJob        *job,
                              const char    *text);

/* Runs until it ends, or until it is enough, and is then given up. */
static gboolean
run (HostedFixture  *self,
     DioJob         *job,
     IsEnough        is_enough,
     const char     *text,
     GError        **error)
{
  DioProvider *provider =
    hosted_fixture_get_provider (self, dio_request_get_provider_id (dio_job_get_request (job)));
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  gboolean is_done;

  g_signal_connect (job, "delivered", G_CALLBACK (delivered_cb), self);
  g_signal_connect (job, "notify::step", G_CALLBACK (step_cb), self);
  dio_provider_run_async (provider, job, DIO_JOB_STORE (self->store), cancellable, ran_cb, &result);

  while (result == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      if (is_enough != NULL && is_enough (self, job, text))
        g_cancellable_cancel (cancellable);
    }

  is_done = dio_provider_run_finish (provider, result, error);
  g_signal_handlers_disconnect_by_data (job, self);

  return is_done;
}

gboolean
hosted_fixture_run (HostedFixture  *self,
                    DioJob         *job,
                    GError        **error)
{
  return run (self, job, NULL, NULL, error);
}

static gboolean
is_written (HostedFixture *self,
            DioJob        *job,
            const char    *text)
{
  return g_str_equal (dio_job_state_get_nick (self->store->written_state), text);
}

/* As if the process had died as soon as @state was written. */
void
hosted_fixture_run_until (HostedFixture *self,
                          DioJob        *job,
                          const char    *state)
{
  run (self, job, is_written, state, NULL);
  g_assert_cmpstr (dio_job_state_get_nick (self->store->written_state), ==, state);
}

static gboolean
is_held (HostedFixture *self,
         DioJob        *job,
         const char    *text)
{
  return dio_provider_server_get_n_held (self->server) > 0;
}

/* As if the process had died while the server held an answer back. */
void
hosted_fixture_run_till_held (HostedFixture *self,
                              DioJob        *job)
{
  g_autoptr(GError) error = NULL;

  run (self, job, is_held, NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static JsonObject *
find_dialect (JsonNode   *ledger,
              const char *dialect)
{
  return dio_json_get_object (dio_json_get_object (json_node_get_object (ledger), "dialects"), dialect);
}

gint64
hosted_fixture_count (HostedFixture *self,
                      const char    *dialect,
                      const char    *call)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);

  return dio_json_get_integer (dio_json_get_object (find_dialect (ledger, dialect), "calls"), call, 0);
}

/* Those that are charged. */
gint64
hosted_fixture_count_creates (HostedFixture *self,
                              const char    *dialect)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);
  JsonArray *creates = dio_json_get_array (find_dialect (ledger, dialect), "creates");
  gint64 n = 0;

  for (guint i = 0; creates != NULL && i < json_array_get_length (creates); i++)
    n += dio_json_get_boolean (json_array_get_object_element (creates, i), "accepted", FALSE);

  return n;
}

/* Every picture came once, and is in a file of its own. */
void
hosted_fixture_assert_whole (HostedFixture *self,
                             guint          n_pictures)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  g_assert_cmpuint (self->pictures->len, ==, n_pictures);
  for (guint i = 0; i < n_pictures; i++)
    {
      DioPicture *picture = g_ptr_array_index (self->pictures, i);

      g_assert_true (g_hash_table_add (seen, GUINT_TO_POINTER (picture->index)));
      g_assert_cmpuint (picture->index, <, n_pictures);
      g_assert_true (g_file_query_exists (picture->file, NULL));
      g_assert_cmpint (picture->width, >, 0);
      g_assert_nonnull (picture->extension);
    }
}

gboolean
hosted_fixture_has_step (HostedFixture *self,
                         const char    *step)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->steps, i), step))
        return TRUE;
    }

  return FALSE;
}

/* The server saw no rule of its documents broken, and no key where it must not be. */
void
hosted_fixture_assert_clean (HostedFixture *self)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);
  JsonObject *root = json_node_get_object (ledger);

  g_assert_cmpuint (json_array_get_length (dio_json_get_array (root, "key_leaks")), ==, 0);
  g_assert_cmpuint (json_array_get_length (dio_json_get_array (root, "invalid")), ==, 0);
}
