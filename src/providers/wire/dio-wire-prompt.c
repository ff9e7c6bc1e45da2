/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compiles a prompt: each mention becomes what the model reads there. */

#include "config.h"

#include "wire/dio-wire-prompt.h"

#include "dio-prompt.h"
#include "wire/dio-wire-words-private.h"

#include <string.h>

static gboolean
find_reference (DioRequest *request,
                const char *start,
                const char *end,
                guint      *position)
{
  g_autofree char *wanted = g_utf8_casefold (start, end - start);

  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      g_autofree char *folded = g_utf8_casefold (dio_request_get_reference (request, i)->name, -1);

      if (g_str_equal (folded, wanted))
        {
          *position = i;
          return TRUE;
        }
    }

  return FALSE;
}

/* A camera's name tells nothing: "the subject", and which where there are more. */
static char *
dup_role_noun (DioRequest *request,
               guint       position)
{
  DioRole role = dio_request_get_reference (request, position)->role;
  g_autofree char *ordinal = NULL;
  guint n_of_role = 0;
  guint rank = 0;

  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      if (dio_request_get_reference (request, i)->role != role)
        continue;
      if (i < position)
        rank++;
      n_of_role++;
    }

  if (n_of_role == 1)
    return g_strdup (dio_role_get_nick (role));

  ordinal = dio_wire_words_ordinal (rank);

  return g_strdup_printf ("%s %s", ordinal, dio_role_get_nick (role));
}

static char *
dup_noun (DioRequest *request,
          guint       position)
{
  const char *name = dio_request_get_reference (request, position)->name;

  return dio_wire_words_is_camera (name) ? dup_role_noun (request, position)
                                         : dio_wire_words_speak (name);
}

static char *
dup_position (DioMentionStyle style,
              guint           position)
{
  g_autofree char *ordinal = NULL;

  if (style == DIO_MENTION_IN_IMAGE)
    return g_strdup_printf ("Image %u", position + 1);

  ordinal = dio_wire_words_ordinal (position);

  return g_strdup_printf ("the %s image", ordinal);
}

static void
append_noun (GString       *text,
             DioRequest    *request,
             guint          position,
             DioWireBefore  before)
{
  g_autofree char *noun = dup_noun (request, position);

  if (before == DIO_WIRE_BEFORE_NOTHING)
    g_string_append (text, "the ");
  g_string_append (text, noun);
}

/* "Image 2" and "the second image" bring, or are, an article of their own. */
static void
append_alone (GString    *text,
              const char *phrase,
              gsize       article)
{
  gboolean capital = article < text->len && g_ascii_isupper (text->str[article]);

  g_string_truncate (text, article);
  g_string_append_c (text, capital ? g_ascii_toupper (*phrase) : *phrase);
  g_string_append (text, phrase + 1);
}

static void
append_mention (GString         *text,
                DioRequest      *request,
                DioMentionStyle  style,
                guint            position,
                const char      *rest)
{
  gboolean linked;
  gsize article;
  DioWireBefore before = dio_wire_words_look_before (text->str, &article, &linked);
  gboolean possess = dio_wire_words_possess (rest);
  g_autofree char *phrase = NULL;

  /* Behind "my watch's" there is no place for a position. */
  if (style == DIO_MENTION_NAME || dio_wire_words_tell_position (rest) ||
      (possess && before == DIO_WIRE_BEFORE_OTHER))
    {
      append_noun (text, request, position, before);
      return;
    }

  phrase = dup_position (style, position);
  if (before != DIO_WIRE_BEFORE_OTHER &&
      (linked || possess || dio_wire_words_is_camera (dio_request_get_reference (request, position)->name)))
    {
      append_alone (text, phrase, article);
      return;
    }

  append_noun (text, request, position, before);
  g_string_append_printf (text, " %s %s", style == DIO_MENTION_IN_IMAGE ? "in" : "from", phrase);
}

static char *
compile_mentions (DioRequest      *request,
                  DioMentionStyle  style,
                  const char      *start)
{
  GString *text = g_string_new (NULL);

  for (const char *at = strchr (start, '@'); at != NULL; at = strchr (at, '@'))
    {
      const char *end = dio_prompt_find_name_end (at + 1);
      guint position;

      if (find_reference (request, at + 1, end, &position))
        {
          g_string_append_len (text, start, at - start);
          append_mention (text, request, style, position, end);
          start = end;
        }

      at = MAX (end, at + 1);
    }

  g_string_append (text, start);

  return g_string_free (text, FALSE);
}

static gboolean
takes_sentence (DioMentionStyle style)
{
  return style == DIO_MENTION_IN_IMAGE || style == DIO_MENTION_ORDINAL;
}

static gboolean
has_roles (DioRequest *request)
{
  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      if (dio_request_get_reference (request, i)->role != DIO_ROLE_SUBJECT)
        return TRUE;
    }

  return FALSE;
}

static gboolean
speaks_of_all (DioRequest *request,
               const char *compiled)
{
  guint n_references = dio_request_get_n_references (request);
  guint64 told = dio_wire_words_find_told (compiled);

  for (guint i = 0; i < n_references; i++)
    {
      if (i >= 64 || (told & (G_GUINT64_CONSTANT (1) << i)) == 0)
        return FALSE;
    }

  return TRUE;
}

/* "a", "a and b", "a, b and c" */
static char *
join_list (GPtrArray *items)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      if (i > 0)
        g_string_append (list, i + 1 == items->len ? " and " : ", ");
      g_string_append (list, g_ptr_array_index (items, i));
    }

  return g_string_free (list, FALSE);
}

static char *
dup_role_clause (DioRequest      *request,
                 DioMentionStyle  style,
                 DioRole          role)
{
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  const char *nick = dio_role_get_nick (role);
  gboolean plural;

  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      if (dio_request_get_reference (request, i)->role == role)
        g_ptr_array_add (members, style == DIO_MENTION_IN_IMAGE ? g_strdup_printf ("%u", i + 1)
                                                                : dio_wire_words_ordinal (i));
    }

  if (members->len == 0)
    return NULL;

  list = join_list (members);
  plural = members->len > 1;
  if (style == DIO_MENTION_IN_IMAGE)
    return g_strdup_printf ("%s %s %s the %s%s", plural ? "Images" : "Image", list,
                            plural ? "are" : "is", nick, plural ? "s" : "");

  return g_strdup_printf ("the %s %s %s the %s%s", list, plural ? "images" : "image",
                          plural ? "are" : "is", nick, plural ? "s" : "");
}

/**
 * dio_wire_prompt_dup_roles:
 * @request: a request
 * @style: what mentions become
 *
 * A request whose references are all subjects is one where no role was set by
 * hand.
 *
 * Returns: (transfer full) (nullable): a sentence that says which image is which;
 *   %NULL where the model gets the roles otherwise, or where no role was set
 */
char *
dio_wire_prompt_dup_roles (DioRequest      *request,
                           DioMentionStyle  style)
{
  g_autoptr(GPtrArray) clauses = NULL;
  g_autofree char *list = NULL;

  g_return_val_if_fail (DIO_IS_REQUEST (request), NULL);

  if (!takes_sentence (style) || !has_roles (request))
    return NULL;

  clauses = g_ptr_array_new_with_free_func (g_free);
  for (guint role = 0; role < DIO_N_ROLES; role++)
    {
      char *clause = dup_role_clause (request, style, role);

      if (clause != NULL)
        g_ptr_array_add (clauses, clause);
    }

  list = join_list (clauses);
  *list = g_ascii_toupper (*list);

  return g_strconcat (list, ".", NULL);
}

static char *
make_lead (DioRequest      *request,
           DioMentionStyle  style,
           const char      *compiled)
{
  const char *words = dio_request_get_roles (request);

  if (words == NULL)
    return speaks_of_all (request, compiled) ? NULL : dio_wire_prompt_dup_roles (request, style);

  /* Without an image there is nothing to tell apart. */
  if (!takes_sentence (style) || dio_request_get_n_references (request) == 0)
    return NULL;

  return g_strstrip (compile_mentions (request, style, words));
}

/**
 * dio_wire_prompt_dup_lead:
 * @request: a request
 * @style: what mentions become
 *
 * Returns: (transfer full) (nullable): what is sent before the prompt: the words of
 *   dio_request_get_roles(), else the sentence of dio_wire_prompt_dup_roles()
 *   unless every image is spoken of by its position; %NULL where none of them is,
 *   and empty where the person wants none
 */
char *
dio_wire_prompt_dup_lead (DioRequest      *request,
                          DioMentionStyle  style)
{
  g_autofree char *compiled = NULL;

  g_return_val_if_fail (DIO_IS_REQUEST (request), NULL);

  compiled = compile_mentions (request, style, dio_request_get_prompt (request));

  return make_lead (request, style, compiled);
}

/**
 * dio_wire_prompt_compile:
 * @request: a request
 * @style: what mentions become
 *
 * A name that no reference of the request has is left as it was typed.
 *
 * Returns: (transfer full): the prompt as it is sent, behind the words of
 *   dio_wire_prompt_dup_lead()
 */
char *
dio_wire_prompt_compile (DioRequest      *request,
                         DioMentionStyle  style)
{
  g_autofree char *compiled = NULL;
  g_autofree char *lead = NULL;

  g_return_val_if_fail (DIO_IS_REQUEST (request), NULL);

  if (style == DIO_MENTION_NATIVE)
    return g_strdup (dio_request_get_prompt (request));

  compiled = compile_mentions (request, style, dio_request_get_prompt (request));
  lead = make_lead (request, style, compiled);
  if (lead == NULL || *lead == '\0')
    return g_steal_pointer (&compiled);

  return *compiled != '\0' ? g_strconcat (lead, " ", compiled, NULL) : g_steal_pointer (&lead);
}
