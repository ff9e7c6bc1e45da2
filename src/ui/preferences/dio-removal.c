/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way back from removing an account. Its key is in no place but here until
 * the toast has gone. */

#include "config.h"

#include "dio-removal.h"

#include "dio-account-moves.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget  *window;  /* (unowned): it owns the toast */
  DioStudio  *studio;  /* (owned) */
  DioAccount *account; /* (owned) */
  char       *key;     /* (owned) (nullable) */
} Removal;

static void
removal_free (gpointer  data,
              GClosure *closure)
{
  Removal *removal = data;

  for (volatile char *c = removal->key; c != NULL && *c != '\0'; c++)
    *c = '\0';

  g_free (removal->key);
  dio_account_free (removal->account);
  g_object_unref (removal->studio);
  g_free (removal);
}

/* Weak: a window must not outlive the one that it belongs to. */
static GWeakRef *
weaken (GtkWidget *window)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, window);
  return weak;
}

static GtkWidget *
take_weak (GWeakRef *weak)
{
  GtkWidget *window = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return window;
}

static void
put_back_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GtkWidget) window = take_weak (user_data);
  g_autoptr(GError) error = NULL;

  if (dio_studio_put_account_finish (DIO_STUDIO (source), result, &error))
    return;

  g_message ("%s", error->message);
  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), dio_toast_new_for_error (error));
}

static void
undo_clicked_cb (AdwToast *toast,
                 gpointer  user_data)
{
  Removal *removal = user_data;

  dio_studio_put_account_async (removal->studio, removal->account, removal->key,
                                put_back_cb, weaken (removal->window));
}

void
dio_removal_tell (GtkWidget        *window,
                  DioStudio        *studio,
                  const DioAccount *account,
                  char             *key)
{
  /* Translators: a toast; %s is the name of an account. */
  g_autofree char *text = g_strdup_printf (_("Account “%s” removed"), account->name);
  AdwToast *toast = dio_toast_new (text);
  Removal *removal = g_new0 (Removal, 1);

  removal->window = window;
  removal->studio = g_object_ref (studio);
  removal->account = dio_account_copy (account);
  removal->key = key;

  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), removal, removal_free, 0);
  adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), toast);
}
