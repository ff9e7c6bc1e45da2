/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives a subject the scene's white, tones and colourfulness, and leaves it
 * itself: matching all statistics turns a red fire engine brown. So the white
 * balance goes about half the way, tones are matched to the ground around the
 * feet, and no strong colour may turn by more than a few degrees. */

#include "config.h"

#include "dio-harmonise.h"

#include <math.h>

#include "dio-oklab.h"
#include "dio-sample.h"

#define N_BINS 512

/* A hue may turn by this much (the tangent of 4 degrees) where the colour is strong. */
#define MAX_TURN 0.07f

/* Chroma from which on a colour has a name of its own; below, it is a cast. */
#define WEAK_CHROMA   0.015f
#define STRONG_CHROMA 0.06f

#define LESS_TINT 0.45

/* Where the scene is greyer than this, so becomes the subject. */
#define GREY_CHROMA 0.035

typedef struct
{
  double weight;
  double bins[N_BINS];
  double a;
  double b;
  double squares; /* of chroma */
  double light[3];
  double light_weight;
} Gathering;

typedef struct
{
  double dark;   /* tones below which lie 1, 10, 50 and 90 in a hundred */
  double low;
  double middle;
  double high;
  double a;
  double b;
  double chroma;
  double light[3]; /* colour of what is bright and least coloured, luminance 1 */
} Tones;

static void
gather (Gathering   *gathering,
        const float *rgb,
        double       weight)
{
  float lab[3];
  double chroma, trust;

  dio_oklab_from_linear (rgb, lab);
  chroma = sqrt (lab[1] * lab[1] + lab[2] * lab[2]);
  trust = weight * lab[0] * lab[0] / (0.10 + chroma);

  gathering->weight += weight;
  gathering->bins[CLAMP ((int) (lab[0] * N_BINS), 0, N_BINS - 1)] += weight;
  gathering->a += weight * lab[1];
  gathering->b += weight * lab[2];
  gathering->squares += weight * chroma * chroma;
  gathering->light_weight += trust;
  for (int c = 0; c < 3; c++)
    gathering->light[c] += trust * rgb[c];
}

static double
get_percentile (const Gathering *gathering,
                double           fraction)
{
  double sum = 0.0;

  for (int i = 0; i < N_BINS; i++)
    {
      sum += gathering->bins[i];
      if (sum >= fraction * gathering->weight)
        return (i + 0.5) / N_BINS;
    }

  return 1.0;
}

/* Light goes from blue to orange, seldom to green or magenta: a blue sky and
 * orange sand together are not magenta light, so most of that is taken out. */
static void
lessen_tint (float *light)
{
  double logs[3];
  double tint;

  for (int c = 0; c < 3; c++)
    logs[c] = log (light[c]);
  tint = logs[1] - (logs[0] + logs[2]) / 2.0;

  light[0] = (float) exp (logs[0] + LESS_TINT * tint / 3.0);
  light[1] = (float) exp (logs[1] - LESS_TINT * tint * 2.0 / 3.0);
  light[2] = (float) exp (logs[2] + LESS_TINT * tint / 3.0);
}

static Tones
summarise (const Gathering *gathering)
{
  Tones tones = { 0 };
  double weight = MAX (1e-9, gathering->weight);
  float light[3];
  double luminance;

  tones.dark = get_percentile (gathering, 0.01);
  tones.low = get_percentile (gathering, 0.10);
  tones.middle = get_percentile (gathering, 0.50);
  tones.high = get_percentile (gathering, 0.90);
  tones.a = gathering->a / weight;
  tones.b = gathering->b / weight;
  tones.chroma = sqrt (gathering->squares / weight);

  for (int c = 0; c < 3; c++)
    light[c] = (float) (gathering->light[c] / MAX (1e-9, gathering->light_weight)) + 1e-4f;
  lessen_tint (light);
  luminance = dio_luminance (light);
  for (int c = 0; c < 3; c++)
    tones.light[c] = light[c] / luminance;

  return tones;
}

/* The ground about the feet counts; the sky lights too, but tells less. */
static Tones
look_at_scene (const DioScene     *scene,
               const DioPlacement *placement)
{
  Gathering gathering = { 0 };
  const DioBuffer *small = scene->small;
  double cy = placement->baseline - 0.12 * placement->height;

  for (int y = 0; y < small->height; y++)
    for (int x = 0; x < small->width; x++)
      {
        double dx = ((x + 0.5) / small->width - placement->cx) / 0.30;
        double dy = ((y + 0.5) / small->height - cy) / 0.19;

        gather (&gathering, dio_buffer_at (small, x, y), 0.04 + exp (-0.5 * (dx * dx + dy * dy)));
      }

  return summarise (&gathering);
}

static Tones
look_at_subject (const DioBuffer *subject,
                 const float     *gain)
{
  Gathering gathering = { 0 };

  for (gsize i = 0; i < dio_buffer_n_pixels (subject); i++)
    {
      const float *in = subject->data + i * 4;
      float rgb[3] = { in[0] * gain[0], in[1] * gain[1], in[2] * gain[2] };

      if (in[3] > 0.3f)
        gather (&gathering, rgb, in[3]);
    }

  return summarise (&gathering);
}

/* The white a subject was taken under: its own backdrop if that is about grey,
 * else its own brightest greys, and those only by a quarter, since it may simply
 * be of that colour. */
static void
find_subject_light (const DioCutOut *cut_out,
                    const Tones     *subject,
                    double          *light)
{
  double luminance = dio_luminance (cut_out->backdrop);
  gboolean neutral = cut_out->has_backdrop && luminance > 0.12;

  for (int c = 0; c < 3 && neutral; c++)
    neutral = fabs (cut_out->backdrop[c] / luminance - 1.0) < 0.22;

  for (int c = 0; c < 3; c++)
    light[c] = neutral ? cut_out->backdrop[c] / luminance : pow (subject->light[c], 0.25);
}

static void
find_gain (DioGrade        *self,
           const Tones     *scene,
           const Tones     *subject,
           const DioCutOut *cut_out,
           double           amount)
{
  double light[3];
  float luminance;

  find_subject_light (cut_out, subject, light);
  for (int c = 0; c < 3; c++)
    self->gain[c] = (float) pow (CLAMP (scene->light[c] / light[c], 0.5, 1.9), 0.5 * amount);
  luminance = dio_luminance (self->gain);
  for (int c = 0; c < 3; c++)
    self->gain[c] /= luminance;
}

static void
find_tones (DioGrade    *self,
            const Tones *scene,
            const Tones *subject,
            double       amount)
{
  double range = (scene->high - scene->low) / MAX (0.05, subject->high - subject->low);

  self->pivot = (float) subject->middle;
  self->contrast = (float) pow (CLAMP (range, 0.6, 1.3), 0.5 * amount);
  self->shift = (float) CLAMP (0.64 * amount * (scene->middle - subject->middle), -0.28, 0.03);
  self->high = (float) CLAMP (0.56 * amount * (scene->high - subject->high), -0.24, 0.04);
  self->black = (float) CLAMP (0.3 * amount * (scene->dark - subject->dark), 0.0, 0.03);
}

static void
find_chroma (DioGrade    *self,
             const Tones *scene,
             const Tones *subject,
             gboolean     is_studio,
             double       amount)
{
  double grey = is_studio ? 0.0 : CLAMP (1.0 - scene->chroma / GREY_CHROMA, 0.0, 1.0) * (1.0 - pow (1.0 - amount, 3.0));
  double factor = pow (CLAMP (scene->chroma / (subject->chroma + 1e-4), 0.02, 1.2), 0.3 * amount);

  factor = is_studio ? 1.0 : CLAMP (factor, 0.82, 1.06);
  self->chroma = (float) (factor * (1.0 - grey) + 0.04 * grey);
  self->bleed[0] = (float) (0.05 * amount * scene->a);
  self->bleed[1] = (float) (0.05 * amount * scene->b);
}

/**
 * dio_grade_measure:
 * @self: (out): what to do
 * @scene: where the subject is to be; grey paper makes nobody grey, so a studio
 *   leaves colourfulness as it is
 * @subject: light with straight alpha; may be reduced
 * @cut_out: where it is from
 * @placement: where it is to be
 * @amount: how far to go, 0 to 1
 *
 * Compares the subject with the scene around its feet.
 */
void
dio_grade_measure (DioGrade           *self,
                   const DioScene     *scene,
                   const DioBuffer    *subject,
                   const DioCutOut    *cut_out,
                   const DioPlacement *placement,
                   double              amount)
{
  static const float no_gain[3] = { 1.0f, 1.0f, 1.0f };
  Tones around = look_at_scene (scene, placement);
  Tones before = look_at_subject (subject, no_gain);
  Tones after;

  find_gain (self, &around, &before, cut_out, amount);
  after = look_at_subject (subject, self->gain);
  find_tones (self, &around, &after, amount);
  find_chroma (self, &around, &after, scene->is_studio, amount);
}

/* Holds the colour @now (a and b of OKLab) near the hue and strength of @own,
 * which is now lit by @exposure times as much. */
static void
keep_identity (const DioGrade *self,
               const float    *own,
               float           exposure,
               float          *now)
{
  float chroma = sqrtf (own[0] * own[0] + own[1] * own[1]) + 1e-6f;
  float hold = dio_smooth_step (WEAK_CHROMA, STRONG_CHROMA, chroma);
  float ux = own[0] / chroma;
  float uy = own[1] / chroma;
  float along = now[0] * ux + now[1] * uy;
  float aside = now[1] * ux - now[0] * uy;
  float least = chroma * self->chroma * exposure * 0.92f;
  float most = chroma * 1.12f * MAX (1.0f, exposure);

  along = MIN (MAX (along, least), most);
  aside = CLAMP (aside, -MAX_TURN * along, MAX_TURN * along);

  /* What is nearly grey takes on any cast. */
  now[0] += (along * ux - aside * uy - now[0]) * hold;
  now[1] += (along * uy + aside * ux - now[1]) * hold;
}

/**
 * dio_grade_apply:
 * @self: what to do
 * @rgb: (inout) (array fixed-size=3): light of one pixel
 */
void
dio_grade_apply (const DioGrade *self,
                 float          *rgb)
{
  float own[3];
  float lab[3];
  float lit[3];
  float tone, exposure;

  dio_oklab_from_linear (rgb, own);
  for (int c = 0; c < 3; c++)
    lit[c] = rgb[c] * self->gain[c];
  dio_oklab_from_linear (lit, lab);

  tone = CLAMP (lab[0], 0.0f, 1.0f);
  lab[0] = self->pivot + (lab[0] - self->pivot) * self->contrast;
  lab[0] += self->shift * 3.6f * tone * (1.0f - tone) + self->high * tone * tone;
  lab[0] = CLAMP (self->black + (1.0f - self->black) * lab[0], 0.0f, 1.0f);

  /* More light makes a colour stronger too, not just paler. */
  exposure = CLAMP (lab[0] / MAX (0.05f, tone), 0.7f, 1.25f);
  lab[1] = lab[1] * self->chroma * exposure + self->bleed[0];
  lab[2] = lab[2] * self->chroma * exposure + self->bleed[1];
  keep_identity (self, own + 1, exposure, lab + 1);

  dio_oklab_to_rgb (lab, rgb);
  for (int c = 0; c < 3; c++)
    rgb[c] = CLAMP (rgb[c], 0.0f, 1.0f);
}
