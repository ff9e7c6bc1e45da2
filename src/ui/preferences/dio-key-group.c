/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of an account: typed, kept, tested, removed. It is never shown again,
 * nor read back into an entry. */

#include "config.h"

#include "dio-key-group.h"

#include "dio-account-words.h"
#include "dio-error-text.h"
#include "dio-toast.h"

#include <glib/gi18n.h>
#include <string.h>

struct _DioKeyGroup
{
  AdwPreferencesGroup parent_instance;

  /* Owned */
  DioStudio    *studio;
  DioProvider  *provider;
  DioAccount   *account;
  GCancellable *cancellable;

  gboolean      is_kept;
  gboolean      is_replacing; /* entries on show although a key is kept */
  gboolean      is_busy;      /* a key is being kept, removed or tested */
  gboolean      tests_next;   /* as soon as the key is kept */

  /* Template children */
  AdwActionRow *kept_row;
  GtkWidget    *replace_button;
  AdwEntryRow  *key_row;
  AdwEntryRow  *secret_row;
  GtkWidget    *keep_row;
  GtkWidget    *keep_button;
  GtkWidget    *cancel_button;
  AdwActionRow *test_row;
  GtkWidget    *verdict_icon;
  GtkSpinner   *spinner;
  GtkWidget    *test_button;
};

G_DEFINE_FINAL_TYPE (DioKeyGroup, dio_key_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
has_two_halves (DioKeyGroup *self)
{
  const DioAccountKind *kind = dio_account_find_kind (self->provider, self->account);

  return kind != NULL && kind->secret_title != NULL;
}

/* As it is kept; NULL while something is missing. */
static char *
dup_typed (DioKeyGroup *self)
{
  g_autofree char *key = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->key_row))));
  g_autofree char *secret = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->secret_row))));

  if (*key == '\0' || (has_two_halves (self) && *secret == '\0'))
    return NULL;
  if (has_two_halves (self))
    return g_strdup_printf ("%s:%s", key, secret);

  return g_steal_pointer (&key);
}

static void
update (DioKeyGroup *self)
{
  gboolean types = !self->is_kept || self->is_replacing;
  g_autofree char *typed = dup_typed (self);

  gtk_widget_set_visible (GTK_WIDGET (self->kept_row), !types);
  gtk_widget_set_visible (GTK_WIDGET (self->key_row), types);
  gtk_widget_set_visible (GTK_WIDGET (self->secret_row), types && has_two_halves (self));
  gtk_widget_set_visible (self->keep_row, types);
  gtk_widget_set_visible (self->cancel_button, self->is_kept);

  /* Made insensitive, an entry would lose the focus without noticing. */
  gtk_editable_set_editable (GTK_EDITABLE (self->key_row), !self->is_busy);
  gtk_editable_set_editable (GTK_EDITABLE (self->secret_row), !self->is_busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kept_row), !self->is_busy);
  gtk_widget_set_sensitive (self->keep_button, typed != NULL && !self->is_busy);
  gtk_widget_set_sensitive (self->test_button, (types ? typed != NULL : self->is_kept) && !self->is_busy);

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->is_busy);
  gtk_spinner_set_spinning (self->spinner, self->is_busy);
}

static void
forget_typed (DioKeyGroup *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->key_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
}

static void
show_where (DioKeyGroup *self,
            gboolean     is_lasting)
{
  adw_action_row_set_subtitle (self->kept_row,
                               is_lasting ? _("In the keyring")
                                          : _("Only for this session: no keyring answered"));
}

/* What the provider said, by word and by sign, never by colour alone. */
static void
show_verdict (DioKeyGroup *self,
              const char  *icon_name,
              const char  *style,
              const char  *words)
{
  const char * const classes[] = { style, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->verdict_icon), icon_name);
  gtk_widget_set_visible (self->verdict_icon, icon_name != NULL);
  gtk_widget_set_css_classes (self->verdict_icon, (const char **) classes);
  adw_action_row_set_subtitle (self->test_row, words);
}

static void
forget_verdict (DioKeyGroup *self)
{
  show_verdict (self, NULL, NULL, _("Asks the provider whether it knows the key; costs nothing"));
}

static char *
format_accepted (const DioPrice *balance)
{
  g_autofree char *amount = dio_price_format (balance);

  if (amount == NULL)
    return g_strdup (_("Accepted"));

  /* Translators: the provider knows the key; %s is an amount of money. */
  return g_strdup_printf (_("Accepted. Balance: %s"), amount);
}

static void
show_answer (DioKeyGroup    *self,
             DioKeyVerdict   verdict,
             const DioPrice *balance,
             const GError   *error)
{
  g_autofree char *words = NULL;

  switch (verdict)
    {
    case DIO_KEY_ACCEPTED:
      words = format_accepted (balance);
      show_verdict (self, "emblem-ok-symbolic", "success", words);
      break;

    case DIO_KEY_REFUSED:
      show_verdict (self, "dialog-error-symbolic", "error",
                    _("Refused: the provider does not know this key"));
      break;

    case DIO_KEY_UNKNOWN:
    default:
      /* Translators: whether a key is good; %s is a sentence on why not. */
      words = error != NULL ? g_strdup_printf (_("Cannot tell. %s"), dio_error_text (error).sentence)
                            : g_strdup (_("Cannot tell: the provider’s answer says neither yes nor no"));
      show_verdict (self, "dialog-warning-symbolic", "warning", words);
      break;
    }
}

static void
tested_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  DioKeyVerdict verdict = DIO_KEY_UNKNOWN;
  DioPrice balance = { 0 };
  DioKeyGroup *self;

  if (!dio_provider_test_key_finish (DIO_PROVIDER (source), result, &verdict, &balance, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_message ("%s", error->message);
      verdict = DIO_KEY_UNKNOWN;
    }

  self = DIO_KEY_GROUP (user_data);
  self->is_busy = FALSE;
  show_answer (self, verdict, &balance, error);
  update (self);
  gtk_widget_grab_focus (self->test_button);
}

static void
test (DioKeyGroup *self)
{
  self->is_busy = TRUE;
  forget_verdict (self);
  update (self);
  dio_provider_test_key_async (self->provider, self->account, self->cancellable, tested_cb, self);
}

static void
tell_error (DioKeyGroup  *self,
            const GError *error)
{
  g_message ("%s", error->message);
  dio_toast_show (GTK_WIDGET (self), dio_toast_new_for_error (error));
}

/* Keeping and removing go on when the page is left; self may be disposed of then. */
static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(DioKeyGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean is_lasting = FALSE;
  gboolean is_done;

  is_done = dio_key_store_store_finish (DIO_KEY_STORE (source), result, &is_lasting, &error);
  if (self->cancellable == NULL)
    return;

  self->is_busy = FALSE;
  if (!is_done)
    {
      update (self);
      tell_error (self, error);
      return;
    }

  self->is_kept = TRUE;
  self->is_replacing = FALSE;
  forget_typed (self);
  show_where (self, is_lasting);
  update (self);
  if (self->tests_next)
    test (self);
  else
    gtk_widget_grab_focus (self->test_button);
}

static void
keep (DioKeyGroup *self,
      gboolean     tests_next)
{
  g_autofree char *typed = dup_typed (self);

  if (typed == NULL || self->is_busy)
    return;

  self->tests_next = tests_next;
  self->is_busy = TRUE;
  forget_verdict (self);
  update (self);
  dio_key_store_store_async (dio_studio_get_keys (self->studio),
                             self->account->provider_id, self->account->name, typed,
                             NULL, kept_cb, g_object_ref (self));
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DioKeyGroup) self = user_data;
  g_autoptr(GError) error = NULL;

  dio_key_store_clear_finish (DIO_KEY_STORE (source), result, &error);
  if (self->cancellable == NULL)
    return;

  self->is_busy = FALSE;
  self->is_kept = error != NULL;
  update (self);
  if (error != NULL)
    tell_error (self, error);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->key_row));
}

/* What comes next is a key, unless the person has begun with something else. */
static void
take_focus (DioKeyGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && !GTK_IS_TEXT (gtk_root_get_focus (root)))
    gtk_widget_grab_focus (self->is_kept ? self->test_button : GTK_WIDGET (self->key_row));
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  gboolean is_lasting = FALSE;
  g_autofree char *key = NULL;
  DioKeyGroup *self;

  key = dio_key_store_lookup_finish (DIO_KEY_STORE (source), result, &is_lasting, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = DIO_KEY_GROUP (user_data);
  self->is_busy = FALSE;
  self->is_kept = key != NULL;
  show_where (self, is_lasting);
  update (self);
  take_focus (self);
  if (error != NULL)
    tell_error (self, error);
}

static void
typed_cb (DioKeyGroup *self)
{
  if (self->account != NULL)
    update (self);
}

static void
keep_clicked_cb (DioKeyGroup *self)
{
  keep (self, FALSE);
}

static void
replace_clicked_cb (DioKeyGroup *self)
{
  self->is_replacing = TRUE;
  forget_verdict (self);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->key_row));
}

static void
cancel_clicked_cb (DioKeyGroup *self)
{
  self->is_replacing = FALSE;
  forget_typed (self);
  update (self);
  gtk_widget_grab_focus (self->replace_button);
}

static void
remove_clicked_cb (DioKeyGroup *self)
{
  self->is_busy = TRUE;
  forget_verdict (self);
  update (self);
  dio_key_store_clear_async (dio_studio_get_keys (self->studio),
                             self->account->provider_id, self->account->name,
                             NULL, cleared_cb, g_object_ref (self));
}

/* What was typed is what is meant. */
static void
test_clicked_cb (DioKeyGroup *self)
{
  if (self->is_kept && !self->is_replacing)
    test (self);
  else
    keep (self, TRUE);
}

static void
dio_key_group_dispose (GObject *object)
{
  DioKeyGroup *self = DIO_KEY_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->account, dio_account_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_KEY_GROUP);
  g_clear_object (&self->provider);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_key_group_parent_class)->dispose (object);
}

static void
dio_key_group_class_init (DioKeyGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_key_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-key-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, kept_row);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, replace_button);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, key_row);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, secret_row);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, keep_row);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, keep_button);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, test_row);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, DioKeyGroup, test_button);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
}

static void
dio_key_group_init (DioKeyGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_kind (DioKeyGroup *self)
{
  const DioAccountKind *kind = dio_account_find_kind (self->provider, self->account);
  g_autofree char *help = NULL;

  if (kind == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key_row), _(kind->key_title));
  if (kind->secret_title != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row), _(kind->secret_title));

  /* Of a key in two halves it tells how to write them as one, which two entries do. */
  if (kind->help != NULL && kind->secret_title == NULL)
    help = g_markup_escape_text (_(kind->help), -1);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), help != NULL ? help : "");
}

static gboolean
is_same (const DioAccount *a,
         const DioAccount *b)
{
  return a != NULL && g_str_equal (a->provider_id, b->provider_id) && g_str_equal (a->name, b->name);
}

/* Also again for the same account, when it has become another kind. */
void
dio_key_group_set_account (DioKeyGroup      *self,
                           DioStudio        *studio,
                           DioProvider      *provider,
                           const DioAccount *account)
{
  gboolean is_known = is_same (self->account, account);
  DioKeyStore *keys = dio_studio_get_keys (studio);

  g_set_object (&self->studio, studio);
  g_set_object (&self->provider, provider);
  g_clear_pointer (&self->account, dio_account_free);
  self->account = dio_account_copy (account);
  show_kind (self);

  if (!is_known && keys != NULL)
    {
      self->is_busy = TRUE;
      dio_key_store_lookup_async (keys, account->provider_id, account->name,
                                  self->cancellable, looked_up_cb, self);
    }
  update (self);
}
