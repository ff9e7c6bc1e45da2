/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The secrets of the tests in all the forms that they may leak in, and the places
 * where they are looked for: texts, files, and the log at full length. */

#include "config.h"

#include "fault-fixture.h"

#include <string.h>

/* A token is told by its beginning, which is too short to be looked for in
 * pictures. */
#define TOKEN "eyJ"

static GPtrArray *
make_secrets (void)
{
  static const char *const keys[] = {
    DIO_PROVIDER_SERVER_KEY,
    DIO_PROVIDER_SERVER_ACCESS_KEY,
    DIO_PROVIDER_SERVER_SECRET_KEY,
    FAULT_ODD_KEY,
  };
  GPtrArray *secrets = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *base64 = g_base64_encode ((const guchar *) keys[i], strlen (keys[i]));

      /* What stands behind the key changes the last of them. */
      base64[strlen (keys[i]) / 3 * 4] = '\0';
      g_ptr_array_add (secrets, g_strdup (keys[i]));
      g_ptr_array_add (secrets, g_steal_pointer (&base64));
      g_ptr_array_add (secrets, g_uri_escape_string (keys[i], NULL, FALSE));
    }

  return secrets;
}

static GPtrArray *
get_secrets (void)
{
  static GPtrArray *secrets = NULL;

  if (g_once_init_enter (&secrets))
    g_once_init_leave (&secrets, make_secrets ());

  return secrets;
}

static const char *
find_secret (const char *data,
             gsize       size)
{
  GPtrArray *secrets = get_secrets ();

  for (guint i = 0; i < secrets->len; i++)
    {
      const char *secret = g_ptr_array_index (secrets, i);

      if (memmem (data, size, secret, strlen (secret)) != NULL)
        return secret;
    }

  return NULL;
}

void
fault_check_text (const char *text)
{
  if (text == NULL)
    return;

  g_assert_cmpstr (find_secret (text, strlen (text)), ==, NULL);
  g_assert_null (strstr (text, TOKEN));
}

static void
check_file (const char *path)
{
  g_autoptr(GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  const char *data = file != NULL ? g_mapped_file_get_contents (file) : NULL;

  if (data != NULL)
    g_assert_cmpstr (find_secret (data, g_mapped_file_get_length (file)), ==, NULL);
}

void
fault_check_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        fault_check_tree (child);
      else
        check_file (child);
    }
}

static GLogFunc before = NULL;

/* Every line that anybody logs, shown or not. */
static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  fault_check_text (message);
  before (domain, level, message, user_data);
}

void
fault_watch_log (void)
{
  get_secrets ();
  before = g_log_set_default_handler (log_cb, NULL);
}
