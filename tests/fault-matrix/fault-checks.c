/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asserted of every job, whatever went wrong with it. */

#include "config.h"

#include "fault-fixture.h"

#include "dio-json.h"
#include "library-fixture.h"

#include <string.h>

/* All that can be seen of a job, for whoever reads why a test failed. */
char *
fault_describe (FaultFixture *self)
{
  const GError *error = dio_job_get_error (self->job);
  const DioJobRemote *remote = dio_job_get_remote (self->job);

  return g_strdup_printf ("%s %s, billed %s, %u pictures, %u charges: %s [%s]",
                          dio_job_state_get_nick (dio_job_get_state (self->job)),
                          error != NULL && error->domain == DIO_ERROR ? dio_error_get_nick (error->code) : "-",
                          dio_billed_get_nick (remote->billed),
                          g_list_model_get_n_items (dio_job_get_results (self->job)),
                          fault_fixture_count_charges (self),
                          error != NULL ? error->message : "", remote->answer);
}

static void
check_ending (FaultFixture *self,
              const Ending *ending)
{
  const GError *error = dio_job_get_error (self->job);
  g_autofree char *seen = fault_describe (self);

  g_test_message ("%s", seen);
  g_assert_cmpstr (dio_job_state_get_nick (dio_job_get_state (self->job)), ==, dio_job_state_get_nick (ending->state));
  if (ending->code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, DIO_ERROR, ending->code);
  g_assert_cmpstr (dio_billed_get_nick (dio_job_get_remote (self->job)->billed), ==, dio_billed_get_nick (ending->billed));
  g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (self->job)), ==, ending->n_pictures);
  g_assert_cmpuint (fault_fixture_count_charges (self), ==, ending->n_charges);
}

/* A sentence for a log: short, one line, and of ours. */
static void
check_message (FaultFixture *self)
{
  const GError *error = dio_job_get_error (self->job);

  if (error == NULL)
    return;

  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), >, 5);
  g_assert_cmpuint (strlen (error->message), <, 400);
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (strstr (error->message, "(null)"));
}

static void
check_texts (FaultFixture *self)
{
  const DioJobRemote *remote = dio_job_get_remote (self->job);

  fault_check_text (remote->id);
  fault_check_text (remote->data);
  fault_check_text (remote->sent);
  fault_check_text (remote->answer);
  if (dio_job_get_error (self->job) != NULL)
    fault_check_text (dio_job_get_error (self->job)->message);
}

/* Nothing is left lying about, and no secret is written anywhere. */
void
fault_check_folders (FaultFixture *self)
{
  g_autofree char *downloads = g_build_filename (self->folder, "cache", "downloads", NULL);
  g_autoptr(GDir) dir = g_dir_open (downloads, 0, NULL);

  if (dir != NULL)
    g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
  fault_check_tree (self->folder);
}

static void
check_picture (DioResult *result)
{
  g_autoptr(GBytes) bytes = library_test_read_file (dio_result_get_path (result));

  g_assert_cmpuint (g_bytes_get_size (bytes), >, 100);
  g_assert_cmpint (dio_result_get_width (result), >, 0);
}

/* Every picture once: as a row, in the list and as a file. */
static void
check_library (FaultFixture *self)
{
  DioLibrary *library = dio_studio_get_library (self->studio);
  g_autoptr(DioResultList) results = library_test_list (library);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (results)), ==,
                    g_list_model_get_n_items (dio_job_get_results (self->job)));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (results)); i++)
    {
      g_autoptr(DioResult) result = library_test_read (results, i);

      g_assert_true (g_hash_table_add (seen, (gpointer) dio_result_get_path (result)));
      g_assert_cmpuint (dio_result_get_index (result), <, N_WANTED);
      check_picture (result);
    }
}

static void
check_row (FaultFixture *self)
{
  const GError *error = dio_job_get_error (self->job);
  const DioJobRemote *remote = dio_job_get_remote (self->job);
  g_autoptr(GPtrArray) jobs = library_test_load_jobs (dio_studio_get_library (self->studio), 0, 10);
  DioJobSummary *row;

  g_assert_cmpuint (jobs->len, ==, 1);
  row = g_ptr_array_index (jobs, 0);
  g_assert_cmpint (row->state, ==, dio_job_get_state (self->job));
  g_assert_cmpstr (row->error_class, ==, error != NULL ? dio_error_get_nick (error->code) : NULL);
  g_assert_cmpuint (row->n_pictures, ==, g_list_model_get_n_items (dio_job_get_results (self->job)));
  g_assert_cmpint (row->remote.billed, ==, remote->billed);
  g_assert_cmpstr (row->remote.id, ==, remote->id);
}

/* A create that was let in twice would be a second job. */
static void
check_ledger (FaultFixture *self)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (self->server);
  g_autofree char *text = json_to_string (ledger, FALSE);
  JsonObject *root = json_node_get_object (ledger);
  JsonObject *totals = dio_json_get_object (fault_fixture_get_dialect (self, ledger), "totals");

  g_assert_cmpint (dio_json_get_integer (totals, "accepted", 0), <=, 1);
  g_assert_cmpint (dio_json_get_integer (totals, "charges", 0), <=, 1);
  g_assert_cmpuint (json_array_get_length (dio_json_get_array (root, "key_leaks")), ==, 0);
  g_assert_cmpuint (json_array_get_length (dio_json_get_array (root, "invalid")), ==, 0);
  fault_check_text (text);
}

/* What was charged is not denied, and what was not is not claimed. */
static void
check_billed (FaultFixture *self)
{
  DioBilled billed = dio_job_get_remote (self->job)->billed;

  if (fault_fixture_count_charges (self) > 0)
    g_assert_cmpint (billed, !=, DIO_BILLED_NO);
  else
    g_assert_cmpint (billed, !=, DIO_BILLED_YES);
}

static void
check_all (FaultFixture *self)
{
  g_autofree char *after = fault_describe_composition (self->composition);

  g_assert_cmpstr (after, ==, self->before);
  check_message (self);
  check_texts (self);
  check_library (self);
  check_row (self);
  check_ledger (self);
  check_billed (self);
  fault_check_folders (self);
}

static gboolean
is_final (FaultFixture *self)
{
  return self->fault != NULL && (self->fault->flags & FAULT_FINAL) != 0;
}

/* Without the fault, what was paid for can still be had, and nothing is ordered
 * for it. */
static void
check_again (FaultFixture *self)
{
  gboolean is_charged = fault_fixture_count_charges (self) > 0;

  if (dio_job_get_state (self->job) == DIO_JOB_DONE || is_final (self))
    return;

  g_assert_cmpint (dio_job_can_check_again (self->job), >=, is_charged);
  if (!dio_job_can_check_again (self->job))
    return;

  fault_fixture_set_script (self, "");
  dio_job_queue_check_again (dio_studio_get_queue (self->studio), self->job);
  fault_fixture_wait (self);
  check_all (self);
  if (is_charged)
    {
      g_assert_no_error (dio_job_get_error (self->job));
      g_assert_cmpint (dio_job_get_state (self->job), ==, DIO_JOB_DONE);
      g_assert_cmpuint (g_list_model_get_n_items (dio_job_get_results (self->job)), ==, N_WANTED);
    }
  else
    {
      g_assert_error (dio_job_get_error (self->job), DIO_ERROR, DIO_ERROR_OUTCOME_UNKNOWN);
    }
}

/* It comes back by itself, and not before its time; a person need not wait. */
static void
check_waiting (FaultFixture *self)
{
  gint64 least = self->fault != NULL ? (gint64) self->fault->wait * G_USEC_PER_SEC : 0;

  g_assert_nonnull (dio_job_get_step (self->job));
  g_assert_cmpint (dio_job_get_waits_until (self->job), >, g_get_real_time () + least - 5 * G_USEC_PER_SEC);
  g_assert_cmpint (dio_job_get_waits_until (self->job), <=, g_get_real_time () + MAX (least, 6 * G_USEC_PER_SEC));

  dio_job_cancel (self->job);
  fault_fixture_wait (self);
  g_assert_cmpint (dio_job_get_state (self->job), ==, DIO_JOB_CANCELLED);
  g_assert_false (dio_job_can_check_again (self->job));
}

/* What holds whatever the ending is. */
void
fault_check_rest (FaultFixture *self)
{
  if (dio_job_get_state (self->job) == DIO_JOB_WAITING)
    check_waiting (self);

  check_all (self);
  check_again (self);
}

void
fault_check (FaultFixture *self,
             const Ending *ending)
{
  check_ending (self, ending);
  fault_check_rest (self);
}
