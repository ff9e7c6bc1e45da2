/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A studio without a window, made to be killed: it adds jobs until there are as
 * many as were asked for, drives all that is open, and ends when nothing is. It
 * differs from the product in its patience alone: what takes minutes in life is
 * milliseconds here. Or it only adds them, and waits to be killed. */

#include "config.h"

#include "dio-keyring.h"
#include "dio-provider-server.h"
#include "dio-studio.h"
#include "hosted/dio-hosted-provider.h"
#include "prepared-photos.h"

/* At a time; enough that some wait for a place. */
#define N_OPEN 40

/* What the server is asked to make of a job, as it is told by its prompt. */
static const char *const sorts[] = { "plain", "plain", "plain", "plain", "plain", "plain",
                                     "twice", "partial", "refused", "failing" };

static const char *const providers[] = { "modelslab", "kling", "runware" };

static const DioHostedTimes quick = {
  .poll_max = 0.02,
  .trouble_max = 0.05,
  .patience = 20,
  .lookup = { 0.01, 0.02, 0.05, 0.1 },
  .fetch = { 0.01, 0.02, 0.05, 0.1, 0.2 },
};

typedef struct
{
  DioStudio  *studio;   /* (owned) */
  const char *endpoint;
  guint       n_wanted;
  guint       n_added;
  gboolean    checks;   /* asks once more for what is missing, and adds nothing */
  GBytes     *photos[2]; /* (owned) */
} Driver;

static void
result_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **pending)
{
  while (*pending == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (pending);
}

static void
hurry (DioStudio *studio)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      DioProvider *provider = dio_studio_find_provider (studio, providers[i]);
      DioHostedProviderClass *klass = DIO_HOSTED_PROVIDER_GET_CLASS (provider);

      klass->times = &quick;
      klass->poll_first = 0.01;
    }
}

static void
open_studio (Driver     *self,
             const char *data,
             const char *cache)
{
  g_autoptr(DioKeyring) keys = dio_keyring_new ();
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    dio_keyring_set_session_key (keys, providers[i], "default", DIO_PROVIDER_SERVER_KEY);

  self->studio = dio_studio_new (data, cache, DIO_KEY_STORE (keys), NULL);
  hurry (self->studio);
  dio_studio_open_async (self->studio, NULL, result_cb, &pending);
  result = wait_for (&pending);
  if (!dio_studio_open_finish (self->studio, result, &error))
    g_error ("%s", error->message);
}

/* Returns: (transfer full) (element-type DioJobSummary): all there are */
static GPtrArray *
load_jobs (Driver *self)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *jobs;

  dio_library_load_jobs_async (library, 0, G_MAXINT, result_cb, &pending);
  result = wait_for (&pending);
  jobs = dio_library_load_jobs_finish (library, result, &error);
  if (jobs == NULL)
    g_error ("%s", error->message);

  return jobs;
}

static void
add_reference (DioComposition *composition,
               GBytes         *photo,
               int             width,
               const char     *name,
               DioRole         role)
{
  g_autoptr(DioReference) reference = dio_reference_new (photo, "image/jpeg", width, 320, name);

  dio_reference_set_role (reference, role);
  dio_composition_add_reference (composition, reference, G_MAXUINT);
}

static void
set_value (DioComposition *composition,
           const char     *name,
           const char     *value)
{
  DioValues *values = dio_composition_get_values (composition, dio_composition_get_model (composition));
  g_autoptr(GError) error = NULL;

  dio_values_set_text (values, name, value, &error);
  if (error != NULL)
    g_error ("%s: %s", name, error->message);
}

/* The number decides all of it, so that a driver knows where the last one was. */
static DioComposition *
compose (Driver *self,
         guint   number)
{
  const char *provider_id = providers[number % G_N_ELEMENTS (providers)];
  const char *sort = sorts[number / G_N_ELEMENTS (providers) % G_N_ELEMENTS (sorts)];
  DioProvider *provider = dio_studio_find_provider (self->studio, provider_id);
  g_autoptr(DioModelInfo) model = g_list_model_get_item (dio_provider_get_models (provider), 0);
  g_autofree char *prompt = g_strdup_printf ("job %u %s", number, sort);
  g_autofree char *count = g_strdup_printf ("%u", 1 + number / 7 % 3);
  DioComposition *composition = dio_composition_new ();

  dio_composition_set_model (composition, model);
  add_reference (composition, self->photos[0], 400, "watch.jpg", DIO_ROLE_SUBJECT);
  add_reference (composition, self->photos[1], 420, "table.jpg", DIO_ROLE_SCENE);
  dio_prompt_set_text (dio_composition_get_prompt (composition), prompt);

  if (g_str_equal (provider_id, "kling"))
    {
      set_value (composition, "n", count);
    }
  else
    {
      set_value (composition, "seed", "7");
      set_value (composition, g_str_equal (provider_id, "runware") ? "numberResults" : "samples", count);
      set_value (composition, g_str_equal (provider_id, "runware") ? "size" : "width",
                 g_str_equal (provider_id, "runware") ? "1024x1024" : "1024");
    }
  if (g_str_equal (provider_id, "modelslab"))
    set_value (composition, "height", "1024");

  return composition;
}

static void
add_job (Driver *self)
{
  g_autoptr(DioComposition) composition = compose (self, self->n_added);
  DioModelInfo *model = dio_composition_get_model (composition);
  g_autoptr(DioAccount) account = dio_account_new (dio_model_info_get_provider_id (model), "default");
  g_autoptr(GError) error = NULL;

  account->endpoint = g_strdup (self->endpoint);
  if (dio_studio_generate (self->studio, composition, account, TRUE, &error) == NULL)
    g_error ("Job %u: %s", self->n_added, error->message);
  self->n_added++;
}

static void
add_jobs (Driver *self)
{
  DioJobQueue *queue = dio_studio_get_queue (self->studio);

  while (self->n_added < self->n_wanted && dio_job_queue_get_n_open (queue) < N_OPEN)
    add_job (self);
}

/* As a person does it: one after the other. */
static void
check_again (Driver        *self,
             DioJobSummary *summary)
{
  DioJobQueue *queue = dio_studio_get_queue (self->studio);
  g_autoptr(GAsyncResult) pending = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DioJob) job = NULL;
  g_autoptr(GError) error = NULL;

  dio_job_queue_take_async (queue, summary->id, result_cb, &pending);
  result = wait_for (&pending);
  job = dio_job_queue_take_finish (queue, result, &error);
  if (job == NULL)
    g_error ("%s", error->message);

  if (dio_job_can_check_again (job))
    dio_job_queue_check_again (queue, job);
  while (dio_job_queue_get_n_open (queue) > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Nothing of them is begun. */
static void
fill (Driver *self)
{
  dio_job_queue_set_paused (dio_studio_get_queue (self->studio), TRUE);
  while (self->n_added < self->n_wanted)
    add_job (self);
  while (TRUE)
    g_main_context_iteration (NULL, TRUE);
}

static void
drive (Driver *self)
{
  DioJobQueue *queue = dio_studio_get_queue (self->studio);
  g_autoptr(GPtrArray) jobs = load_jobs (self);

  self->n_added = jobs->len;
  for (guint i = 0; self->checks && i < jobs->len; i++)
    check_again (self, g_ptr_array_index (jobs, i));

  add_jobs (self);
  while (dio_job_queue_get_n_open (queue) > 0)
    {
      g_main_context_iteration (NULL, TRUE);
      add_jobs (self);
    }
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Waits until the library is closed. */
static void
close_studio (Driver *self)
{
  guint id = g_timeout_add (5, wake_cb, NULL);
  gpointer library = dio_studio_get_library (self->studio);

  g_object_add_weak_pointer (library, &library);
  g_clear_object (&self->studio);
  while (library != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

int
main (int   argc,
      char *argv[])
{
  Driver driver = { 0 };

  if (argc != 6)
    g_error ("Usage: %s DATA CACHE ENDPOINT N drive|check|fill", argv[0]);

  driver.endpoint = argv[3];
  driver.checks = g_str_equal (argv[5], "check");
  driver.n_wanted = driver.checks ? 0 : g_ascii_strtoull (argv[4], NULL, 10);
  driver.photos[0] = photos_make_jpeg (400, 320);
  driver.photos[1] = photos_make_jpeg (420, 320);
  open_studio (&driver, argv[1], argv[2]);
  if (g_str_equal (argv[5], "fill"))
    fill (&driver);
  drive (&driver);
  close_studio (&driver);
  g_bytes_unref (driver.photos[0]);
  g_bytes_unref (driver.photos[1]);

  return 0;
}
