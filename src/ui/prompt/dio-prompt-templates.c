/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompts to begin with, about the photos in the strip. The prompts themselves are
 * English in every language, for that is what all models read well. */

#include "config.h"

#include "dio-prompt-templates.h"

#include <glib/gi18n.h>

/* %1$s is the first subject, %2$s all of them, %3$s the scene and %4$s the style. */
typedef struct
{
  const char *title;
  const char *summary;
  const char *text;
} Template;

static const Template templates[] = {
  {
    N_("Put a Product into a Scene"),
    N_("One subject, where it stands, and the light of the place"),
    "Put %1$s into %3$s: on the surface in front, a little left of the middle, as large as it really is, "
    "standing firmly with a soft shadow where it touches. Light all of it as the scene is lit. "
    "Change nothing of %1$s itself.",
  },
  {
    N_("Combine Subjects"),
    N_("Several things side by side, true to size, under one light"),
    "Show %2$s together in %3$s, side by side on the same ground, none hiding another, "
    "their sizes true to each other. One soft light from the upper left for all of them.",
  },
  {
    N_("Transfer a Style"),
    N_("The subject as it is, in the manner of another picture"),
    "Paint %1$s in the manner of %4$s: take its colours, its strokes and its light. "
    "Keep the shape and the place of everything in %1$s.",
  },
  {
    N_("Build Up in Passes"),
    N_("One change a run; the result is used as the scene of the next"),
    "Keep %3$s exactly as it is and add only %1$s: to the right, at half the height of the picture, "
    "with its shadow on the ground. The light stays that of the scene.",
  },
};

static GPtrArray *
list_mentions (DioComposition *composition,
               DioRole         role)
{
  GListModel *references = dio_composition_get_references (composition);
  GPtrArray *mentions = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      if (dio_reference_get_enabled (reference) && dio_reference_get_role (reference) == role)
        g_ptr_array_add (mentions, g_strconcat ("@", dio_reference_get_name (reference), NULL));
    }

  return mentions;
}

/* The words stand where no photo has the role yet. */
static char *
dup_first (DioComposition *composition,
           DioRole         role,
           const char     *words)
{
  g_autoptr(GPtrArray) mentions = list_mentions (composition, role);

  return g_strdup (mentions->len > 0 ? g_ptr_array_index (mentions, 0) : words);
}

/* “@watch, @mug and @vase” */
static char *
dup_all (DioComposition *composition,
         const char     *words)
{
  g_autoptr(GPtrArray) mentions = list_mentions (composition, DIO_ROLE_SUBJECT);
  GString *list = g_string_new (mentions->len == 0 ? words : NULL);

  for (guint i = 0; i < mentions->len; i++)
    {
      if (i > 0)
        g_string_append (list, i + 1 == mentions->len ? " and " : ", ");
      g_string_append (list, g_ptr_array_index (mentions, i));
    }

  return g_string_free (list, FALSE);
}

guint
dio_prompt_templates_get_n (void)
{
  return G_N_ELEMENTS (templates);
}

const char *
dio_prompt_templates_get_title (guint position)
{
  return _(templates[position].title);
}

const char *
dio_prompt_templates_get_summary (guint position)
{
  return _(templates[position].summary);
}

static void
replace (GString    *text,
         const char *mark,
         const char *words)
{
  g_string_replace (text, mark, words, 0);
}

char *
dio_prompt_templates_make (guint           position,
                           DioComposition *composition)
{
  g_autofree char *subject = dup_first (composition, DIO_ROLE_SUBJECT, "the subject");
  g_autofree char *subjects = dup_all (composition, "the subjects");
  g_autofree char *scene = dup_first (composition, DIO_ROLE_SCENE, "the scene");
  g_autofree char *style = dup_first (composition, DIO_ROLE_STYLE, "the style");
  GString *text = g_string_new (templates[position].text);

  replace (text, "%1$s", subject);
  replace (text, "%2$s", subjects);
  replace (text, "%3$s", scene);
  replace (text, "%4$s", style);

  return g_string_free (text, FALSE);
}
