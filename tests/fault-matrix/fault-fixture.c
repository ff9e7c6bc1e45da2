/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole studio against a vendor's stand-in that fails as a table says. */

#include "config.h"

#include "fault-fixture.h"

#include "dio-json.h"
#include "library-fixture.h"
#include "prepared-photos.h"

#define OFFICIAL_KEY DIO_PROVIDER_SERVER_ACCESS_KEY ":" DIO_PROVIDER_SERVER_SECRET_KEY

/* Seconds of silence where silence is the fault. */
#define SILENCE 1

const Vendor vendors[N_VENDORS] = {
  { "modelslab", "modelslab", "modelslab", NULL, DIO_PROVIDER_SERVER_KEY, "lookup",
    "samples=2 width=1024 height=1024" },
  { "kling", "kling", "kling", NULL, DIO_PROVIDER_SERVER_KEY, "lookup", "n=2 aspect_ratio=1:1" },
  { "kling-official", "kling", "kling-official", "official", OFFICIAL_KEY, "lookup", "n=2 aspect_ratio=1:1" },
  { "runware", "runware", "runware", NULL, DIO_PROVIDER_SERVER_KEY, "poll", "numberResults=2 size=1024x1024" },
};

/* What takes minutes in life; the order of things is the same. */
static const DioHostedTimes quick = {
  .poll_max = 0.02,
  .trouble_max = 0.02,
  .patience = 30,
  .lookup = { 0.01, 0.01, 0.01, 0.01 },
  .fetch = { 0.01, 0.01, 0.01, 0.01, 0.01 },
};

static const DioHostedTimes impatient = {
  .poll_max = 0.02,
  .trouble_max = 0.02,
  .patience = 0.3,
  .lookup = { 0.01, 0.01, 0.01, 0.01 },
  .fetch = { 0.01, 0.01, 0.01, 0.01, 0.01 },
};

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static gboolean
has_flag (FaultFixture *self,
          FaultFlags    flag)
{
  return self->fault != NULL && (self->fault->flags & flag) != 0;
}

static void
hurry (FaultFixture *self)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, self->vendor->provider);
  DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (provider);

  klass->times = has_flag (self, FAULT_LASTING) ? &impatient : &quick;
  klass->poll_first = 0.01;
}

static void
open_studio (FaultFixture *self)
{
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autofree char *cache = g_build_filename (self->folder, "cache", NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  self->keys = dio_keyring_new ();
  dio_keyring_set_session_key (self->keys, self->vendor->provider, "default", self->vendor->key);
  self->http = has_flag (self, FAULT_SILENT) ? g_object_new (DIO_TYPE_HTTP, "timeout", SILENCE, NULL)
                                             : dio_http_new ();
  self->studio = dio_studio_new (data, cache, DIO_KEY_STORE (self->keys), self->http);
  hurry (self);
  dio_job_queue_set_waits_for_network (dio_studio_get_queue (self->studio),
                                       has_flag (self, FAULT_WAITS_FOR_NETWORK));

  dio_studio_open_async (self->studio, NULL, finished_cb, &result);
  library_test_wait_for (&result);
  dio_studio_open_finish (self->studio, result, &error);
  g_assert_no_error (error);
}

/* Made once: they take longer than all the rest of a test. */
static GBytes *
ref_photo (gboolean is_big)
{
  static GBytes *small = NULL;
  static GBytes *big = NULL;

  if (is_big && big == NULL)
    big = photos_make_png (1900, 1900);
  if (!is_big && small == NULL)
    small = photos_make_jpeg (400, 320);

  return g_bytes_ref (is_big ? big : small);
}

static void
add_reference (FaultFixture *self,
               const char   *name,
               DioRole       role,
               gboolean      is_big)
{
  g_autoptr(GBytes) bytes = ref_photo (is_big);
  g_autoptr(DioReference) reference =
    dio_reference_new (bytes, is_big ? "image/png" : "image/jpeg", is_big ? 1900 : 400, is_big ? 1900 : 320, name);

  dio_reference_set_role (reference, role);
  dio_composition_add_reference (self->composition, reference, G_MAXUINT);
}

static DioModelInfo *
find_model (FaultFixture *self)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, self->vendor->provider);
  GListModel *models = dio_provider_get_models (provider);
  g_autoptr(DioModelInfo) model = g_list_model_get_item (models, 0);

  return model;
}

static void
compose (FaultFixture *self)
{
  DioModelInfo *model = find_model (self);
  g_auto(GStrv) words = g_strsplit (self->vendor->words, " ", -1);
  g_autoptr(GError) error = NULL;

  self->composition = dio_composition_new ();
  dio_composition_set_model (self->composition, model);
  add_reference (self, "watch", DIO_ROLE_SUBJECT, has_flag (self, FAULT_BIG_PHOTO));
  add_reference (self, "table", DIO_ROLE_SCENE, FALSE);
  dio_prompt_set_text (dio_composition_get_prompt (self->composition), "the @watch on a table");

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (words[i], "=", 2);

      dio_values_set_text (dio_composition_get_values (self->composition, model), pair[0], pair[1], &error);
      g_assert_no_error (error);
    }
}

/* A port that was free a moment ago. */
static char *
dup_dead_address (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);

  return g_strdup_printf ("http://127.0.0.1:%u", port);
}

static void
make_account (FaultFixture *self)
{
  self->account = dio_account_new (self->vendor->provider, "default");
  self->account->kind = g_strdup (self->vendor->kind);

  if (has_flag (self, FAULT_NO_HOST))
    self->account->endpoint = g_strdup ("https://no-such-host.invalid");
  else if (has_flag (self, FAULT_NO_SERVER))
    self->account->endpoint = dup_dead_address ();
  else
    self->account->endpoint = dio_provider_server_dup_url (self->server, "");
}

void
fault_fixture_set_up (FaultFixture *self,
                      const Vendor *vendor,
                      const Fault  *fault)
{
  const DioProviderServerOptions options = { .tls = fault != NULL && (fault->flags & FAULT_TLS) != 0 };
  g_autoptr(GError) error = NULL;

  self->vendor = vendor;
  self->fault = fault;
  self->folder = g_dir_make_tmp ("diorama-faults-XXXXXX", &error);
  g_assert_no_error (error);
  self->server = dio_provider_server_new (&options, &error);
  g_assert_no_error (error);
  open_studio (self);
  make_account (self);
  compose (self);
  self->before = fault_describe_composition (self->composition);
}

/* What a connection or a thread has left is let go in the main loop. */
static void
let_go (void)
{
  for (guint i = 0; i < 10; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (500);
    }
}

void
fault_fixture_tear_down (FaultFixture *self)
{
  let_go ();
  g_clear_object (&self->job);
  g_assert_finalize_object (self->composition);
  g_assert_finalize_object (self->studio);
  g_assert_finalize_object (self->http);
  g_assert_finalize_object (self->keys);
  g_assert_finalize_object (self->server);
  library_test_remove_tree (self->folder);
  dio_account_free (self->account);
  g_free (self->folder);
  g_free (self->before);
}

/* The server's settings of all tests: pictures that are drawn fast, and polls
 * that need not be waited for. */
void
fault_fixture_set_script (FaultFixture *self,
                          const char   *rules)
{
  const char *more = self->fault != NULL && self->fault->settings != NULL ? self->fault->settings : "";
  g_autofree char *script =
    g_strdup_printf ("{ \"settings\": { \"compose\": false, \"modelslab.eta\": -1, \"queue-polls\": 2, "
                     "\"queue-seconds\": %d %s }, \"rules\": [ %s ] }",
                     has_flag (self, FAULT_AT_ONCE) && self->vendor == &vendors[MODELSLAB] ? 0 : 120,
                     more, rules);
  g_autoptr(GError) error = NULL;

  dio_provider_server_set_script (self->server, script, &error);
  g_assert_no_error (error);
}

void
fault_fixture_generate (FaultFixture *self)
{
  g_autoptr(GError) error = NULL;
  DioJob *job = dio_studio_generate (self->studio, self->composition, self->account, TRUE, &error);

  g_assert_no_error (error);
  g_set_object (&self->job, job);
}

static gboolean
late_cb (gpointer user_data)
{
  FaultFixture *self = user_data;
  g_autofree char *ledger = dio_provider_server_dup_ledger (self->server);

  g_error ("Job is still %s (%s): %s", dio_job_state_get_nick (dio_job_get_state (self->job)),
           dio_job_get_step (self->job), ledger);

  return G_SOURCE_REMOVE;
}

static gboolean
has_settled (FaultFixture *self)
{
  /* A second from now it tries again: that is no end. */
  if (dio_job_get_state (self->job) == DIO_JOB_WAITING)
    return dio_job_get_waits_until (self->job) > g_get_real_time () + 4 * G_USEC_PER_SEC;

  return dio_job_state_is_over (dio_job_get_state (self->job)) &&
         dio_job_queue_get_n_open (dio_studio_get_queue (self->studio)) == 0;
}

/* Until the job is over and that is written, or it waits for long. */
void
fault_fixture_wait (FaultFixture *self)
{
  guint late = g_timeout_add_seconds (90, late_cb, self);

  while (!has_settled (self))
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (late);
}

/* Returns: (transfer none) (nullable): what @ledger says of the vendor */
JsonObject *
fault_fixture_get_dialect (FaultFixture *self,
                           JsonNode     *ledger)
{
  JsonObject *dialects = dio_json_get_object (json_node_get_object (ledger), "dialects");

  return dio_json_get_object (dialects, self->vendor->dialect);
}

guint
fault_fixture_count_charges (FaultFixture *self)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);
  JsonObject *totals = dio_json_get_object (fault_fixture_get_dialect (self, ledger), "totals");

  return dio_json_get_integer (totals, "charges", 0);
}

/* How many values the answer had that the first rule has spoiled. */
gint64
fault_fixture_count_nodes (FaultFixture *self)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);
  JsonArray *rules = dio_json_get_array (json_node_get_object (ledger), "rules");

  return dio_json_get_integer (json_array_get_object_element (rules, 0), "nodes", 0);
}

static void
describe_reference (GString      *text,
                    DioReference *reference)
{
  g_string_append_printf (text, "%s %s %s %d %d\n", dio_reference_get_hash (reference),
                          dio_reference_get_name (reference), dio_reference_get_mime_type (reference),
                          dio_reference_get_role (reference), dio_reference_get_enabled (reference));
}

/* All that a person has put in. */
char *
fault_describe_composition (DioComposition *composition)
{
  GString *text = g_string_new (dio_composition_get_title (composition));
  GListModel *references = dio_composition_get_references (composition);
  DioModelInfo *model = dio_composition_get_model (composition);
  g_autofree char *prompt = dio_prompt_dup_text (dio_composition_get_prompt (composition));
  g_autoptr(GArray) mentions = dio_prompt_dup_mentions (dio_composition_get_prompt (composition));
  g_autoptr(JsonNode) values = dio_values_to_json (dio_composition_get_values (composition, model));
  g_autofree char *values_text = json_to_string (values, TRUE);

  g_string_append_printf (text, "\n%s\n%u\n%s\n%s\n", prompt, mentions->len, dio_model_info_get_id (model), values_text);
  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      describe_reference (text, reference);
    }

  return g_string_free (text, FALSE);
}
