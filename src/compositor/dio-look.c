/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The light and the development that the prompt asks for, on the whole picture. */

#include "config.h"

#include "dio-look.h"

#include <math.h>

#include "dio-blur.h"
#include "dio-grain.h"
#include "dio-layer.h"
#include "dio-oklab.h"
#include "dio-sample.h"

/* Factors multiply and amounts add where several looks are asked for. */
typedef struct
{
  DioLook look;
  float   gain[3];  /* on red, green and blue light */
  float   contrast; /* on tones, about the middle */
  float   lift;     /* of black */
  float   chroma;
  float   tint[2];  /* OKLab a and b, strongest in the middle tones */
  float   vignette;
  float   grain;
  float   haze;
  float   glow;
} Recipe;

static const Recipe recipes[] = {
  { DIO_LOOK_WARM, { 1.07f, 1.0f, 0.87f }, 1.0f, 0.0f, 1.0f, { 0.004f, 0.012f }, 0.0f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_COOL, { 0.90f, 1.0f, 1.10f }, 1.0f, 0.0f, 0.97f, { -0.004f, -0.012f }, 0.0f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_SUNSET, { 1.14f, 0.95f, 0.72f }, 1.05f, 0.0f, 1.06f, { 0.014f, 0.024f }, 0.12f, 0.0f, 0.0f, 0.10f },
  { DIO_LOOK_NIGHT, { 0.22f, 0.29f, 0.43f }, 1.05f, 0.0f, 0.68f, { -0.004f, -0.018f }, 0.30f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_MOODY, { 0.58f, 0.60f, 0.62f }, 1.14f, 0.0f, 0.82f, { 0.0f, -0.004f }, 0.34f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_BRIGHT, { 1.34f, 1.34f, 1.32f }, 0.95f, 0.01f, 1.04f, { 0.0f, 0.0f }, 0.0f, 0.0f, 0.0f, 0.06f },
  { DIO_LOOK_OVERCAST, { 0.95f, 0.98f, 1.02f }, 0.86f, 0.02f, 0.86f, { 0.0f, -0.004f }, 0.0f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_HARD_SUN, { 1.12f, 1.07f, 0.98f }, 1.16f, 0.0f, 1.05f, { 0.0f, 0.004f }, 0.0f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_MONOCHROME, { 1.0f, 1.0f, 1.0f }, 1.06f, 0.0f, 0.0f, { 0.0f, 0.0f }, 0.06f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_MUTED, { 1.0f, 1.0f, 1.0f }, 0.90f, 0.045f, 0.60f, { 0.0f, 0.003f }, 0.0f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_VIVID, { 1.0f, 1.0f, 1.0f }, 1.07f, 0.0f, 1.32f, { 0.0f, 0.0f }, 0.0f, 0.0f, 0.0f, 0.0f },
  { DIO_LOOK_SEPIA, { 1.0f, 1.0f, 1.0f }, 0.94f, 0.03f, 0.0f, { 0.016f, 0.052f }, 0.20f, 0.012f, 0.0f, 0.0f },
  { DIO_LOOK_GRAIN, { 1.0f, 1.0f, 1.0f }, 1.0f, 0.0f, 1.0f, { 0.0f, 0.0f }, 0.0f, 0.032f, 0.0f, 0.0f },
  { DIO_LOOK_HAZE, { 1.0f, 1.0f, 1.0f }, 0.95f, 0.0f, 0.88f, { 0.0f, 0.0f }, 0.0f, 0.0f, 0.52f, 0.08f },
  { DIO_LOOK_SOFT, { 1.0f, 1.0f, 1.0f }, 0.95f, 0.0f, 1.0f, { 0.0f, 0.0f }, 0.0f, 0.0f, 0.0f, 0.42f },
  { DIO_LOOK_CONTRAST, { 1.0f, 1.0f, 1.0f }, 1.24f, 0.0f, 1.03f, { 0.0f, 0.0f }, 0.0f, 0.0f, 0.0f, 0.0f },
};

typedef struct
{
  Recipe     recipe;
  DioBuffer *picture;
  DioBuffer *soft;      /* (owned) (nullable): the picture, blurred, for glow */
  int        scale;
  float      horizon;
  float      haze[3];   /* the colour of the air */
  guint32    seed;
} Developing;

static Recipe
mix_recipe (DioLook looks,
            double  grain)
{
  Recipe all = { 0, { 1.0f, 1.0f, 1.0f }, 1.0f, 0.0f, 1.0f, { 0.0f, 0.0f }, 0.0f, 0.0f, 0.0f, 0.0f };

  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    {
      const Recipe *one = &recipes[i];

      if (!(looks & one->look))
        continue;
      for (int c = 0; c < 3; c++)
        all.gain[c] *= one->gain[c];
      all.contrast *= one->contrast;
      all.lift += one->lift;
      all.chroma *= one->chroma;
      all.tint[0] += one->tint[0];
      all.tint[1] += one->tint[1];
      all.vignette += one->vignette;
      all.grain += one->grain;
      all.haze += one->haze;
      all.glow += one->glow;
    }
  all.vignette = MIN (all.vignette, 0.5f);
  all.grain *= (float) grain;
  /* Sepia is a black and white picture toned, whatever the light was; plain
   * black and white has no tint at all. */
  if (looks & DIO_LOOK_SEPIA)
    {
      all.tint[0] = 0.016f;
      all.tint[1] = 0.052f;
    }
  else if (looks & DIO_LOOK_MONOCHROME)
    {
      all.tint[0] = all.tint[1] = 0.0f;
    }

  return all;
}

/* The picture much reduced and blurred, and its lightest parts' mean: what air
 * full of light looks like there. */
static void
prepare (Developing *developing,
         DioWorkers *workers)
{
  const DioBuffer *picture = developing->picture;
  int scale = developing->scale;
  DioBuffer *soft = dio_buffer_new ((picture->width + scale - 1) / scale, (picture->height + scale - 1) / scale, 3);
  double sum[3] = { 0 };
  double weight = 1e-6;

  for (int y = 0; y < soft->height; y++)
    for (int x = 0; x < soft->width; x++)
      {
        const float *in = dio_buffer_at (picture, MIN (x * scale + scale / 2, picture->width - 1),
                                         MIN (y * scale + scale / 2, picture->height - 1));
        float *out = dio_buffer_at (soft, x, y);
        double trust = dio_luminance (in) * dio_luminance (in);

        for (int c = 0; c < 3; c++)
          {
            out[c] = in[c];
            sum[c] += trust * in[c];
          }
        weight += trust;
      }
  dio_buffer_blur (soft, 0.016 * MAX (soft->width, soft->height), workers);
  developing->soft = soft;

  /* Towards a light grey: air scatters all colours. */
  for (int c = 0; c < 3; c++)
    developing->haze[c] = (float) (0.55 * sum[c] / weight + 0.45 * (sum[0] + sum[1] + sum[2]) / (3.0 * weight));
}

/* More of it the farther away, and what is far is near the horizon. */
static float
get_haze (const Developing *developing,
          float             y)
{
  float below = dio_smooth_step (1.05f, developing->horizon, y);

  return developing->recipe.haze * (0.10f + 0.90f * (y > developing->horizon ? below : 1.0f));
}

static void
develop_pixel (const Developing *developing,
               float            *rgb,
               int               x,
               int               y,
               float             haze)
{
  const Recipe *recipe = &developing->recipe;
  float dx = (x + 0.5f) / developing->picture->width - 0.5f;
  float dy = (y + 0.5f) / developing->picture->height - 0.5f;
  float dim = 1.0f - recipe->vignette * dio_smooth_step (0.12f, 0.55f, dx * dx + dy * dy);
  float soft[3];
  float lab[3];
  float tone;

  if (developing->soft != NULL)
    {
      dio_sample_bilinear (developing->soft, (x + 0.5f) / developing->scale - 0.5f,
                           (y + 0.5f) / developing->scale - 0.5f, soft);
      for (int c = 0; c < 3; c++)
        {
          rgb[c] += recipe->glow * MAX (0.0f, soft[c] * (1.0f - 0.5f * rgb[c]) - 0.35f * rgb[c]);
          rgb[c] += (developing->haze[c] - rgb[c]) * haze;
        }
    }

  /* Light is added like film takes it: nearing white, never past it. */
  for (int c = 0; c < 3; c++)
    {
      float lit = rgb[c] * recipe->gain[c] * dim;

      rgb[c] = lit > 0.6f && recipe->gain[c] > 1.0f ? 0.6f + 0.4f * (1.0f - expf (-(lit - 0.6f) / 0.4f)) : lit;
    }

  dio_oklab_from_linear (rgb, lab);
  tone = CLAMP (lab[0], 0.0f, 1.0f);
  lab[0] = 0.5f + (lab[0] - 0.5f) * recipe->contrast;
  /* Contrast bends near the ends, so that nothing is cut off. */
  if (recipe->contrast > 1.0f)
    lab[0] += (tone - lab[0]) * (2.0f * tone - 1.0f) * (2.0f * tone - 1.0f);
  lab[0] = recipe->lift + (1.0f - recipe->lift) * CLAMP (lab[0], 0.0f, 1.0f);
  for (int c = 0; c < 2; c++)
    lab[c + 1] = lab[c + 1] * recipe->chroma + recipe->tint[c] * 4.0f * tone * (1.0f - tone);
  dio_oklab_to_rgb (lab, rgb);

  if (recipe->grain > 0.0f)
    {
      float noise = recipe->grain * dio_grain_normal (developing->seed, x, y) * (1.0f - 0.6f * tone);

      for (int c = 0; c < 3; c++)
        {
          float root = sqrtf (MAX (0.0f, rgb[c])) + noise;

          rgb[c] = root * fabsf (root);
        }
    }
  if (recipe->chroma == 0.0f && recipe->tint[0] == 0.0f)
    rgb[0] = rgb[2] = rgb[1];
  for (int c = 0; c < 3; c++)
    rgb[c] = CLAMP (rgb[c], 0.0f, 1.0f);
}

static void
develop_rows_cb (int      first,
                 int      last,
                 gpointer user_data)
{
  const Developing *developing = user_data;

  for (int y = first; y < last; y++)
    {
      float *rgb = dio_buffer_row (developing->picture, y);
      float haze = get_haze (developing, (y + 0.5f) / developing->picture->height);

      for (int x = 0; x < developing->picture->width; x++, rgb += 3)
        develop_pixel (developing, rgb, x, y, haze);
    }
}

/**
 * dio_look_apply:
 * @looks: what is asked for
 * @picture: (inout): light
 * @horizon: how far down the horizon is, 0 to 1
 * @grain: factor on film grain
 * @seed: of the grain
 * @workers: who does it
 *
 * Does nothing for no looks.
 */
void
dio_look_apply (DioLook     looks,
                DioBuffer  *picture,
                double      horizon,
                double      grain,
                guint32     seed,
                DioWorkers *workers)
{
  Developing developing = {
    .recipe = mix_recipe (looks, grain),
    .picture = picture,
    .scale = dio_layer_get_soft_scale (picture->width, picture->height),
    .horizon = (float) horizon,
    .seed = seed,
  };

  if (looks == 0)
    return;

  if (developing.recipe.glow > 0.0f || developing.recipe.haze > 0.0f)
    prepare (&developing, workers);
  dio_workers_run (workers, picture->height, 16, develop_rows_cb, &developing);
  dio_buffer_free (developing.soft);
}
