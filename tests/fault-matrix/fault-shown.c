/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person sees and copies of a request: before it is sent, and as it is
 * sent. No key and no token is in it, whatever characters they are made of. */

#include "config.h"

#include "fault-fixture.h"

#include "hosted/dio-hosted-call.h"

#include <string.h>

static void
finished_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static void
check_request (DioHttpRequest *request)
{
  g_autoptr(JsonNode) node = dio_http_request_to_json (request);
  g_autofree char *json = json_to_string (node, TRUE);
  g_autofree char *curl = dio_http_request_to_curl (request);

  g_assert_true (g_str_has_prefix (curl, "curl"));
  fault_check_text (json);
  fault_check_text (curl);
}

static void
check_preview (FaultFixture *fixture)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(DioPreview) preview = NULL;
  g_autoptr(GError) error = NULL;

  dio_studio_preview_async (fixture->studio, fixture->composition, fixture->account, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  preview = dio_studio_preview_finish (fixture->studio, result, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (preview->requests->len, >, 0);
  for (guint i = 0; i < preview->requests->len; i++)
    check_request (g_ptr_array_index (preview->requests, i));
}

/* As it goes over the wire: the key is in it, and not in what is shown of it. */
static void
check_sent (FaultFixture *fixture,
            const char   *key)
{
  static const DioHostedQuestion questions[] = {
    { .kind = DIO_HOSTED_POLL, .remote_id = "867200002" },
    { .kind = DIO_HOSTED_TEST },
  };
  DioProvider *provider = dio_studio_find_provider (fixture->studio, fixture->vendor->provider);
  g_autoptr(DioRequest) request = dio_studio_freeze (fixture->studio, fixture->composition, NULL);
  g_autoptr(DioHostedCall) call = dio_hosted_call_new (DIO_HOSTED_PROVIDER (provider), fixture->account, request);

  call->key = g_strdup (key);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr(DioHttpRequest) sent = dio_hosted_call_make (call, &questions[i], NULL);

      g_assert_nonnull (sent);
      g_assert_cmpuint (sent->secrets->len, >, 0);
      check_request (sent);
    }
}

static void
test_shown (gconstpointer data)
{
  const Vendor *vendor = data;
  FaultFixture fixture = { 0 };

  fault_fixture_set_up (&fixture, vendor, NULL);
  check_preview (&fixture);
  check_sent (&fixture, vendor->key);
  check_sent (&fixture, FAULT_ODD_KEY);
  check_sent (&fixture, DIO_PROVIDER_SERVER_ACCESS_KEY ":" FAULT_ODD_KEY);
  fault_check_folders (&fixture);
  fault_fixture_tear_down (&fixture);
}

void
faults_add_shown (void)
{
  for (guint i = 0; i < N_VENDORS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults/%s/shown", vendors[i].name);

      g_test_add_data_func (path, &vendors[i], test_shown);
    }
}
