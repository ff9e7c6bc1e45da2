/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A certificate that nobody else has, for the time of one run. GLib cannot make
 * one: openssl does. */

#include "config.h"

#include "certificate.h"

#include <glib/gstdio.h>

static gboolean
run_openssl (const char  *key,
             const char  *path,
             GError     **error)
{
  g_autoptr(GSubprocess) process = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, error,
                              "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                              "-nodes", "-days", "2", "-subj", "/CN=Provider server",
                              "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
                              "-keyout", key, "-out", path, NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, error);
}

/**
 * certificate_make:
 * @path: (out): the certificate's file, for those who are to trust it
 * @error: return location for an error
 *
 * Returns: (transfer full): for 127.0.0.1 and localhost
 */
GTlsCertificate *
certificate_make (char   **path,
                  GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("provider-server-XXXXXX", error);
  g_autofree char *file = NULL;
  g_autofree char *key = NULL;
  GTlsCertificate *certificate = NULL;

  if (folder == NULL)
    return NULL;

  file = g_build_filename (folder, "certificate.pem", NULL);
  key = g_build_filename (folder, "key.pem", NULL);
  if (run_openssl (key, file, error))
    certificate = g_tls_certificate_new_from_files (file, key, error);

  g_remove (key);
  if (certificate == NULL)
    certificate_forget (file);
  else
    *path = g_steal_pointer (&file);

  return certificate;
}

/* Removes the file, and the folder made for it. */
void
certificate_forget (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_rmdir (folder);
}
