/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, roles and notes in words. */

#include "config.h"

#include "dio-words.h"

#include "dio-prepared.h"

#include <glib/gi18n.h>

/**
 * dio_role_get_title:
 * @role: what a photo is for
 *
 * Returns: it, in a word
 */
const char *
dio_role_get_title (DioRole role)
{
  switch (role)
    {
    case DIO_ROLE_SUBJECT:
      /* Translators: what a photo is for: a thing to be placed. */
      return _("Subject");
    case DIO_ROLE_SCENE:
      /* Translators: what a photo is for: the place a thing is put in. */
      return _("Scene");
    case DIO_ROLE_STYLE:
      /* Translators: what a photo is for: the manner the whole is painted in. */
      return _("Style");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * dio_account_name_to_text:
 * @name: (nullable): of an account
 *
 * The first account is not named by the person.
 *
 * Returns: (transfer none): what it is called
 */
const char *
dio_account_name_to_text (const char *name)
{
  if (g_strcmp0 (name, "default") == 0)
    /* Translators: the account at a provider that was made first, until it is given a name. */
    return _("Default account");

  return name;
}

/**
 * dio_format_seconds:
 * @seconds: how long something took
 *
 * Returns: (transfer full): it, no more exactly than matters
 */
char *
dio_format_seconds (double seconds)
{
  if (seconds < 10)
    /* Translators: a short time, in seconds: “2.4 s”. */
    return g_strdup_printf (_("%.1f s"), seconds);
  if (seconds < 90)
    /* Translators: a time in whole seconds: “38 s”. */
    return g_strdup_printf (_("%.0f s"), seconds);

  /* Translators: a time in minutes and seconds: “2 min 5 s”. */
  return g_strdup_printf (_("%d min %d s"), (int) seconds / 60, (int) seconds % 60);
}

/**
 * dio_format_date:
 * @microseconds: since 1970
 *
 * Returns: (transfer full): the local day and time, for what is read another day, too
 */
char *
dio_format_date (gint64 microseconds)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%c") : g_strdup ("–");
}

/**
 * dio_format_size:
 * @width: in pixels
 * @height: in pixels
 *
 * Returns: (transfer full): the size of a picture
 */
char *
dio_format_size (int width,
                 int height)
{
  /* Translators: width and height of a picture in pixels: “2048 × 1536”. */
  return g_strdup_printf (_("%d × %d"), width, height);
}

static char *
format_wrong_clock (const char *number)
{
  gulong minutes = strtoul (number, NULL, 10);

  return g_strdup_printf (ngettext ("The clock of this computer is wrong by %lu minute: the provider’s time was used",
                                    "The clock of this computer is wrong by %lu minutes: the provider’s time was used",
                                    minutes),
                          minutes);
}

/**
 * dio_format_note:
 * @note: what a person should be told
 *
 * Returns: (transfer full): it, as a sentence
 */
char *
dio_format_note (const DioNote *note)
{
  switch (note->kind)
    {
    case DIO_NOTE_CHECK_EDGES:
      /* Translators: %s is the name of a photo whose cut-out may not be exact. */
      return g_strdup_printf (_("Check the edges of “%s”"), note->name);
    case DIO_NOTE_BUSY_BACKDROP:
      /* Translators: %s is the name of a photo from which nothing could be cut out. */
      return g_strdup_printf (_("“%s” could not be told from its background: it is placed as a whole photo"), note->name);
    case DIO_NOTE_NOT_USED:
      /* Translators: %s is the name of a photo that the model had no place for. */
      return g_strdup_printf (_("“%s” was not used"), note->name);
    case DIO_NOTE_FIRST_FRAME:
      /* Translators: %s is the name of a photo that turned out to be an animation. */
      return g_strdup_printf (_("Only the first frame of “%s” was used"), note->name);
    case DIO_NOTE_CMYK:
      /* Translators: %s is the name of a photo. */
      return g_strdup_printf (_("“%s” is made for print: its colours are approximate"), note->name);
    case DIO_NOTE_WRONG_CLOCK:
      return format_wrong_clock (note->name);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * dio_format_model:
 * @provider: (nullable): who has the model
 * @model: a model
 *
 * Returns: (transfer full): both names, unless the one begins with the other
 */
char *
dio_format_model (DioProvider  *provider,
                  DioModelInfo *model)
{
  const char *title = _(dio_model_info_get_title (model));
  const char *name = provider != NULL ? _(dio_provider_get_display_name (provider)) : "";

  if (g_str_has_prefix (title, name))
    return g_strdup (title);

  /* Translators: a provider and one of its models: “Runware · Nano Banana 2”. */
  return g_strdup_printf (_("%1$s · %2$s"), name, title);
}

static char *
format_role_limit (const char *model,
                   DioRole     role,
                   guint       n)
{
  switch (role)
    {
    case DIO_ROLE_SUBJECT:
      /* Translators: why a photo is left out. %1$s is a provider’s model, as in
       * “This Computer takes 4 subjects”. */
      return g_strdup_printf (ngettext ("%1$s takes %2$u subject", "%1$s takes %2$u subjects", n), model, n);
    case DIO_ROLE_SCENE:
      /* Translators: why a photo is left out: “This Computer takes 1 scene”. */
      return g_strdup_printf (ngettext ("%1$s takes %2$u scene", "%1$s takes %2$u scenes", n), model, n);
    case DIO_ROLE_STYLE:
      /* Translators: why a photo is left out: “This Computer takes 1 style”. */
      return g_strdup_printf (ngettext ("%1$s takes %2$u style", "%1$s takes %2$u styles", n), model, n);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * dio_format_benched:
 * @model: a model
 * @role: what a photo is for that it leaves out
 *
 * Returns: (transfer full): why it does so
 */
char *
dio_format_benched (DioModelInfo *model,
                    DioRole       role)
{
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  const char *title = _(dio_model_info_get_title (model));

  if (spec->max_of_role[role] > 0)
    return format_role_limit (title, role, spec->max_of_role[role]);

  /* Translators: why a photo is left out: “Kling takes 4 photos”. */
  return g_strdup_printf (ngettext ("%1$s takes %2$u photo", "%1$s takes %2$u photos", spec->max_references),
                          title, spec->max_references);
}

/**
 * dio_format_caption:
 * @result: a picture
 * @provider: the name of who made it
 *
 * Returns: (transfer full): what stands below it
 */
char *
dio_format_caption (DioResult  *result,
                    const char *provider)
{
  gint64 seed = dio_result_get_seed (result);
  g_autofree char *number = NULL;

  if (seed < 0)
    return g_strdup (provider);

  number = g_strdup_printf ("%" G_GINT64_FORMAT, seed);

  /* Translators: caption of a picture: who made it, and the number that it was
   * made from: “This Computer · seed 42”. */
  return g_strdup_printf (_("%1$s · seed %2$s"), provider, number);
}

/**
 * dio_join_words:
 * @words: some words
 *
 * Returns: (transfer full): them, in a row
 */
char *
dio_join_words (const char * const *words)
{
  /* Translators: what stands between words in a list of words. */
  return g_strjoinv (_(", "), (GStrv) words);
}

static const char *
get_change_text (DioPreparedChanges change)
{
  switch (change)
    {
    /* Translators: each is something that was done to a photo so that it can be sent. */
    case DIO_PREPARED_METADATA_REMOVED:
      return _("private data removed");
    case DIO_PREPARED_TURNED:
      return _("turned upright");
    case DIO_PREPARED_FIRST_FRAME:
      return _("first frame of an animation");
    case DIO_PREPARED_CONVERTED_COLOUR:
      return _("colours converted to sRGB");
    case DIO_PREPARED_FLATTENED:
      return _("transparency made white");
    case DIO_PREPARED_SCALED_DOWN:
      return _("scaled down");
    case DIO_PREPARED_SCALED_UP:
      return _("scaled up");
    case DIO_PREPARED_REENCODED:
      return _("written anew");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * dio_format_changes:
 * @changes: flags of #DioPreparedChanges
 *
 * Returns: (transfer full): how a photo that is sent differs from the one in the strip
 */
char *
dio_format_changes (guint changes)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  if (changes == 0)
    /* Translators: of a photo that is sent. */
    return g_strdup (_("not changed"));

  for (guint i = 0; i < DIO_N_PREPARED_CHANGES; i++)
    if ((changes & (1u << i)) != 0)
      g_ptr_array_add (words, (gpointer) get_change_text (1u << i));
  g_ptr_array_add (words, NULL);

  return dio_join_words ((const char * const *) words->pdata);
}
