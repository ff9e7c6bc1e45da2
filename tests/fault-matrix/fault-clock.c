/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clock that is wrong: the platform refuses a token for its time, which is then
 * made once more by the platform's own clock. */

#include "config.h"

#include "fault-fixture.h"

#include "dio-json.h"

#include <string.h>

#define CLOCK_IS_NAMED "The clock of this computer is wrong by *"

static guint
count_creates (FaultFixture *fixture)
{
  g_autoptr(JsonNode) ledger = dio_provider_server_get_ledger (fixture->server);

  return dio_json_get_integer (dio_json_get_object (fault_fixture_get_dialect (fixture, ledger), "calls"), "create", 0);
}

/* The person is told, and not only the log. */
static void
check_note (FaultFixture *fixture)
{
  g_autoptr(DioResult) result = g_list_model_get_item (dio_job_get_results (fixture->job), 0);
  GPtrArray *notes = dio_result_get_notes (result);
  const DioNote *note;

  g_assert_cmpuint (notes->len, ==, 1);
  note = g_ptr_array_index (notes, 0);
  g_assert_cmpint (note->kind, ==, DIO_NOTE_WRONG_CLOCK);
  g_assert_cmpstr (note->name, ==, "60");
}

static void
run (const Fault  *fault,
     const char   *rules,
     const Ending *ending,
     guint         n_creates)
{
  FaultFixture fixture = { 0 };

  fault_fixture_set_up (&fixture, &vendors[OFFICIAL], fault);
  fault_fixture_set_script (&fixture, rules);
  fault_fixture_generate (&fixture);
  fault_fixture_wait (&fixture);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (count_creates (&fixture), ==, n_creates);
  fault_check (&fixture, ending);
  if (ending->state == DIO_JOB_DONE)
    check_note (&fixture);
  if (ending->code == DIO_ERROR_AUTH)
    g_assert_nonnull (strstr (dio_job_get_error (fixture.job)->message, "clock"));
  fault_fixture_tear_down (&fixture);
}

/* The first create is not let in: one is accepted, and one is charged. */
static void
test_clock (gconstpointer data)
{
  const Fault fault = { .name = "clock", .settings = data };
  const Ending ending = DONE;

  g_test_expect_message ("dio-providers", G_LOG_LEVEL_MESSAGE, CLOCK_IS_NAMED);
  run (&fault, "", &ending, 2);
}

/* Signed anew and refused again: it is not the clock alone, and it is said. */
static void
test_clock_lasting (gconstpointer data)
{
  const Fault fault = { .name = "clock-lasting" };
  const Ending ending = NOT_SENT (AUTH);
  g_autofree char *rule =
    g_strdup_printf ("{ \"match\": { \"call\": \"create\" }, \"do\": \"status\", \"status\": 401, "
                     "\"body\": { \"code\": %s, \"message\": \"token\", \"request_id\": \"1\" } }", (const char *) data);

  run (&fault, rule, &ending, 2);
}

void
faults_add_clock (void)
{
  g_test_add_data_func ("/faults/kling-official/clock-fast", ", \"clock\": 3600", test_clock);
  g_test_add_data_func ("/faults/kling-official/clock-slow", ", \"clock\": -3600", test_clock);
  g_test_add_data_func ("/faults/kling-official/clock-1003-lasting", "1003", test_clock_lasting);
  g_test_add_data_func ("/faults/kling-official/clock-1004-lasting", "1004", test_clock_lasting);
}
