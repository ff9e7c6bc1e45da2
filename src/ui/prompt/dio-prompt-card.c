/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a person says what the picture should be, chooses who makes it, and has
 * it made; and where it is said why it cannot be made yet. */

#include "config.h"

#include "dio-prompt-card.h"

#include "dio-composition-watch.h"
#include "dio-prompt-view.h"
#include "dio-words.h"

#include <glib/gi18n.h>

struct _DioPromptCard
{
  GtkWidget parent_instance;

  /* Owned */
  DioComposition      *composition;
  DioCompositionWatch *watch;
  DioJob              *job;         /* whose unused words are shown */
  char                *job_prompt;  /* the prompt that it was made from */
  char                *problem;     /* why nothing can be made, or NULL */

  /* Template children */
  GtkWidget           *box;
  DioPromptView       *view;
  GtkWidget           *placeholder;
  GtkLabel            *hint;
  GtkMenuButton       *mention_button;
  GtkLabel            *counter;
  GtkDropDown         *model_dropdown;
  GtkButton           *generate_button;
};

G_DEFINE_FINAL_TYPE (DioPromptCard, dio_prompt_card, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
translate_title_cb (gpointer    item,
                    const char *title)
{
  return g_strdup (title != NULL ? _(title) : "");
}

static gboolean
has_role (GPtrArray *references,
          DioRole    role)
{
  for (guint i = 0; i < references->len; i++)
    if (dio_reference_get_role (g_ptr_array_index (references, i)) == role)
      return TRUE;

  return FALSE;
}

static char *
format_prompt_problem (DioModelInfo *model,
                       const char   *text)
{
  guint length = g_utf8_strlen (text, -1);
  guint maximum = dio_model_info_get_spec (model)->max_prompt;

  if (length == 0)
    /* Translators: why nothing can be made; %s is a provider’s model. */
    return g_strdup_printf (_("%s needs a prompt"), _(dio_model_info_get_title (model)));

  /* Translators: why nothing can be made; %u is a number of characters. */
  return g_strdup_printf (ngettext ("The prompt is %u character too long",
                                    "The prompt is %u characters too long", length - maximum),
                          length - maximum);
}

static char *
find_problem (DioPromptCard *self,
              const char    *text)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  GListModel *references = dio_composition_get_references (self->composition);
  g_autoptr(GPtrArray) sent = NULL;

  if (model == NULL)
    return g_strdup (_("Nothing here can make pictures"));

  if (g_list_model_get_n_items (references) == 0)
    /* Translators: why nothing can be made yet. */
    return g_strdup (_("Add a photo first"));

  sent = dio_model_info_select (model, references, NULL);
  if (!has_role (sent, DIO_ROLE_SUBJECT) && !has_role (sent, DIO_ROLE_SCENE))
    /* Translators: why nothing can be made yet. */
    return g_strdup (_("A subject or a scene is needed"));

  if (!dio_model_info_check_prompt (model, text, NULL))
    return format_prompt_problem (model, text);

  return NULL;
}

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

static void
show_hint (DioPromptCard *self,
           const char    *text)
{
  gboolean is_empty = g_list_model_get_n_items (dio_composition_get_references (self->composition)) == 0;
  g_autofree char *hint = NULL;

  /* Before the first photo the tile in the strip says enough. */
  if (self->problem != NULL && !is_empty)
    hint = g_strdup (self->problem);
  else
    hint = format_unused (self, text);

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
  if (self->problem != NULL)
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

  /* Translators: characters written and characters allowed: “148 / 2500”. */
  count = g_strdup_printf (_("%u / %u"), length, maximum);
  gtk_label_set_label (self->counter, count);
  gtk_widget_set_opacity (GTK_WIDGET (self->counter), maximum > 0 && length > 0 ? 1 : 0);

  gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (self->counter), "error");
  if (length > maximum)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "error");
  else if (length > maximum * 0.9)
    gtk_widget_add_css_class (GTK_WIDGET (self->counter), "warning");
}

static guint
get_count (DioPromptCard *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  const DioParameter *parameter = model != NULL ? dio_model_info_find_flagged (model, DIO_PARAMETER_COUNT) : NULL;

  if (parameter == NULL)
    return 1;

  return dio_values_get_integer (dio_composition_get_values (self->composition, model), parameter->name);
}

static void
show_generate (DioPromptCard *self)
{
  guint count = get_count (self);
  g_autofree char *label = NULL;

  if (self->problem != NULL || count == 1)
    label = g_strdup (_("Generate"));
  else
    /* Translators: a button that makes so many pictures. */
    label = g_strdup_printf (_("Generate %u"), count);

  gtk_button_set_label (self->generate_button, label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->generate_button),
                               self->problem != NULL ? self->problem : _("Make the Picture (Ctrl+Enter)"));
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

  set_problem (self, find_problem (self, text));
  show_hint (self, text);
  show_counter (self, text);
  show_generate (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->mention_button), g_list_model_get_n_items (references) > 0);
}

static void
buffer_changed_cb (DioPromptCard *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));

  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (buffer) == 0);
}

static void
model_selected_cb (DioPromptCard *self)
{
  DioModelInfo *model = gtk_drop_down_get_selected_item (self->model_dropdown);

  if (self->composition != NULL && model != NULL)
    dio_composition_set_model (self->composition, model);
}

static void
model_changed_cb (DioPromptCard *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  GListModel *models = gtk_drop_down_get_model (self->model_dropdown);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr(DioModelInfo) item = g_list_model_get_item (models, i);

      if (item == model)
        gtk_drop_down_set_selected (self->model_dropdown, i);
    }
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
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
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
  object_class->dispose = dio_prompt_card_dispose;
  object_class->finalize = dio_prompt_card_finalize;

  /* Why nothing can be made, in words, or NULL. */
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DIO_TYPE_MODEL_INFO);
  g_type_ensure (DIO_TYPE_PROMPT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/prompt/dio-prompt-card.ui");
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, box);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, view);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, placeholder);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, hint);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, mention_button);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, counter);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, model_dropdown);
  gtk_widget_class_bind_template_child (widget_class, DioPromptCard, generate_button);
  gtk_widget_class_bind_template_callback (widget_class, translate_title_cb);
  gtk_widget_class_bind_template_callback (widget_class, model_selected_cb);

  gtk_widget_class_install_action (widget_class, "prompt.mention", "s", mention_action);
}

static void
dio_prompt_card_init (DioPromptCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                           G_CALLBACK (buffer_changed_cb), self, G_CONNECT_SWAPPED);
}

void
dio_prompt_card_set_composition (DioPromptCard  *self,
                                 DioStudio      *studio,
                                 DioComposition *composition)
{
  g_return_if_fail (self->composition == NULL);

  gtk_drop_down_set_model (self->model_dropdown, dio_studio_get_models (studio));

  self->composition = g_object_ref (composition);
  self->watch = dio_composition_watch_new (composition);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (composition, "notify::model", G_CALLBACK (model_changed_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_create_popup_func (self->mention_button, fill_mention_menu, self, NULL);

  dio_prompt_view_set_composition (self->view, composition);
  if (dio_composition_get_model (composition) == NULL)
    model_selected_cb (self);
  model_changed_cb (self);
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
