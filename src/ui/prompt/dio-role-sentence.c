/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model is told of which image is which: made from the roles, and following
 * them, until a person writes it in other words. */

#include "config.h"

#include "dio-role-sentence.h"

#include "wire/dio-wire-prompt.h"

#include <glib/gi18n.h>

struct _DioRoleSentence
{
  GtkWidget parent_instance;

  /* Owned */
  DioComposition *composition;
  char           *generated; /* (nullable): what is made from the roles */
  char           *shown;     /* (nullable): what is sent, or NULL for nothing */
  char           *before;    /* (nullable): the person's words before they are edited */

  /* Template children */
  GtkWidget      *box;
  GtkStack       *stack;
  GtkWidget      *button;
  GtkLabel       *label;
  GtkEntry       *entry;
  GtkWidget      *reset_button;
};

G_DEFINE_FINAL_TYPE (DioRoleSentence, dio_role_sentence, GTK_TYPE_WIDGET)

static gboolean
is_editing (DioRoleSentence *self)
{
  return gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->entry);
}

static void
show (DioRoleSentence *self)
{
  gboolean is_silent = self->shown != NULL && *self->shown == '\0';
  const char *text = self->shown != NULL ? self->shown : "";

  if (is_silent)
    /* Translators: beneath a prompt, where nothing is told to the model of which photo is the subject. */
    text = _("Nothing is said of the roles");

  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (self->reset_button, dio_composition_get_roles (self->composition) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), self->shown != NULL || is_editing (self));
}

static void
stop_editing (DioRoleSentence *self)
{
  gtk_stack_set_visible_child (self->stack, self->button);
  show (self);
}

static void
clicked_cb (DioRoleSentence *self)
{
  g_free (self->before);
  self->before = g_strdup (dio_composition_get_roles (self->composition));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->shown != NULL ? self->shown : "");
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->entry));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/* At once, for Ctrl+Enter sends from here too. The generated words are none of the
 * person's: they go on following. */
static void
typed_cb (DioRoleSentence *self)
{
  g_autofree char *text = NULL;

  if (!is_editing (self))
    return;

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  dio_composition_set_roles (self->composition, g_strcmp0 (text, self->generated) == 0 ? NULL : text);
}

static void
activated_cb (DioRoleSentence *self)
{
  stop_editing (self);
  gtk_widget_grab_focus (self->button);
}

static void
left_cb (DioRoleSentence *self)
{
  if (is_editing (self))
    stop_editing (self);
}

static gboolean
key_pressed_cb (DioRoleSentence *self,
                guint            key)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;

  dio_composition_set_roles (self->composition, self->before);
  activated_cb (self);
  return GDK_EVENT_STOP;
}

static void
reset_cb (DioRoleSentence *self)
{
  dio_composition_set_roles (self->composition, NULL);
  activated_cb (self);
}

static void
dio_role_sentence_dispose (GObject *object)
{
  DioRoleSentence *self = DIO_ROLE_SENTENCE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_ROLE_SENTENCE);
  g_clear_object (&self->composition);

  G_OBJECT_CLASS (dio_role_sentence_parent_class)->dispose (object);
}

static void
dio_role_sentence_finalize (GObject *object)
{
  DioRoleSentence *self = DIO_ROLE_SENTENCE (object);

  g_free (self->generated);
  g_free (self->shown);
  g_free (self->before);

  G_OBJECT_CLASS (dio_role_sentence_parent_class)->finalize (object);
}

static void
dio_role_sentence_class_init (DioRoleSentenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dio_role_sentence_dispose;
  object_class->finalize = dio_role_sentence_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/prompt/dio-role-sentence.ui");
  gtk_widget_class_bind_template_child (widget_class, DioRoleSentence, box);
  gtk_widget_class_bind_template_child (widget_class, DioRoleSentence, stack);
  gtk_widget_class_bind_template_child (widget_class, DioRoleSentence, button);
  gtk_widget_class_bind_template_child (widget_class, DioRoleSentence, label);
  gtk_widget_class_bind_template_child (widget_class, DioRoleSentence, entry);
  gtk_widget_class_bind_template_child (widget_class, DioRoleSentence, reset_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
dio_role_sentence_init (DioRoleSentence *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_role_sentence_set_composition (DioRoleSentence *self,
                                   DioComposition  *composition)
{
  g_return_if_fail (self->composition == NULL);

  self->composition = g_object_ref (composition);
}

/* What the chosen model would be told of the composition as it is now; NULL where
 * none is chosen. */
void
dio_role_sentence_update (DioRoleSentence *self,
                          DioModelInfo    *model)
{
  g_clear_pointer (&self->generated, g_free);
  g_clear_pointer (&self->shown, g_free);

  if (model != NULL)
    {
      DioMentionStyle style = dio_model_info_get_spec (model)->mention_style;
      g_autoptr(DioRequest) request = dio_request_new_to_estimate (self->composition, model);

      self->generated = dio_wire_prompt_dup_roles (request, style);
      self->shown = dio_wire_prompt_dup_lead (request, style);
    }

  show (self);
}
