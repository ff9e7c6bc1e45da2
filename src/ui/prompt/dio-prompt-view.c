/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a prompt. Mentions stay text, so that copying, the cursor and
 * screen readers get words; a tag colours their letters and a chip is drawn
 * under them in the colour of the role. */

#include "config.h"

#include "dio-prompt-view.h"

#include "dio-composition-watch.h"
#include "dio-drop.h"
#include "dio-typing.h"

#define CHIP_PADDING 3
#define CHIP_EDGE 6 /* more room beside what stands before and after it */
#define CHIP_RADIUS 6

/* A mention as it is shown: the prompt's own may be gone by the next frame. */
typedef struct
{
  int     start; /* in characters */
  int     end;
  DioRole role;
} Chip;

struct _DioPromptView
{
  GtkTextView parent_instance;

  /* Owned */
  DioComposition      *composition;
  DioCompositionWatch *watch;
  GArray              *chips;

  /* Borrowed; the buffer's */
  GtkTextTag          *tag;
  GtkTextTag          *edge_tag;

  gboolean             is_loading; /* the buffer follows the prompt, not the person */
};

G_DEFINE_FINAL_TYPE (DioPromptView, dio_prompt_view, GTK_TYPE_TEXT_VIEW)

static const GdkRGBA role_colours[] = {
  [DIO_ROLE_SUBJECT] = { 0.102f, 0.443f, 0.847f, 1 }, /* #1a71d8 */
  [DIO_ROLE_SCENE] = { 0.118f, 0.518f, 0.353f, 1 },   /* #1e845a */
  [DIO_ROLE_STYLE] = { 0.569f, 0.255f, 0.675f, 1 },   /* #9141ac */
};

static GtkTextBuffer *
get_buffer (DioPromptView *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

static char *
dup_buffer_text (DioPromptView *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
get_iters (DioPromptView *self,
           const Chip    *chip,
           GtkTextIter   *start,
           GtkTextIter   *end)
{
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), start, chip->start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), end, chip->end);
}

/* Without this the chip would be drawn over the words beside it. */
static void
widen_edges (DioPromptView     *self,
             const GtkTextIter *start,
             const GtkTextIter *end)
{
  GtkTextIter before = *start;
  GtkTextIter after = *end;

  if (gtk_text_iter_backward_char (&before))
    gtk_text_buffer_apply_tag (get_buffer (self), self->edge_tag, &before, start);
  gtk_text_iter_forward_char (&after);
  gtk_text_buffer_apply_tag (get_buffer (self), self->edge_tag, end, &after);
}

static void
add_chip (DioPromptView    *self,
          const char       *text,
          const DioMention *mention)
{
  Chip chip = {
    .start = g_utf8_pointer_to_offset (text, text + mention->start),
    .end = g_utf8_pointer_to_offset (text, text + mention->end),
    .role = dio_reference_get_role (mention->reference),
  };
  GtkTextIter start;
  GtkTextIter end;

  g_array_append_val (self->chips, chip);
  get_iters (self, &chip, &start, &end);
  gtk_text_buffer_apply_tag (get_buffer (self), self->tag, &start, &end);
  widen_edges (self, &start, &end);
}

static void
highlight (DioPromptView *self)
{
  DioPrompt *prompt = dio_composition_get_prompt (self->composition);
  g_autofree char *text = dio_prompt_dup_text (prompt);
  g_autoptr(GArray) mentions = dio_prompt_dup_mentions (prompt);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_remove_tag (get_buffer (self), self->tag, &start, &end);
  gtk_text_buffer_remove_tag (get_buffer (self), self->edge_tag, &start, &end);
  g_array_set_size (self->chips, 0);

  for (guint i = 0; i < mentions->len; i++)
    add_chip (self, text, &g_array_index (mentions, DioMention, i));

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What the prompt says, after a name or the whole prompt was set elsewhere. The
 * cursor stays at its word, or goes to where something came back. */
static void
load_text (DioPromptView *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  g_autofree char *text = dio_prompt_dup_text (dio_composition_get_prompt (self->composition));
  g_autofree char *shown = dup_buffer_text (self);
  DioTyping typing;
  GtkTextIter start;
  GtkTextIter end;

  if (g_str_equal (text, shown))
    return;

  dio_typing_init (&typing, shown, text);
  gtk_text_buffer_get_iter_at_offset (buffer, &start, g_utf8_pointer_to_offset (shown, shown + typing.start));
  gtk_text_buffer_get_iter_at_offset (buffer, &end,
                                      g_utf8_pointer_to_offset (shown, shown + typing.start + typing.removed));

  self->is_loading = TRUE;
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text + typing.start, typing.inserted);
  self->is_loading = FALSE;
}

static void
composition_changed_cb (DioPromptView *self)
{
  load_text (self);
  highlight (self);
}

/* A photo that comes, or comes back, is bound to what already mentions it. */
static void
references_changed_cb (DioPromptView *self)
{
  DioPrompt *prompt = dio_composition_get_prompt (self->composition);
  g_autofree char *text = dio_prompt_dup_text (prompt);

  dio_prompt_set_text (prompt, text);
}

static void
buffer_changed_cb (DioPromptView *self)
{
  g_autofree char *text = NULL;

  if (self->is_loading || self->composition == NULL)
    return;

  text = dup_buffer_text (self);
  dio_prompt_set_text (dio_composition_get_prompt (self->composition), text);
}

static void
draw_chip (DioPromptView     *self,
           GtkSnapshot       *snapshot,
           const GtkTextIter *start,
           const GtkTextIter *end,
           DioRole            role)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  GdkRectangle first;
  GdkRectangle last;
  graphene_rect_t bounds;
  GskRoundedRect outline;

  gtk_text_view_get_iter_location (view, start, &first);
  gtk_text_view_get_iter_location (view, end, &last);

  /* The end of a mention that ends its line is on the next one. */
  if (last.y != first.y)
    {
      GtkTextIter before = *end;

      gtk_text_iter_backward_char (&before);
      gtk_text_view_get_iter_location (view, &before, &last);
      last.x += last.width;
    }

  graphene_rect_init (&bounds,
                      MIN (first.x, last.x) - CHIP_PADDING, first.y - 1,
                      ABS (last.x - first.x) + 2 * CHIP_PADDING, first.height + 2);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, CHIP_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &role_colours[role], &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
dio_prompt_view_snapshot_layer (GtkTextView      *view,
                                GtkTextViewLayer  layer,
                                GtkSnapshot      *snapshot)
{
  DioPromptView *self = DIO_PROMPT_VIEW (view);

  if (layer != GTK_TEXT_VIEW_LAYER_BELOW_TEXT)
    return;

  for (guint i = 0; i < self->chips->len; i++)
    {
      Chip *chip = &g_array_index (self->chips, Chip, i);
      GtkTextIter start;
      GtkTextIter end;

      get_iters (self, chip, &start, &end);

      /* Moved by typing: the chips are made anew in a moment. */
      if (gtk_text_iter_starts_tag (&start, self->tag))
        draw_chip (self, snapshot, &start, &end, chip->role);
    }
}

/* A copied picture is no text, and is meant for the strip. */
static void
dio_prompt_view_paste_clipboard (GtkTextView *view)
{
  GdkContentFormats *formats = gdk_clipboard_get_formats (gtk_widget_get_clipboard (GTK_WIDGET (view)));

  if (dio_drop_is_welcome (formats) && !gdk_content_formats_contain_mime_type (formats, "text/plain"))
    gtk_widget_activate_action (GTK_WIDGET (view), "win.paste", NULL);
  else
    GTK_TEXT_VIEW_CLASS (dio_prompt_view_parent_class)->paste_clipboard (view);
}

static void
dio_prompt_view_dispose (GObject *object)
{
  DioPromptView *self = DIO_PROMPT_VIEW (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->composition);

  G_OBJECT_CLASS (dio_prompt_view_parent_class)->dispose (object);
}

static void
dio_prompt_view_finalize (GObject *object)
{
  DioPromptView *self = DIO_PROMPT_VIEW (object);

  g_array_unref (self->chips);

  G_OBJECT_CLASS (dio_prompt_view_parent_class)->finalize (object);
}

static void
dio_prompt_view_class_init (DioPromptViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkTextViewClass *text_view_class = GTK_TEXT_VIEW_CLASS (klass);

  object_class->dispose = dio_prompt_view_dispose;
  object_class->finalize = dio_prompt_view_finalize;
  text_view_class->snapshot_layer = dio_prompt_view_snapshot_layer;
  text_view_class->paste_clipboard = dio_prompt_view_paste_clipboard;
}

static void
dio_prompt_view_init (DioPromptView *self)
{
  GdkRGBA white = { 1, 1, 1, 1 };

  self->chips = g_array_new (FALSE, FALSE, sizeof (Chip));

  /* It would bring text back without what mentions are bound to. */
  gtk_text_buffer_set_enable_undo (get_buffer (self), FALSE);
  self->tag = gtk_text_buffer_create_tag (get_buffer (self), NULL,
                                          "weight", PANGO_WEIGHT_BOLD,
                                          "foreground-rgba", &white,
                                          NULL);
  self->edge_tag = gtk_text_buffer_create_tag (get_buffer (self), NULL,
                                               "letter-spacing", CHIP_EDGE * PANGO_SCALE,
                                               NULL);
  g_signal_connect_object (get_buffer (self), "changed", G_CALLBACK (buffer_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

void
dio_prompt_view_set_composition (DioPromptView  *self,
                                 DioComposition *composition)
{
  g_return_if_fail (self->composition == NULL);

  self->composition = g_object_ref (composition);
  self->watch = dio_composition_watch_new (composition);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (composition_changed_cb),
                           self, G_CONNECT_SWAPPED);

  /* At once, or what is typed in the meantime would bring back what was undone. */
  g_signal_connect_object (dio_composition_get_prompt (composition), "changed", G_CALLBACK (load_text),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dio_composition_get_references (composition), "items-changed",
                           G_CALLBACK (references_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* At the cursor, in the place of what is selected. */
static void
begin_insert (DioPromptView *self,
              GtkTextIter   *iter)
{
  GtkTextBuffer *buffer = get_buffer (self);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (buffer, iter, gtk_text_buffer_get_insert (buffer));
}

static void
end_insert (DioPromptView *self,
            GtkTextIter   *iter,
            GString       *text)
{
  /* With a space where a word would touch it. */
  if (!g_unichar_ispunct (gtk_text_iter_get_char (iter)) && !g_unichar_isspace (gtk_text_iter_get_char (iter)))
    g_string_append_c (text, ' ');

  gtk_text_buffer_insert (get_buffer (self), iter, text->str, text->len);
  gtk_text_buffer_end_user_action (get_buffer (self));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
dio_prompt_view_insert_mention (DioPromptView *self,
                                const char    *name)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GtkTextIter iter;
  GtkTextIter before;

  begin_insert (self, &iter);
  before = iter;
  if (gtk_text_iter_backward_char (&before))
    {
      gunichar c = gtk_text_iter_get_char (&before);

      /* An “@” just typed begins this very mention. */
      if (c == '@')
        gtk_text_buffer_delete (get_buffer (self), &before, &iter);
      else if (!g_unichar_isspace (c))
        g_string_append_c (text, ' ');
    }

  g_string_append_printf (text, "@%s", name);
  end_insert (self, &iter, text);
}

/* Whole sentences. */
void
dio_prompt_view_insert_text (DioPromptView *self,
                             const char    *words)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GtkTextIter iter;
  GtkTextIter before;

  begin_insert (self, &iter);
  before = iter;
  if (gtk_text_iter_backward_char (&before) && !g_unichar_isspace (gtk_text_iter_get_char (&before)))
    g_string_append_c (text, ' ');

  g_string_append (text, words);
  end_insert (self, &iter, text);
}
