/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One measurement of jobs at hosted providers, in a process of its own: what
 * bench-hosted.py runs beside other programs. Prints JSON. */

#include "config.h"

#include "bench-hosted.h"

#include "dio-keyring.h"
#include "dio-memory.h"
#include "dio-studio.h"

#include <stdlib.h>
#include <string.h>

static char *provider_id;
static char *endpoint;
static char *key;
static char *folder;
static char *roles;
static char *bodies;
static char **values;
static int n_jobs = 1;
static int seconds;
static gboolean samples_memory;
static gboolean tells_steps;

static const GOptionEntry options[] = {
  { "provider", 0, 0, G_OPTION_ARG_STRING, &provider_id, "Who makes the picture", "ID" },
  { "endpoint", 0, 0, G_OPTION_ARG_STRING, &endpoint, "Where the stand-in is", "ADDRESS" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, "Of the stand-in", "KEY" },
  { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "For the library, caches and photos", "FOLDER" },
  { "roles", 0, 0, G_OPTION_ARG_STRING, &roles, "A letter for each photo: s(ubject), b(ackdrop), l(ook)", "TEXT" },
  { "bodies", 0, 0, G_OPTION_ARG_FILENAME, &bodies, "Writes what was sent, for curl, afterwards", "FOLDER" },
  { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &values, "A parameter", "NAME=VALUE" },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &n_jobs, "How many", "N" },
  { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "How long polling is watched", "N" },
  { "steps", 0, 0, G_OPTION_ARG_NONE, &tells_steps, "Tells on stderr when each step of a job begins", NULL },
  { "memory", 0, 0, G_OPTION_ARG_NONE, &samples_memory, "Samples memory, which costs a little time", NULL },
  { NULL }
};

static void
result_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **pending)
{
  while (*pending == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (pending);
}

static DioAccount *
new_account (DioStudio  *studio,
             const char *id,
             const char *name)
{
  DioAccount *account = dio_account_new (id, name);

  account->endpoint = g_strdup (endpoint);
  dio_keyring_set_session_key (DIO_KEYRING (dio_studio_get_keys (studio)), id, name, key);

  return account;
}

static DioStudio *
open_studio (void)
{
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autoptr(DioKeyring) keys = dio_keyring_new ();
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  DioStudio *studio = dio_studio_new (data, cache, DIO_KEY_STORE (keys), NULL);

  dio_studio_open_async (studio, NULL, result_cb, &pending);
  result = wait_for (&pending);
  if (!dio_studio_open_finish (studio, result, &error))
    g_error ("%s", error->message);

  return studio;
}

static void
add_photo (DioStudio      *studio,
           DioComposition *composition,
           const char     *path,
           DioRole         role)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DioReference) reference = NULL;
  g_autoptr(GError) error = NULL;

  dio_studio_import_file_async (studio, file, NULL, result_cb, &pending);
  result = wait_for (&pending);
  reference = dio_studio_import_finish (studio, result, &error);
  if (reference == NULL)
    g_error ("%s", error->message);

  dio_reference_set_role (reference, role);
  dio_composition_add_reference (composition, reference, G_MAXUINT);
}

static DioRole
get_role (guint position)
{
  char letter = roles != NULL && position < strlen (roles) ? roles[position] : 's';

  if (letter == 'b')
    return DIO_ROLE_SCENE;

  return letter == 'l' ? DIO_ROLE_STYLE : DIO_ROLE_SUBJECT;
}

static DioComposition *
compose (DioStudio  *studio,
         const char *id,
         char      **photos)
{
  DioComposition *composition = dio_composition_new ();
  DioProvider *provider = dio_studio_find_provider (studio, id);
  g_autoptr(DioModelInfo) model = g_list_model_get_item (dio_provider_get_models (provider), 0);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; photos != NULL && photos[i] != NULL; i++)
    add_photo (studio, composition, photos[i], get_role (i));

  dio_prompt_set_text (dio_composition_get_prompt (composition), "a watch on a table");
  dio_composition_set_model (composition, model);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (values[i], "=", 2);

      if (!dio_values_set_text (dio_composition_get_values (composition, model), pair[0], pair[1], &error))
        g_error ("%s", error->message);
    }

  return composition;
}

static void
step_cb (DioJob     *job,
         GParamSpec *pspec,
         gpointer    user_data)
{
  g_printerr ("%.3f s after it was made: %s\n", (g_get_real_time () - dio_job_get_created (job)) / 1e6,
              dio_job_get_step (job) != NULL ? dio_job_get_step (job) : "no step");
}

static DioJob *
generate (DioStudio        *studio,
          DioComposition   *composition,
          const DioAccount *account)
{
  g_autoptr(GError) error = NULL;
  DioJob *job = dio_studio_generate (studio, composition, account, TRUE, &error);

  if (job == NULL)
    g_error ("%s", error->message);
  if (tells_steps)
    g_signal_connect (job, "notify::step", G_CALLBACK (step_cb), NULL);

  return job;
}

static void
run_until (DioJob      *job,
           DioJobState  state)
{
  while (dio_job_get_state (job) < state)
    g_main_context_iteration (NULL, TRUE);

  if (dio_job_get_state (job) > DIO_JOB_DONE)
    g_error ("%s: %s", dio_job_state_get_nick (dio_job_get_state (job)),
             dio_job_get_error (job) != NULL ? dio_job_get_error (job)->message : "no reason");
}

/* From Generate to the answer of the create: one moment after its last byte. */
static void
send (JsonBuilder *report,
      char       **photos)
{
  BenchMemory idle = bench_memory_read ();
  g_autoptr(DioStudio) studio = open_studio ();
  BenchMemory opened = bench_memory_read ();
  BenchSampler *importing = samples_memory ? bench_sampler_new () : NULL;
  g_autoptr(DioComposition) composition = compose (studio, provider_id, photos);
  BenchMemory peak_import = bench_sampler_stop (importing);
  BenchMemory loaded = bench_memory_read ();
  g_autoptr(DioAccount) account = new_account (studio, provider_id, "default");
  BenchSampler *sending = samples_memory ? bench_sampler_new () : NULL;
  BenchClock clock = bench_clock_start ();
  DioJob *job = generate (studio, composition, account);

  run_until (job, DIO_JOB_ACCEPTED);
  bench_clock_report (&clock, report);
  if (samples_memory)
    {
      bench_memory_report (&idle, "before", report);
      bench_memory_report (&opened, "idle", report);
      bench_memory_report (&peak_import, "import-peak", report);
      bench_memory_report (&loaded, "loaded", report);
      peak_import = bench_sampler_stop (sending);
      bench_memory_report (&peak_import, "send-peak", report);
      json_builder_set_member_name (report, "high-water");
      json_builder_add_int_value (report, bench_memory_read_high_water ());
    }
  if (bodies != NULL)
    bench_bodies_write (job, account, key, dio_studio_get_cache_folder (studio), bodies, report);
}

static void
downloading_cb (DioJob     *job,
                GParamSpec *pspec,
                BenchClock *clock)
{
  if (clock->started == 0 && dio_job_get_state (job) >= DIO_JOB_DOWNLOADING)
    *clock = bench_clock_start ();
}

/* From the addresses to the last row. */
static void
fetch (JsonBuilder *report,
       char       **photos)
{
  g_autoptr(DioStudio) studio = open_studio ();
  g_autoptr(DioComposition) composition = compose (studio, provider_id, photos);
  g_autoptr(DioAccount) account = new_account (studio, provider_id, "default");
  DioJob *job = generate (studio, composition, account);
  BenchClock clock = { 0 };

  g_signal_connect (job, "notify::state", G_CALLBACK (downloading_cb), &clock);
  run_until (job, DIO_JOB_DONE);
  bench_clock_report (&clock, report);

  json_builder_set_member_name (report, "pictures");
  json_builder_add_int_value (report, g_list_model_get_n_items (dio_job_get_results (job)));
  json_builder_set_member_name (report, "told");
  json_builder_add_string_value (report, dio_job_get_remote (job)->data);
}

static gboolean
stop_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Jobs of all providers, as many as their accounts take at a time. */
static void
poll_jobs (JsonBuilder *report,
           char       **photos)
{
  static const struct { const char *provider, *account; int n; } shares[] = {
    { "kling", "default", 9 }, { "modelslab", "default", 5 }, { "runware", "default", 4 }, { "runware", "second", 4 },
  };
  g_autoptr(DioStudio) studio = open_studio ();
  g_autoptr(GPtrArray) jobs = g_ptr_array_new ();
  gboolean is_over = FALSE;
  BenchClock clock;

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr(DioAccount) account = new_account (studio, shares[i].provider, shares[i].account);
      g_autoptr(DioComposition) composition = compose (studio, shares[i].provider, photos);

      for (int j = 0; j < shares[i].n && (int) jobs->len < n_jobs; j++)
        g_ptr_array_add (jobs, generate (studio, composition, account));
    }

  for (guint i = 0; i < jobs->len; i++)
    run_until (g_ptr_array_index (jobs, i), DIO_JOB_ACCEPTED);

  clock = bench_clock_start ();
  g_timeout_add_seconds (seconds, stop_cb, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
  bench_clock_report (&clock, report);

  json_builder_set_member_name (report, "jobs");
  json_builder_add_int_value (report, jobs->len);
  for (guint i = 0; i < jobs->len; i++)
    g_assert (dio_job_get_state (g_ptr_array_index (jobs, i)) <= DIO_JOB_MAKING);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GOptionContext) context = g_option_context_new ("send|fetch|poll|photos [FILE…] - measure hosted jobs");
  g_autoptr(JsonBuilder) report = json_builder_new ();
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  const char *verb;

  /* As the programs do. */
  dio_memory_set_up ();
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  verb = argc > 1 ? argv[1] : "";
  if (folder == NULL)
    g_error ("A folder is missing");

  json_builder_begin_object (report);
  if (g_str_equal (verb, "send"))
    send (report, argv + 2);
  else if (g_str_equal (verb, "fetch"))
    fetch (report, argv + 2);
  else if (g_str_equal (verb, "poll"))
    poll_jobs (report, argv + 2);
  else if (g_str_equal (verb, "photos"))
    bench_photos_make (folder, argc > 2 ? atoi (argv[2]) : 1);
  else
    g_error ("What is to be measured?");
  json_builder_end_object (report);

  node = json_builder_get_root (report);
  text = json_to_string (node, FALSE);
  g_print ("%s\n", text);

  /* Jobs are under way, which a person's program would wait for. */
  _Exit (0);
}
