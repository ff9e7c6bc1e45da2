/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a composition cannot be made yet, in words. */

#include "config.h"

#include "dio-prompt-card-private.h"

#include "dio-words.h"

#include <glib/gi18n.h>

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

/* On this computer nothing comes of words alone. */
static char *
find_local_problem (GListModel *references,
                    GPtrArray  *sent)
{
  if (g_list_model_get_n_items (references) == 0)
    /* Translators: why nothing can be made yet. */
    return g_strdup (_("Add a photo first"));
  if (!has_role (sent, DIO_ROLE_SUBJECT) && !has_role (sent, DIO_ROLE_SCENE))
    /* Translators: why nothing can be made yet. */
    return g_strdup (_("A subject or a scene is needed"));

  return NULL;
}

/* What its provider would not take although each value is inside its limits. */
static char *
find_refusal (DioProvider *provider,
              DioModelInfo *model,
              DioRequest  *request,
              GPtrArray   *sent)
{
  g_autoptr(GError) error = NULL;

  if (dio_provider_check (provider, request, &error))
    return NULL;

  if (dio_model_info_get_spec (model)->max_of_role[DIO_ROLE_SUBJECT] > 0 && !has_role (sent, DIO_ROLE_SUBJECT))
    /* Translators: why nothing can be made yet; %s is a provider’s model. */
    return g_strdup_printf (_("%s needs a subject: add a photo, or choose another role for one"),
                            _(dio_model_info_get_title (model)));

  /* Translators: why nothing can be made; the rest is a provider’s rule, in English. */
  return g_strdup_printf (_("These parameters do not go together: %s"), error->message);
}

/* NULL where it can be made; then what would be sent is in request. */
char *
dio_prompt_card_find_problem (DioPromptCard  *self,
                              const char     *text,
                              DioRequest    **request)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  DioProvider *provider = dio_prompt_card_get_provider (self);
  GListModel *references = dio_composition_get_references (self->composition);
  g_autoptr(GPtrArray) sent = NULL;
  char *problem = NULL;

  if (provider == NULL)
    return g_strdup (_("Nothing here can make pictures"));

  sent = dio_model_info_select (model, references, NULL);
  if (dio_provider_is_local (provider))
    problem = find_local_problem (references, sent);
  if (problem != NULL)
    return problem;

  *request = dio_request_new (self->composition, model, NULL);
  if (*request == NULL)
    return format_prompt_problem (model, text);

  problem = find_refusal (provider, model, *request, sent);
  if (problem != NULL)
    g_clear_object (request);

  return problem;
}
