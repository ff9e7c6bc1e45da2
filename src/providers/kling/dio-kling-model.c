/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Kling's composing of several images takes, as data. */

#include "config.h"

#include "kling/dio-kling-model.h"

#include <glib/gi18n-lib.h>

#define GROUP_IMAGE    N_("Image")
#define GROUP_ADVANCED N_("Advanced")

static const DioChoice ratios[] = {
  { "16:9", "16:9" },
  { "9:16", "9:16" },
  { "1:1", "1:1" },
  { "4:3", "4:3" },
  { "3:4", "3:4" },
  { "3:2", "3:2" },
  { "2:3", "2:3" },
  { "21:9", "21:9" },
};

static const DioParameter parameters[] = {
  {
    .name = "aspect_ratio",
    .kind = DIO_PARAMETER_CHOICE,
    .flags = DIO_PARAMETER_OPTIONAL,
    .title = N_("Aspect ratio"),
    .help = N_("Width to height"),
    .group = GROUP_IMAGE,
    .choices = ratios,
    .n_choices = G_N_ELEMENTS (ratios),
  },
  {
    .name = "n",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_COUNT,
    .title = N_("Images"),
    .help = N_("Each is paid for, and takes one of the account’s places"),
    .group = GROUP_IMAGE,
    .minimum = 1,
    .maximum = 9,
    .step = 1,
    .fallback = 1,
  },
  {
    .name = "callback_url",
    .kind = DIO_PARAMETER_TEXT,
    .flags = DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_PRIVATE,
    .title = N_("Callback address"),
    .help = N_("A server of your own that is told of each change of the task"),
    .group = GROUP_ADVANCED,
  },
  {
    .name = "external_task_id",
    .kind = DIO_PARAMETER_TEXT,
    .flags = DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_PRIVATE | DIO_PARAMETER_JOB_ID,
    .title = N_("Own task number"),
    .help = N_("Never the same twice in an account; made for each task where unset"),
    .group = GROUP_ADVANCED,
  },
};

#define KLING_MODEL(id_, title_, summary_) \
  {                                        \
    .id = id_,                             \
    .title = title_,                       \
    .summary = summary_,                   \
    .parameters = parameters,              \
    .n_parameters = G_N_ELEMENTS (parameters), \
    .max_of_role = {                       \
      [DIO_ROLE_SUBJECT] = 4,              \
      [DIO_ROLE_SCENE] = 1,                \
      [DIO_ROLE_STYLE] = 1,                \
    },                                     \
    .max_prompt = 2500,                    \
    .mention_style = DIO_MENTION_NAME,     \
  }

/* The id is the documented name, as it is sent. */
const DioModelSpec dio_kling_models[DIO_KLING_N_MODELS] = {
  KLING_MODEL ("kling-v2-1", "Kling v2.1",
               N_("Puts up to four subjects into a scene, in the style of a picture")),
  KLING_MODEL ("kling-v2", "Kling v2",
               N_("The generation before v2.1, with the same limits")),
};

const DioPhotoLimits dio_kling_photo_limits = {
  .formats = DIO_PHOTO_JPEG | DIO_PHOTO_PNG,
  .max_bytes = 10 * 1000 * 1000,
  .min_side = 300,
  .max_aspect = 2.5,
};

/**
 * dio_kling_find_model:
 * @id: a model's id
 *
 * Returns: (nullable): the model of that id
 */
const DioModelSpec *
dio_kling_find_model (const char *id)
{
  for (guint i = 0; i < DIO_KLING_N_MODELS; i++)
    {
      if (g_strcmp0 (dio_kling_models[i].id, id) == 0)
        return &dio_kling_models[i];
    }

  return NULL;
}
