/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keyring's errors mean to a person. */

#include "config.h"

#include "dio-keyring-error.h"

#include "dio-error.h"

#include <libsecret/secret.h>

static gboolean
is_unknown_object (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT);
}

/**
 * dio_keyring_error_is_absence:
 * @error: an error of libsecret
 *
 * Returns: whether it says that there is no keyring, rather than that the
 *   keyring has said no
 */
gboolean
dio_keyring_error_is_absence (const GError *error)
{
  static const GDBusError absences[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,
    G_DBUS_ERROR_NAME_HAS_NO_OWNER,
    G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_FORK_FAILED,
    G_DBUS_ERROR_SPAWN_CHILD_EXITED,
    G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
    G_DBUS_ERROR_SPAWN_FAILED,
    G_DBUS_ERROR_SPAWN_SETUP_FAILED,
    G_DBUS_ERROR_SPAWN_CONFIG_INVALID,
    G_DBUS_ERROR_SPAWN_SERVICE_INVALID,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
    G_DBUS_ERROR_SPAWN_PERMISSIONS_INVALID,
    G_DBUS_ERROR_SPAWN_FILE_INVALID,
    G_DBUS_ERROR_SPAWN_NO_MEMORY,
  };

  /* In the Flatpak it is the portal that is asked, and not every desktop's has
   * this part. Elsewhere the same code is said of a keyring that is not there
   * yet, and that the person has refused to make. */
  if (is_unknown_object (error))
    return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);

  for (guint i = 0; i < G_N_ELEMENTS (absences); i++)
    {
      if (g_error_matches (error, G_DBUS_ERROR, absences[i]))
        return TRUE;
    }

  return FALSE;
}

/**
 * dio_keyring_error_new_locked:
 *
 * Returns: (transfer full): what to tell of a keyring that is locked and stays so
 */
GError *
dio_keyring_error_new_locked (void)
{
  return g_error_new_literal (DIO_ERROR, DIO_ERROR_AUTH, "The keyring is locked");
}

/**
 * dio_keyring_error_translate:
 * @error: an error of libsecret
 *
 * Returns: (transfer full): %DIO_ERROR_AUTH for a locked keyring,
 *   %DIO_ERROR_STORAGE for what else a keyring says; a cancellation stays one
 */
GError *
dio_keyring_error_translate (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
      g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) || is_unknown_object (error))
    return dio_keyring_error_new_locked ();

  return g_error_new (DIO_ERROR, DIO_ERROR_STORAGE, "Keyring: %s", error->message);
}
