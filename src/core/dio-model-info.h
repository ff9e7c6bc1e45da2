/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One image model of a provider: what it can take, as data. */

#pragma once

#include "dio-parameter.h"
#include "dio-role.h"

G_BEGIN_DECLS

/**
 * DioMentionStyle:
 * @DIO_MENTION_NATIVE: mentions are understood as they are typed
 * @DIO_MENTION_NAME: "the watch"
 * @DIO_MENTION_IN_IMAGE: "the watch in Image 2"
 * @DIO_MENTION_ORDINAL: "the watch from the second image"
 *
 * What a mention becomes in the prompt that is sent.
 */
typedef enum
{
  DIO_MENTION_NATIVE,
  DIO_MENTION_NAME,
  DIO_MENTION_IN_IMAGE,
  DIO_MENTION_ORDINAL,
} DioMentionStyle;

/**
 * DioModelSpec:
 * @id: never changed, unique over all providers
 * @title: as its owner writes it; translatable where it is ours
 * @summary: translatable, one sentence
 * @parameters: (array length=n_parameters): what can be set, in the panel's order
 * @max_references: how many references of all roles it takes; 0 for no limit
 * @warn_references: beyond how many of all roles it may refuse them, which nobody
 *   has documented; 0 for none
 * @max_of_role: how many of each role; 0 for no limit of its own
 * @max_prompt: longest prompt in characters; 0 for no limit
 * @prompt_required: an empty prompt is refused
 * @mention_style: what mentions become
 */
typedef struct
{
  const char         *id;
  const char         *title;
  const char         *summary;
  const DioParameter *parameters;
  guint               n_parameters;
  guint               max_references;
  guint               warn_references;
  guint               max_of_role[DIO_N_ROLES];
  guint               max_prompt;
  gboolean            prompt_required;
  DioMentionStyle     mention_style;
} DioModelSpec;

#define DIO_TYPE_MODEL_INFO (dio_model_info_get_type ())
G_DECLARE_FINAL_TYPE (DioModelInfo, dio_model_info, DIO, MODEL_INFO, GObject)

DioModelInfo       *dio_model_info_new            (const char          *provider_id,
                                                   const DioModelSpec  *spec);
const char         *dio_model_info_get_id         (DioModelInfo        *self);
const char         *dio_model_info_get_title      (DioModelInfo        *self);
const char         *dio_model_info_get_provider_id (DioModelInfo       *self);
const DioModelSpec *dio_model_info_get_spec       (DioModelInfo        *self);
const DioParameter *dio_model_info_find_parameter (DioModelInfo        *self,
                                                   const char          *name);
const DioParameter *dio_model_info_find_flagged   (DioModelInfo        *self,
                                                   DioParameterFlags    flag);
gboolean            dio_model_info_check_prompt   (DioModelInfo        *self,
                                                   const char          *prompt,
                                                   GError             **error);
GPtrArray          *dio_model_info_select         (DioModelInfo        *self,
                                                   GListModel          *references,
                                                   GPtrArray          **benched);

G_END_DECLS
