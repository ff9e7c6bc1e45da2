/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed between two texts, found by what they have in common. */

#include "config.h"

#include "dio-typing.h"

#include <string.h>

static gsize
find_common_start (const char *before,
                   const char *after)
{
  const char *p = before;
  const char *q = after;

  while (*p != '\0' && *p == *q)
    {
      p++;
      q++;
    }

  /* Not in the middle of a character. */
  while (p > before && ((guint8) *p & 0xc0) == 0x80)
    p--;

  return p - before;
}

static gsize
find_common_end (const char *before,
                 const char *after,
                 gsize       start)
{
  gsize n_before = strlen (before);
  gsize n_after = strlen (after);
  gsize most = MIN (n_before, n_after) - start;
  gsize n = 0;

  while (n < most && before[n_before - n - 1] == after[n_after - n - 1])
    n++;
  while (n > 0 && ((guint8) after[n_after - n] & 0xc0) == 0x80)
    n--;

  return n;
}

static gboolean
begins_word (const char *text,
             gsize       start)
{
  const char *p = text + start;

  return start > 0 && !g_unichar_isspace (g_utf8_get_char (p)) &&
         g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (p)));
}

static gboolean
is_blank (const char *text,
          gsize       start,
          gsize       size)
{
  for (const char *p = text + start; p < text + start + size; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;

  return size > 0;
}

/**
 * dio_typing_init:
 * @self: (out caller-allocates): what was typed
 * @before: valid UTF-8
 * @after: valid UTF-8
 */
void
dio_typing_init (DioTyping  *self,
                 const char *before,
                 const char *after)
{
  gsize start = find_common_start (before, after);
  gsize end = find_common_end (before, after, start);

  self->start = start;
  self->removed = strlen (before) - start - end;
  self->inserted = strlen (after) - start - end;
  self->begins_word = self->inserted > 0 && begins_word (after, start);
  self->is_blank = is_blank (after, start, self->inserted);
}

/**
 * dio_typing_goes_on:
 * @self: what was typed
 * @last: what was typed before it
 *
 * Returns: whether both are one step to a person: letters of one word and the
 *   blanks around it, or characters deleted one after the other
 */
gboolean
dio_typing_goes_on (const DioTyping *self,
                    const DioTyping *last)
{
  if (self->removed == 0 && last->inserted > 0)
    return self->start == last->start + last->inserted && (!self->begins_word || last->is_blank);

  if (self->inserted == 0 && last->inserted == 0)
    return self->start == last->start || self->start + self->removed == last->start;

  return FALSE;
}

/**
 * dio_typing_join:
 * @self: what was typed
 * @last: what it goes on from
 *
 * The next word goes on from both only if no other is in them.
 */
void
dio_typing_join (DioTyping       *self,
                 const DioTyping *last)
{
  self->is_blank = self->is_blank && last->is_blank;
}
