/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The vendors' stand-in: scripts with mistakes, which requests a rule is for, and
 * what is asked over the port itself. */

#include "config.h"

#include "provider-server-fixture.h"

#define TASK "5b8f7c1e-2d94-4f0a-8a6b-90c3d1e2f301"

static const char poll[] = "[{\"taskType\":\"getResponse\",\"taskUUID\":\"" TASK "\"}]";

static ProviderReply *
ask (ProviderFixture *fixture,
     const char      *body)
{
  return provider_fixture_ask (fixture, "POST", "/v1", BEARER, body);
}

/* A script with a mistake in it is none. */
static void
test_scripts_mistakes (ProviderFixture *fixture,
                       gconstpointer    data)
{
  static const char *const wrong[] = {
    "", "[]", "{\"settings\":{\"queue-pols\":1}}", "{\"settings\":{\"queue-polls\":\"1\"}}", "{\"rules\":[1]}",
    "{\"rules\":[{}]}", "{\"rules\":[{\"do\":\"explode\"}]}", "{\"rules\":[{\"do\":\"close\",\"sometimes\":1}]}",
    "{\"rules\":[{\"do\":\"close\",\"match\":{\"cal\":\"create\"}}]}",
    "{\"rules\":[{\"do\":\"close\",\"match\":{\"path\":\"(\"}}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(ProviderReply) reply = provider_fixture_ask (fixture, "POST", "/control/script", NULL, wrong[i]);

      g_assert_false (dio_provider_server_set_script (fixture->server, wrong[i], &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (reply->status, ==, 400);
    }
}

/* By body, method and path, from the second to the third. */
static void
test_scripts_match (ProviderFixture *fixture,
                    gconstpointer    data)
{
  provider_fixture_script (fixture, "{\"rules\":[{\"match\":{\"contains\":\"getResponse\",\"method\":\"POST\","
                                    "\"path\":\"^/v1$\",\"from\":2,\"to\":3},\"do\":\"status\"}]}");
  for (guint i = 1; i <= 4; i++)
    {
      g_autoptr(ProviderReply) reply = ask (fixture, poll);
      g_autoptr(ProviderReply) other = provider_fixture_ask (fixture, "POST", "/v1", BEARER, "[]");

      g_assert_cmpuint (reply->status, ==, i == 2 || i == 3 ? 500 : 404);
      g_assert_cmpuint (other->status, ==, 200);
    }
}

static void
test_scripts_control (ProviderFixture *fixture,
                      gconstpointer    data)
{
  g_autoptr(ProviderReply) script =
    provider_fixture_ask (fixture, "POST", "/control/script", NULL, "{\"rules\":[{\"do\":\"status\",\"status\":503}]}");
  g_autoptr(ProviderReply) down = ask (fixture, poll);
  g_autoptr(ProviderReply) ledger = provider_fixture_ask (fixture, "GET", "/control/ledger", NULL, NULL);
  g_autoptr(ProviderReply) release = provider_fixture_ask (fixture, "POST", "/control/release", NULL, "{}");

  g_assert_cmpuint (script->status, ==, 200);
  g_assert_cmpuint (down->status, ==, 503);
  g_assert_cmpint (provider_get_int (ledger->root, "rules.0.hits"), ==, 1);
  g_assert_cmpint (provider_get_int (release->root, "were_held"), ==, 0);
}

/* By chance, and by the same chance once more. */
static void
test_scripts_chance (ProviderFixture *fixture,
                     gconstpointer    data)
{
  GString *rounds[2] = { g_string_new (NULL), g_string_new (NULL) };

  for (guint i = 0; i < 2; i++)
    {
      provider_fixture_script (fixture, "{\"seed\":7,\"rules\":[{\"match\":{\"chance\":0.5},\"do\":\"status\"}]}");
      for (guint j = 0; j < 40; j++)
        {
          g_autoptr(ProviderReply) reply = ask (fixture, poll);

          g_string_append_c (rounds[i], reply->status == 500 ? 'x' : '.');
        }
    }

  g_test_message ("%s", rounds[0]->str);
  g_assert_true (g_string_equal (rounds[0], rounds[1]));
  g_assert_nonnull (strchr (rounds[0]->str, 'x'));
  g_assert_nonnull (strchr (rounds[0]->str, '.'));
  g_string_free (rounds[0], TRUE);
  g_string_free (rounds[1], TRUE);
}

#define ADD(path, func) \
  g_test_add ("/provider-server-scripts/" path, ProviderFixture, NULL, provider_fixture_set_up, func, \
              provider_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("mistakes", test_scripts_mistakes);
  ADD ("match", test_scripts_match);
  ADD ("chance", test_scripts_chance);
  ADD ("control", test_scripts_control);

  return g_test_run ();
}
