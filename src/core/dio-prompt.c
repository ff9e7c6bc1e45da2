/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person wrote. It is kept as pieces of text and mentions; a mention is
 * the reference itself, so that a new name or place changes nothing in it. */

#include "config.h"

#include "dio-prompt.h"

#include <string.h>

typedef struct
{
  char         *text;      /* (owned) (nullable): NULL for a mention */
  DioReference *reference; /* (owned) (nullable) */
} Piece;

struct _DioPrompt
{
  GObject     parent_instance;

  GListModel *references; /* (owned): the strip, for binding names */
  GPtrArray  *pieces;     /* (owned) (element-type Piece) */
};

G_DEFINE_FINAL_TYPE (DioPrompt, dio_prompt, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
piece_free (Piece *piece)
{
  g_free (piece->text);
  g_clear_object (&piece->reference);
  g_free (piece);
}

static void
name_changed_cb (DioReference *reference,
                 GParamSpec   *pspec,
                 DioPrompt    *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_pieces (DioPrompt *self)
{
  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);

      if (piece->reference != NULL)
        g_signal_handlers_disconnect_by_func (piece->reference, name_changed_cb, self);
    }

  g_ptr_array_set_size (self->pieces, 0);
}

static void
dio_prompt_finalize (GObject *object)
{
  DioPrompt *self = DIO_PROMPT (object);

  drop_pieces (self);
  g_clear_pointer (&self->pieces, g_ptr_array_unref);
  g_clear_object (&self->references);

  G_OBJECT_CLASS (dio_prompt_parent_class)->finalize (object);
}

static void
dio_prompt_class_init (DioPromptClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_prompt_finalize;

  /**
   * DioPrompt::changed:
   *
   * The text is another one: it was set, or a mentioned reference got a new name.
   */
  signals[CHANGED] =
    g_signal_new ("changed", DIO_TYPE_PROMPT, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_prompt_init (DioPrompt *self)
{
  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
}

/**
 * dio_prompt_new:
 * @references: (element-type DioReference): the strip that mentions are bound to
 *
 * Returns: (transfer full): an empty prompt
 */
DioPrompt *
dio_prompt_new (GListModel *references)
{
  DioPrompt *self = g_object_new (DIO_TYPE_PROMPT, NULL);

  self->references = g_object_ref (references);

  return self;
}

static DioReference *
find_reference (DioPrompt  *self,
                const char *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);

  for (guint i = 0; i < g_list_model_get_n_items (self->references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (self->references, i);
      g_autofree char *folded = g_utf8_casefold (dio_reference_get_name (reference), -1);

      if (g_str_equal (folded, wanted))
        return reference;
    }

  return NULL;
}

static void
add_text (GPtrArray  *pieces,
          const char *start,
          const char *end)
{
  Piece *piece;

  if (start == end)
    return;

  piece = g_new0 (Piece, 1);
  piece->text = g_strndup (start, end - start);
  g_ptr_array_add (pieces, piece);
}

static void
add_mention (DioPrompt    *self,
             DioReference *reference)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->reference = g_object_ref (reference);
  g_ptr_array_add (self->pieces, piece);

  /* Once for each mention; drop_pieces() takes away all of one reference. */
  g_signal_handlers_disconnect_by_func (reference, name_changed_cb, self);
  g_signal_connect (reference, "notify::name", G_CALLBACK (name_changed_cb), self);
}

/**
 * dio_prompt_find_name_end:
 * @p: behind an "@"
 *
 * Returns: the end of the longest name that can start at @p, which is @p where
 *   none can
 */
const char *
dio_prompt_find_name_end (const char *p)
{
  const char *end = p;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_')
        end = g_utf8_next_char (p);
      else if (c != '-')
        break;
    }

  return end;
}

/**
 * dio_prompt_set_text:
 * @self: a prompt
 * @text: valid UTF-8; `@name` of a reference in the strip becomes a mention
 */
void
dio_prompt_set_text (DioPrompt  *self,
                     const char *text)
{
  g_autofree char *old = NULL;
  const char *start = text;

  g_return_if_fail (DIO_IS_PROMPT (self));
  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  old = dio_prompt_dup_text (self);
  drop_pieces (self);

  for (const char *at = strchr (text, '@'); at != NULL; at = strchr (at, '@'))
    {
      const char *end = dio_prompt_find_name_end (at + 1);
      g_autofree char *name = g_strndup (at + 1, end - at - 1);
      DioReference *reference = find_reference (self, name);

      if (reference != NULL)
        {
          add_text (self->pieces, start, at);
          add_mention (self, reference);
          start = end;
        }

      at = MAX (end, at + 1);
    }

  add_text (self->pieces, start, start + strlen (start));

  if (!g_str_equal (old, text))
    g_signal_emit (self, signals[CHANGED], 0);
}

static char *
make_text (DioPrompt *self,
           GArray    *mentions)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (self->pieces, i);
      DioMention mention = { .start = text->len, .reference = piece->reference };

      if (piece->reference == NULL)
        {
          g_string_append (text, piece->text);
          continue;
        }

      g_string_append_c (text, '@');
      g_string_append (text, dio_reference_get_name (piece->reference));
      mention.end = text->len;
      if (mentions != NULL)
        g_array_append_val (mentions, mention);
    }

  return g_string_free (text, FALSE);
}

/**
 * dio_prompt_dup_text:
 * @self: a prompt
 *
 * Returns: (transfer full): the text with mentions as `@name`, by their names
 *   of now
 */
char *
dio_prompt_dup_text (DioPrompt *self)
{
  g_return_val_if_fail (DIO_IS_PROMPT (self), NULL);

  return make_text (self, NULL);
}

/**
 * dio_prompt_dup_mentions:
 * @self: a prompt
 *
 * Returns: (transfer full) (element-type DioMention): where mentions stand in
 *   the text, in order; valid until the prompt changes. A mention whose
 *   reference has left the strip is still there.
 */
GArray *
dio_prompt_dup_mentions (DioPrompt *self)
{
  g_autoptr(GArray) mentions = g_array_new (FALSE, FALSE, sizeof (DioMention));
  g_autofree char *text = NULL;

  g_return_val_if_fail (DIO_IS_PROMPT (self), NULL);

  text = make_text (self, mentions);

  return g_steal_pointer (&mentions);
}

/**
 * dio_prompt_restore:
 * @self: a prompt
 * @text: what dio_prompt_dup_text() gave
 * @mentions: (element-type DioMention): what dio_prompt_dup_mentions() gave at the
 *   same time, of references that have their names of then
 *
 * Binds mentions to what they were bound to, wherever that is now.
 */
void
dio_prompt_restore (DioPrompt  *self,
                    const char *text,
                    GArray     *mentions)
{
  g_autofree char *old = NULL;
  const char *start = text;

  g_return_if_fail (DIO_IS_PROMPT (self));
  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  old = dio_prompt_dup_text (self);
  drop_pieces (self);

  for (guint i = 0; i < mentions->len; i++)
    {
      const DioMention *mention = &g_array_index (mentions, DioMention, i);

      add_text (self->pieces, start, text + mention->start);
      add_mention (self, mention->reference);
      start = text + mention->end;
    }

  add_text (self->pieces, start, start + strlen (start));

  if (!g_str_equal (old, text))
    g_signal_emit (self, signals[CHANGED], 0);
}
