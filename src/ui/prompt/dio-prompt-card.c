/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person says what the picture should be, chooses who makes it, and has
 * it made; and where it is said why it cannot be made yet. */

#include "config.h"

#include "dio-prompt-card-private.h"

#include "dio-prompt-templates.h"
#include "dio-template-chooser.h"
#include "dio-words.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (DioPromptCard, dio_prompt_card, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_PROBLEM,
  PROP_ACCOUNT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
join_unused (DioPromptCard *self)
{
  GListModel *results = dio_job_get_results (self->job);
  g_autoptr(DioResult) result = g_list_model_get_item (results, 0);
  const char * const *unused = result != NULL ? dio_result_get_unused (result) : NULL;

  return unused != NULL && unused[0] != NULL ? dio_join_words (unused) : NULL;
}

/* What the last run made nothing of, as long as the prompt is the same. */
static char *
format_unused (DioPromptCard *self,
               const char    *text)
{
  g_autofree char *words = NULL;

  if (self->job == NULL || !g_str_equal (self->job_prompt, text))
    return NULL;

  words = join_unused (self);
  if (words == NULL)
    return NULL;

  /* Translators: words of the prompt that were not understood: “Not used on this
   * computer: yesterday, cheerful”. */
  return g_strdup_printf (_("Not used on this computer: %s"), words);
}

static char *
format_resting (DioModelInfo *model,
                GPtrArray    *benched,
                DioRole       role)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *limit = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; i < benched->len; i++)
    if (dio_reference_get_role (g_ptr_array_index (benched, i)) == role)
      g_ptr_array_add (names, (gpointer) dio_reference_get_name (g_ptr_array_index (benched, i)));
  if (names->len == 0)
    return NULL;

  g_ptr_array_add (names, NULL);
  limit = dio_format_benched (model, role);
  list = dio_join_words ((const char * const *) names->pdata);
  /* Translators: %1$s is what a model takes, %2$s are the names of photos beyond that:
   * “Kling takes 4 subjects: mug rests on the bench”. */
  return g_strdup_printf (ngettext ("%1$s: %2$s rests on the bench", "%1$s: %2$s rest on the bench", names->len - 1),
                          limit, list);
}

/* What the model cannot take and leaves out, so that nobody wonders later. */
static char *
format_bench (DioPromptCard *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  g_autoptr(GPtrArray) sent = NULL;
  g_autoptr(GPtrArray) benched = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (model == NULL)
    return NULL;

  sent = dio_model_info_select (model, dio_composition_get_references (self->composition), &benched);
  for (guint role = 0; role < DIO_N_ROLES; role++)
    {
      g_autofree char *line = format_resting (model, benched, role);

      if (line != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* The provider decides, and it may be paid for: nothing is left out. */
static char *
format_many (DioPromptCard *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  guint limit = model != NULL ? dio_model_info_get_spec (model)->warn_references : 0;
  g_autoptr(GPtrArray) sent = NULL;

  if (limit == 0)
    return NULL;

  sent = dio_model_info_select (model, dio_composition_get_references (self->composition), NULL);
  if (sent->len <= limit)
    return NULL;

  /* Translators: a warning; %1$s is a provider’s model, %2$u a number of photos above %3$u:
   * “Nano Banana may refuse 16 photos: more than 14 are not usual”. */
  return g_strdup_printf (_("%1$s may refuse %2$u photos: more than %3$u are not usual"),
                          _(dio_model_info_get_title (model)), sent->len, limit);
}

static void
show_hint (DioPromptCard *self,
           const char    *text)
{
  gboolean is_empty = g_list_model_get_n_items (dio_composition_get_references (self->composition)) == 0;
  g_autofree char *hint = NULL;
  gboolean is_warning = TRUE;

  /* Before the first photo the tile in the strip says enough. */
  if (self->problem != NULL && !is_empty)
    hint = g_strdup (self->problem);
  else
    hint = format_bench (self);
  if (hint == NULL)
    hint = format_many (self);

  if (hint == NULL)
    {
      is_warning = FALSE;
      hint = format_unused (self, text);
    }

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  if (is_warning)
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "warning");
}

static void
show_counter (DioPromptCard *self,
              const char    *text)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  guint maximum = model != NULL ? dio_model_info_get_spec (model)->max_prompt : 0;
  guint length = g_utf8_strlen (text, -1);
  g_autofree char *count = NULL;

  if (maximum > 0 && length > 0)
    /* Translators: characters written and characters allowed: “148 / 2500”. */
    count = g_strdup_printf (_("%u / %u"), length, maximum);
  gtk_label_set_label (self->counter, count != NULL ? count : "");

  gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "error");
  if (maximum > 0 && length > maximum)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "error");
  else if (maximum > 0 && length > maximum * 0.9)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "warning");
}

static void
set_problem (DioPromptCard *self,
             char          *problem)
{
  g_autofree char *old = self->problem;

  self->problem = problem;
  if (g_strcmp0 (old, problem) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
refresh (DioPromptCard *self)
{
  g_autofree char *text = dio_prompt_dup_text (dio_composition_get_prompt (self->composition));
  GListModel *references = dio_composition_get_references (self->composition);
  g_autoptr(DioRequest) request = NULL;

  set_problem (self, dio_prompt_card_find_problem (self, text, &request));
  show_hint (self, text);
  show_counter (self, text);
  dio_role_sentence_update (self->sentence, dio_composition_get_model (self->composition));
  dio_prompt_card_update_sending (self, request);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mention_button), g_list_model_get_n_items (references) > 0);
}

static void
buffer_changed_cb (DioPromptCard *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (buffer) == 0);
}

static void
model_changed_cb (DioPromptCard *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
}

static void
choose_account (DioPromptCard *self,
                const char    *name)
{
  DioProvider *provider = dio_prompt_card_get_provider (self);

  if (provider == NULL || name == NULL)
    return;

  g_hash_table_insert (self->accounts, g_strdup (dio_provider_get_id (provider)), g_strdup (name));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT]);
  refresh (self);
}

static void
mention_action (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  DioPromptCard *self = DIO_PROMPT_CARD (widget);

  dio_prompt_view_insert_mention (self->view, g_variant_get_string (parameter, NULL));
}

static void
template_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DioPromptCard *self = DIO_PROMPT_CARD (widget);
  guint position = g_variant_get_uint32 (parameter);
  g_autofree char *text = NULL;

  if (position >= dio_prompt_templates_get_n ())
    return;

  text = dio_prompt_templates_make (position, self->composition);
  dio_prompt_view_insert_text (self->view, text);
}

static void
fill_mention_menu (GtkMenuButton *button,
                   gpointer       user_data)
{
  DioPromptCard *self = user_data;
  GListModel *references = dio_composition_get_references (self->composition);
  g_autoptr(GMenu) menu = g_menu_new ();

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);
      const char *name = dio_reference_get_name (reference);
      g_autofree char *label = NULL;
      g_autoptr(GMenuItem) item = NULL;

      /* Translators: an item of a menu: a photo’s name and its role. */
      label = g_strdup_printf (_("@%1$s — %2$s"), name, dio_role_get_title (dio_reference_get_role (reference)));
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "prompt.mention", "s", name);
      g_menu_append_item (menu, item);
    }

  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
dio_prompt_card_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DioPromptCard *self = DIO_PROMPT_CARD (object);

  switch (id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_ACCOUNT:
      {
        g_autoptr(DioAccount) account = self->composition != NULL ? dio_prompt_card_dup_account (self) : NULL;

        g_value_set_string (value, account != NULL ? account->name : "");
        break;
      }
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_prompt_card_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DioPromptCard *self = DIO_PROMPT_CARD (object);

  switch (id)
    {
    case PROP_ACCOUNT:
      choose_account (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
dio_prompt_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIO_PROMPT_CARD (widget)->view));
}

static void
dio_prompt_card_dispose (GObject *object)
{
  DioPromptCard *self = DIO_PROMPT_CARD (object);

  g_clear_object (&self->job);
  g_clear_object (&self->watch);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_PROMPT_CARD);

  G_OBJECT_CLASS (dio_prompt_card_parent_class)->dispose (object);
}

static void
dio_prompt_card_finalize (GObject *object)
{
  DioPromptCard *self = DIO_PROMPT_CARD (object);

  g_clear_object (&self->composition);
  g_clear_object (&self->studio);
  g_hash_table_unref (self->accounts);
  g_free (self->job_prompt);
  g_free (self->problem);

  G_OBJECT_CLASS (dio_prompt_card_parent_class)->finalize (object);
}

static void
dio_prompt_card_class_init (DioPromptCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dio_prompt_card_get_property;
  object_class->set_property = dio_prompt_card_set_property;
  object_class->dispose = dio_prompt_card_dispose;
  object_class->finalize = dio_prompt_card_finalize;
  widget_class->grab_focus = dio_prompt_card_grab_focus;

  /* Why nothing can be made, in words, or NULL. */
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  /* Name of the account that pays, of the provider that is chosen. */
  properties[PROP_ACCOUNT] =
    g_param_spec_string ("account", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DIO_TYPE_MODEL_CHOOSER);
  g_type_ensure (DIO_TYPE_PROMPT_VIEW);
  g_type_ensure (DIO_TYPE_ROLE_SENTENCE);
  g_type_ensure (DIO_TYPE_TEMPLATE_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/prompt/dio-prompt-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, box);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, view);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, placeholder);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, sentence);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, hint);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, mention_button);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, counter);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, model_chooser);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, generate_button);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, generate_label);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, sending_button);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, request_button);

  gtk_widget_class_install_action (widget_class, "prompt.mention", "s", mention_action);
  gtk_widget_class_install_action (widget_class, "prompt.template", "u", template_action);
  gtk_widget_class_install_property_action (widget_class, "prompt.account", "account");
}

static void
dio_prompt_card_init (DioPromptCard *self)
{
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                           G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
choose_first_model (DioPromptCard *self)
{
  g_autoptr(DioModelInfo) model = g_list_model_get_item (dio_studio_get_models (self->studio), 0);

  if (model != NULL)
    dio_composition_set_model (self->composition, model);
}

void
dio_prompt_card_set_composition (DioPromptCard  *self,
                                 DioStudio      *studio,
                                 DioComposition *composition)
{
  g_return_if_fail (self->composition == NULL);

  self->studio = g_object_ref (studio);
  self->composition = g_object_ref (composition);
  self->watch = dio_composition_watch_new (composition);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composition, "notify::model", G_CALLBACK (model_changed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->mention_button, fill_mention_menu, self, NULL);

  dio_prompt_view_set_composition (self->view, composition);
  dio_role_sentence_set_composition (self->sentence, composition);
  if (dio_composition_get_model (composition) == NULL)
    choose_first_model (self);
  dio_model_chooser_set_composition (self->model_chooser, studio, composition);
  g_signal_connect_object (dio_studio_get_accounts (studio), "changed", G_CALLBACK (refresh),
                           self, G_CONNECT_SWAPPED);
  refresh (self);
}

/* Says, when its pictures come, which words of the prompt it did not use. */
void
dio_prompt_card_follow_job (DioPromptCard *self,
                            DioJob        *job)
{
  g_free (self->job_prompt);
  self->job_prompt = dio_prompt_dup_text (dio_composition_get_prompt (self->composition));

  g_set_object (&self->job, job);
  g_signal_connect_object (dio_job_get_results (job), "items-changed", G_CALLBACK (refresh),
                           self, G_CONNECT_SWAPPED);
  refresh (self);
}

const char *
dio_prompt_card_get_problem (DioPromptCard *self)
{
  return self->problem;
}
