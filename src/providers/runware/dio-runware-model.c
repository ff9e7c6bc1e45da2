/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the models that are reached through Runware take, as data. */

#include "config.h"

#include "runware/dio-runware-model.h"

#include "runware/dio-runware-size-table.h"

#include <glib/gi18n-lib.h>

#define GROUP_IMAGE    N_("Image")
#define GROUP_MAKING   N_("Making")
#define GROUP_ADVANCED N_("Advanced")

/* A size is documented as two numbers of which only some pairs exist. Two
 * sliders would be wrong nearly everywhere, so the panel offers the pairs in one
 * list, "size", a name of ours; the documented names stand beside it for those
 * who type them. A table of single parameters cannot say "both or neither":
 * dio_runware_check() does. Unset is allowed: the vendor then follows the
 * first reference. */
#define AS_CHOICE(ratio, tier, word, width, height) \
  { #width "x" #height, ratio " · " word " · " #width " × " #height },

#define PARAMETER_SIZE(list)                                                   \
  {                                                                            \
    .name = "size",                                                            \
    .kind = DIO_PARAMETER_CHOICE,                                              \
    .flags = DIO_PARAMETER_OPTIONAL,                                           \
    .title = N_("Size"),                                                       \
    .help = N_("Unset, it follows the references; without any, it is needed"), \
    .group = GROUP_IMAGE,                                                      \
    .choices = list,                                                           \
    .n_choices = G_N_ELEMENTS (list),                                          \
  }

#define PARAMETER_RESOLUTION(list)                                         \
  {                                                                        \
    .name = "resolution",                                                  \
    .kind = DIO_PARAMETER_CHOICE,                                          \
    .flags = DIO_PARAMETER_OPTIONAL,                                       \
    .title = N_("Resolution"),                                             \
    .help = N_("In place of a size: the proportions are the references’"), \
    .group = GROUP_IMAGE,                                                  \
    .choices = list,                                                       \
    .n_choices = G_N_ELEMENTS (list),                                      \
  }

#define PARAMETER_SIDE(name_, title_, minimum_, maximum_)                \
  {                                                                      \
    .name = name_,                                                       \
    .kind = DIO_PARAMETER_INTEGER,                                       \
    .flags = DIO_PARAMETER_OPTIONAL,                                     \
    .title = title_,                                                     \
    .help = N_("In pixels; width and height only as a pair of “Size”"), \
    .group = GROUP_ADVANCED,                                             \
    .minimum = minimum_,                                                 \
    .maximum = maximum_,                                                 \
    .step = 1,                                                           \
  }

/* No document gives the most that one request makes. */
#define PARAMETER_COUNT                                        \
  {                                                            \
    .name = "numberResults",                                   \
    .kind = DIO_PARAMETER_INTEGER,                             \
    .flags = DIO_PARAMETER_COUNT | DIO_PARAMETER_SOFT,         \
    .title = N_("Images"),                                     \
    .help = N_("Each is made from a seed of its own and paid"), \
    .group = GROUP_IMAGE,                                      \
    .minimum = 1,                                              \
    .maximum = 10,                                             \
    .step = 1,                                                 \
    .fallback = 1,                                             \
  }

/* The vendor's own default is JPG. A result often becomes a reference of the
 * next run, and would lose a little each time. */
#define PARAMETER_FORMAT                                       \
  {                                                            \
    .name = "outputFormat",                                    \
    .kind = DIO_PARAMETER_CHOICE,                              \
    .flags = DIO_PARAMETER_FILE_TYPE,                          \
    .title = N_("Format"),                                     \
    .help = N_("PNG loses nothing; JPG and WEBP are smaller"), \
    .group = GROUP_IMAGE,                                      \
    .fallback_text = "PNG",                                    \
    .choices = formats,                                        \
    .n_choices = G_N_ELEMENTS (formats),                       \
  }

#define PARAMETER_QUALITY                                \
  {                                                      \
    .name = "outputQuality",                             \
    .kind = DIO_PARAMETER_INTEGER,                       \
    .title = N_("Quality"),                              \
    .help = N_("Of JPG and WEBP; PNG has no such thing"), \
    .group = GROUP_IMAGE,                                \
    .minimum = 20,                                       \
    .maximum = 99,                                       \
    .step = 1,                                           \
    .fallback = 95,                                      \
  }

/* No limits are documented; these are what all our seeds fit in. */
#define PARAMETER_SEED                                             \
  {                                                                \
    .name = "seed",                                                \
    .kind = DIO_PARAMETER_INTEGER,                                 \
    .flags = DIO_PARAMETER_SEED,                                   \
    .title = N_("Seed"),                                           \
    .help = N_("The same seed gives a similar picture, no more"), \
    .group = GROUP_MAKING,                                         \
    .minimum = 0,                                                  \
    .maximum = G_MAXUINT32,                                        \
    .step = 1,                                                     \
  }

#define PARAMETER_CHECK_CONTENT                                 \
  {                                                             \
    .name = "safety.checkContent",                              \
    .kind = DIO_PARAMETER_SWITCH,                               \
    .flags = DIO_PARAMETER_OPTIONAL,                            \
    .title = N_("Check content"),                               \
    .help = N_("Have results looked over for unsafe content"), \
    .group = GROUP_MAKING,                                      \
  }

#define PARAMETER_OUTPUT_TYPE                                               \
  {                                                                         \
    .name = "outputType",                                                   \
    .kind = DIO_PARAMETER_CHOICE,                                           \
    .title = N_("Delivery"),                                                \
    .help = N_("How pictures come back; by address is the most reliable"), \
    .group = GROUP_ADVANCED,                                                \
    .fallback_text = "URL",                                                 \
    .choices = output_types,                                                \
    .n_choices = G_N_ELEMENTS (output_types),                               \
  }

/* The limits are ours: none are documented. */
#define PARAMETER_TTL                                                     \
  {                                                                       \
    .name = "ttl",                                                        \
    .kind = DIO_PARAMETER_INTEGER,                                        \
    .flags = DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_SOFT,                 \
    .title = N_("Keep for"),                                              \
    .help = N_("Seconds that the address of a picture lives at Runware"), \
    .group = GROUP_ADVANCED,                                              \
    .minimum = 60,                                                        \
    .maximum = 30 * 24 * 3600,                                            \
    .step = 1,                                                            \
  }

#define PARAMETER_ADDRESS(name_, title_, help_)                  \
  {                                                              \
    .name = name_,                                               \
    .kind = DIO_PARAMETER_TEXT,                                  \
    .flags = DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_PRIVATE,     \
    .title = title_,                                             \
    .help = help_,                                               \
    .group = GROUP_ADVANCED,                                     \
    .minimum = 8,                                                \
    .maximum = 2048,                                             \
  }

#define PARAMETER_UPLOAD_ENDPOINT                            \
  PARAMETER_ADDRESS ("uploadEndpoint", N_("Upload results"), \
                     N_("An address that Runware puts each picture to as well"))

#define PARAMETER_WEBHOOK                                   \
  PARAMETER_ADDRESS ("webhookURL", N_("Notify an address"), \
                     N_("Told when pictures are ready; Diorama itself does not need it"))

static const DioChoice nano_banana_2_sizes[] = { SIZES_NANO_BANANA_2 (AS_CHOICE) };
static const DioChoice nano_banana_pro_sizes[] = { SIZES_NANO_BANANA_PRO (AS_CHOICE) };
static const DioChoice nano_banana_sizes[] = { SIZES_NANO_BANANA (AS_CHOICE) };

static const DioChoice four_tiers[] = {
  { "0.5k", "0.5K" },
  { "1k", "1K" },
  { "2k", "2K" },
  { "4k", "4K" },
};

static const DioChoice three_tiers[] = {
  { "1k", "1K" },
  { "2k", "2K" },
  { "4k", "4K" },
};

static const DioChoice formats[] = {
  { "JPG", "JPG" },
  { "PNG", "PNG" },
  { "WEBP", "WEBP" },
};

static const DioChoice output_types[] = {
  { "URL", N_("As an address") },
  { "base64Data", N_("In the reply, as base64") },
  { "dataURI", N_("In the reply, as a data URI") },
};

static const DioChoice thinking[] = {
  { "MINIMAL", N_("Little") },
  { "HIGH", N_("Much") },
};

static const DioParameter nano_banana_2_parameters[] = {
  PARAMETER_SIZE (nano_banana_2_sizes),
  PARAMETER_RESOLUTION (four_tiers),
  PARAMETER_COUNT,
  PARAMETER_FORMAT,
  PARAMETER_QUALITY,
  PARAMETER_SEED,
  {
    .name = "providerSettings.google.webSearch",
    .kind = DIO_PARAMETER_SWITCH,
    .flags = DIO_PARAMETER_OPTIONAL,
    .title = N_("Search the web"),
    .help = N_("Looks things up first; adds $0.14 to a request"),
    .group = GROUP_MAKING,
  },
  PARAMETER_CHECK_CONTENT,
  PARAMETER_SIDE ("width", N_("Width"), 192, 12288),
  PARAMETER_SIDE ("height", N_("Height"), 168, 12288),
  /* Known from other people's code alone: sent only where the model's own
   * schema lists it. */
  {
    .name = "settings.thinking",
    .kind = DIO_PARAMETER_CHOICE,
    .flags = DIO_PARAMETER_OPTIONAL,
    .title = N_("Thinking"),
    .help = N_("How long the model considers the prompt"),
    .group = GROUP_ADVANCED,
    .choices = thinking,
    .n_choices = G_N_ELEMENTS (thinking),
  },
  PARAMETER_OUTPUT_TYPE,
  PARAMETER_TTL,
  PARAMETER_UPLOAD_ENDPOINT,
  PARAMETER_WEBHOOK,
};

static const DioParameter nano_banana_pro_parameters[] = {
  PARAMETER_SIZE (nano_banana_pro_sizes),
  PARAMETER_RESOLUTION (three_tiers),
  PARAMETER_COUNT,
  PARAMETER_FORMAT,
  PARAMETER_QUALITY,
  PARAMETER_SEED,
  PARAMETER_CHECK_CONTENT,
  PARAMETER_SIDE ("width", N_("Width"), 768, 6336),
  PARAMETER_SIDE ("height", N_("Height"), 672, 5504),
  PARAMETER_OUTPUT_TYPE,
  PARAMETER_TTL,
  PARAMETER_UPLOAD_ENDPOINT,
  PARAMETER_WEBHOOK,
};

static const DioParameter nano_banana_parameters[] = {
  PARAMETER_SIZE (nano_banana_sizes),
  PARAMETER_COUNT,
  PARAMETER_FORMAT,
  PARAMETER_QUALITY,
  PARAMETER_SEED,
  PARAMETER_CHECK_CONTENT,
  PARAMETER_SIDE ("width", N_("Width"), 768, 1536),
  PARAMETER_SIDE ("height", N_("Height"), 672, 1344),
  PARAMETER_OUTPUT_TYPE,
  PARAMETER_TTL,
  PARAMETER_UPLOAD_ENDPOINT,
  PARAMETER_WEBHOOK,
};

/* No prompt is too long for them as far as is certain: 3 to 45,000 characters are
 * known from third parties only, and what is not certain does not block. */
const DioModelSpec dio_runware_models[DIO_RUNWARE_N_MODELS] = {
  {
    .id = "google:4@3",
    .title = "Nano Banana 2",
    .summary = N_("Google’s Gemini 3.1 Flash Image. Up to 14 references, every proportion up to 4K."),
    .parameters = nano_banana_2_parameters,
    .n_parameters = G_N_ELEMENTS (nano_banana_2_parameters),
    .max_references = 14,
    .prompt_required = TRUE,
    .mention_style = DIO_MENTION_ORDINAL,
  },
  {
    .id = "google:4@2",
    .title = "Nano Banana Pro",
    .summary = N_("Google’s Gemini 3 Pro Image. Up to 14 references, more exact and more expensive."),
    .parameters = nano_banana_pro_parameters,
    .n_parameters = G_N_ELEMENTS (nano_banana_pro_parameters),
    .max_references = 14,
    .prompt_required = TRUE,
    .mention_style = DIO_MENTION_ORDINAL,
  },
  {
    .id = "google:4@1",
    .title = "Nano Banana",
    .summary = N_("Google’s Gemini 2.5 Flash Image. Up to 8 references, small pictures at a low price."),
    .parameters = nano_banana_parameters,
    .n_parameters = G_N_ELEMENTS (nano_banana_parameters),
    .max_references = 8,
    .prompt_required = TRUE,
    .mention_style = DIO_MENTION_ORDINAL,
  },
};

/* Larger photos are stored at 2048 pixels a side anyway. The other limits are
 * known from third parties only; a copy that keeps them is no harm. */
const DioPhotoLimits dio_runware_photo_limits = {
  .formats = DIO_PHOTO_JPEG | DIO_PHOTO_PNG | DIO_PHOTO_WEBP,
  .max_bytes = 20 * 1000 * 1000,
  .min_side = 300,
  .max_side = 2048,
};

/**
 * dio_runware_find_model:
 * @model_id: a model's AIR
 *
 * Returns: (transfer none) (nullable): its data, or %NULL for a model that is
 *   not of this provider
 */
const DioModelSpec *
dio_runware_find_model (const char *model_id)
{
  for (guint i = 0; i < DIO_RUNWARE_N_MODELS; i++)
    {
      if (g_str_equal (dio_runware_models[i].id, model_id))
        return &dio_runware_models[i];
    }

  return NULL;
}
