/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ModelsLab's Nano Banana server takes, as data. */

#include "config.h"

#include "modelslab/dio-modelslab-model.h"

#include <glib/gi18n-lib.h>

#define GROUP_IMAGE    N_("Image")
#define GROUP_NOISE    N_("Noise")
#define GROUP_ADVANCED N_("Advanced")

static const DioParameter parameters[] = {
  {
    .name = "width",
    .kind = DIO_PARAMETER_INTEGER,
    .title = N_("Width"),
    .help = N_("In pixels"),
    .group = GROUP_IMAGE,
    .minimum = 1024,
    .maximum = 2048,
    .step = 32,
    .fallback = 2048,
  },
  {
    .name = "height",
    .kind = DIO_PARAMETER_INTEGER,
    .title = N_("Height"),
    .help = N_("In pixels"),
    .group = GROUP_IMAGE,
    .minimum = 1024,
    .maximum = 2048,
    .step = 32,
    .fallback = 2048,
  },
  {
    .name = "samples",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_COUNT,
    .title = N_("Images"),
    .help = N_("Each is paid for"),
    .group = GROUP_IMAGE,
    .minimum = 1,
    .maximum = 4,
    .step = 1,
    .fallback = 1,
  },
  {
    .name = "seed",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_SEED,
    .title = N_("Seed"),
    .help = N_("The same seed gives the same picture; 0 is random"),
    .group = GROUP_IMAGE,
    .minimum = 0,
    .maximum = G_MAXUINT32,
    .step = 1,
  },
  {
    .name = "negative_prompt",
    .kind = DIO_PARAMETER_TEXT,
    .title = N_("Negative prompt"),
    .help = N_("What the picture shall not show"),
    .group = GROUP_IMAGE,
  },
  {
    .name = "noise_scale_start",
    .kind = DIO_PARAMETER_NUMBER,
    .title = N_("Noise at the start"),
    .help = N_("How strong the noise is that the picture begins with"),
    .group = GROUP_NOISE,
    .minimum = 0,
    .maximum = 30,
    .step = 0.1,
    .fallback = 7.5,
  },
  {
    .name = "noise_scale_end",
    .kind = DIO_PARAMETER_NUMBER,
    .title = N_("Noise at the end"),
    .help = N_("How strong the noise is in the last step"),
    .group = GROUP_NOISE,
    .minimum = 0,
    .maximum = 30,
    .step = 0.1,
    .fallback = 7.5,
  },
  {
    .name = "noise_clip_std",
    .kind = DIO_PARAMETER_NUMBER,
    .title = N_("Noise limit"),
    .help = N_("Noise beyond so many standard deviations is cut off"),
    .group = GROUP_NOISE,
    .minimum = 0,
    .maximum = 10,
    .step = 0.1,
    .fallback = 2.5,
  },
  {
    .name = "watermark",
    .kind = DIO_PARAMETER_SWITCH,
    .title = N_("Watermark"),
    .help = N_("Has the provider mark the picture"),
    .group = GROUP_ADVANCED,
  },
  {
    .name = "temp",
    .kind = DIO_PARAMETER_SWITCH,
    .title = N_("Temporary links"),
    .help = N_("Has the provider keep the picture for a day only"),
    .group = GROUP_ADVANCED,
  },
  {
    .name = "base64",
    .kind = DIO_PARAMETER_SWITCH,
    .title = N_("Answer as text"),
    .help = N_("Has the picture come as base64 text instead of a link"),
    .group = GROUP_ADVANCED,
  },
  {
    .name = "webhook",
    .kind = DIO_PARAMETER_TEXT,
    .flags = DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_PRIVATE,
    .title = N_("Webhook address"),
    .help = N_("A server of your own that is told when the picture is done"),
    .group = GROUP_ADVANCED,
  },
  {
    .name = "track_id",
    .kind = DIO_PARAMETER_TEXT,
    .flags = DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_PRIVATE,
    .title = N_("Tracking number"),
    .help = N_("Comes back with what the webhook is told"),
    .group = GROUP_ADVANCED,
  },
};

const DioModelSpec dio_modelslab_model = {
  .id = "modelslab-nano-banana",
  .title = "Nano Banana",
  .summary = N_("Composes any number of photos, each spoken of as an image with a number"),
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .warn_references = 14,
  .prompt_required = TRUE,
  .mention_style = DIO_MENTION_IN_IMAGE,
};

/* Those of the upload, whose 5 MB may be meant of the text that is sent. */
const DioPhotoLimits dio_modelslab_photo_limits = {
  .formats = DIO_PHOTO_JPEG | DIO_PHOTO_PNG | DIO_PHOTO_WEBP,
  .max_base64_bytes = 5 * 1000 * 1000,
};
