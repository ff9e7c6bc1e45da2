/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the engine of this computer takes, as data. */

#include "config.h"

#include "local/dio-local-model.h"

#include <glib/gi18n-lib.h>

#define GROUP_IMAGE N_("Image")
#define GROUP_LOOK  N_("Look")
#define GROUP_STYLE N_("Style")

static const DioParameter parameters[] = {
  {
    .name = "width",
    .kind = DIO_PARAMETER_INTEGER,
    .title = N_("Width"),
    .help = N_("In pixels"),
    .group = GROUP_IMAGE,
    .minimum = 256,
    .maximum = 4096,
    .step = 8,
    .fallback = 2048,
  },
  {
    .name = "height",
    .kind = DIO_PARAMETER_INTEGER,
    .title = N_("Height"),
    .help = N_("In pixels"),
    .group = GROUP_IMAGE,
    .minimum = 256,
    .maximum = 4096,
    .step = 8,
    .fallback = 1536,
  },
  {
    .name = "count",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_COUNT,
    .title = N_("Images"),
    .help = N_("Variations of the layout"),
    .group = GROUP_IMAGE,
    .minimum = 1,
    .maximum = 9,
    .step = 1,
    .fallback = 1,
  },
  {
    .name = "seed",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_SEED,
    .title = N_("Seed"),
    .help = N_("The same seed gives the same picture"),
    .group = GROUP_LOOK,
    .minimum = 0,
    .maximum = G_MAXUINT32,
    .step = 1,
  },
  {
    .name = "match",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_PERCENT,
    .title = N_("Match light"),
    .help = N_("How far subjects take on the light of the scene"),
    .group = GROUP_LOOK,
    .minimum = 0,
    .maximum = 100,
    .step = 1,
    .fallback = 70,
  },
  {
    .name = "shadow",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_PERCENT,
    .title = N_("Shadow"),
    .help = N_("How dark the shadows of subjects are"),
    .group = GROUP_LOOK,
    .minimum = 0,
    .maximum = 100,
    .step = 1,
    .fallback = 70,
  },
  {
    .name = "grain",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_PERCENT,
    .title = N_("Grain"),
    .help = N_("How much of the scene’s grain subjects get"),
    .group = GROUP_LOOK,
    .minimum = 0,
    .maximum = 100,
    .step = 1,
    .fallback = 70,
  },
  {
    .name = "jitter",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_PERCENT,
    .title = N_("Placement variety"),
    .help = N_("How far the seed moves subjects about"),
    .group = GROUP_LOOK,
    .minimum = 0,
    .maximum = 100,
    .step = 1,
    .fallback = 30,
  },
  {
    .name = "palette",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_PERCENT,
    .title = N_("Palette"),
    .help = N_("How far the picture takes on the colours of the style"),
    .group = GROUP_STYLE,
    .minimum = 0,
    .maximum = 100,
    .step = 1,
    .fallback = 80,
  },
  {
    .name = "texture",
    .kind = DIO_PARAMETER_INTEGER,
    .flags = DIO_PARAMETER_PERCENT,
    .title = N_("Brush texture"),
    .help = N_("How far the picture takes on the brush strokes of the style"),
    .group = GROUP_STYLE,
    .minimum = 0,
    .maximum = 100,
    .step = 1,
    .fallback = 80,
  },
};

const DioModelSpec dio_local_model = {
  .id = "local",
  .title = N_("This Computer"),
  .summary = N_("Cuts subjects out, places them in the scene and carries the style over. Nothing leaves this computer."),
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .max_references = 16,
  .max_of_role = {
    [DIO_ROLE_SCENE] = 1,
    [DIO_ROLE_STYLE] = 1,
  },
  .max_prompt = 10000,
  .mention_style = DIO_MENTION_NATIVE,
};

/**
 * dio_local_get_step_title:
 * @step: what the engine is doing
 *
 * Returns: words for it, for the interface to translate
 */
const char *
dio_local_get_step_title (DioCompositorStep step)
{
  switch (step)
    {
    case DIO_COMPOSITOR_DECODE:
      return N_("Reading photos");

    case DIO_COMPOSITOR_CUT_OUT:
      return N_("Cutting out subjects");

    case DIO_COMPOSITOR_LAYOUT:
      return N_("Looking at the scene");

    case DIO_COMPOSITOR_SHADOWS:
      return N_("Casting shadows");

    case DIO_COMPOSITOR_PLACE:
      return N_("Placing subjects");

    case DIO_COMPOSITOR_PALETTE:
      return N_("Taking on the palette");

    case DIO_COMPOSITOR_TEXTURE:
      return N_("Painting brush strokes");

    case DIO_COMPOSITOR_LOOK:
      return N_("Finishing");

    default:
      g_return_val_if_reached (NULL);
    }
}
