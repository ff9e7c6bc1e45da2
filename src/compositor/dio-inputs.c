/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was made of the last photos, so that a variation need not make it again:
 * the scene, the style, and a few cut-outs, known by the hash of their bytes. */

#include "config.h"

#include "dio-inputs.h"

#include "dio-card.h"
#include "dio-image-decode.h"
#include "dio-palette.h"
#include "dio-resample.h"
#include "dio-transfer.h"

/* Longer side that subjects and styles are worked on at. The same for all
 * sizes of picture, since cut-outs are kept on disk by the photo alone. */
#define WORK_SIDE 2048

/* How many cut-outs are kept, of at most 16 MiB each. */
#define MAX_KEPT 6

typedef struct
{
  char      *hash;    /* (owned) */
  DioPixels *picture; /* (owned) (nullable): until it is cut out */
  DioCutOut *cut_out; /* (owned) (nullable) */
} Subject;

struct _DioInputs
{
  DioCutOutCache *cache;    /* (owned) (nullable) */
  GPtrArray      *subjects; /* (owned) (element-type Subject): last used last */

  char           *scene_hash; /* (owned) (nullable) */
  DioKeptScene    scene;      /* (owned) */
  char           *style_hash; /* (owned) (nullable) */
  DioKeptStyle    style;      /* (owned) */
};

static void
subject_free (Subject *subject)
{
  g_free (subject->hash);
  g_clear_pointer (&subject->picture, dio_pixels_unref);
  g_clear_pointer (&subject->cut_out, dio_cut_out_unref);
  g_free (subject);
}

static void
clear_scene (DioInputs *self)
{
  g_clear_pointer (&self->scene_hash, g_free);
  g_clear_pointer (&self->scene.picture, dio_pixels_unref);
  g_clear_pointer (&self->scene.scene, dio_scene_free);
}

static void
clear_style (DioInputs *self)
{
  g_clear_pointer (&self->style_hash, g_free);
  g_clear_pointer (&self->style.picture, dio_pixels_unref);
  g_clear_pointer (&self->style.colours, dio_buffer_free);
}

/**
 * dio_inputs_new:
 * @cache: (nullable): where cut-outs are kept beyond this process
 *
 * Returns: (transfer full): an empty store, to be used from one thread at a time
 */
DioInputs *
dio_inputs_new (DioCutOutCache *cache)
{
  DioInputs *self = g_new0 (DioInputs, 1);

  g_set_object (&self->cache, cache);
  self->subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) subject_free);

  return self;
}

void
dio_inputs_free (DioInputs *self)
{
  if (self == NULL)
    return;

  clear_scene (self);
  clear_style (self);
  g_ptr_array_unref (self->subjects);
  g_clear_object (&self->cache);
  g_free (self);
}

/* Over white, which is what a transparent picture is usually shown on. */
static DioPixels *
flatten (DioPixels *picture)
{
  DioPixels *flat;

  if (picture->channels == 3)
    return dio_pixels_ref (picture);

  flat = dio_pixels_new (picture->width, picture->height, 3);
  for (int y = 0; y < picture->height; y++)
    {
      const guint8 *in = dio_pixels_row (picture, y);
      guint8 *out = dio_pixels_row (flat, y);

      for (int x = 0; x < picture->width; x++, in += 4, out += 3)
        for (int c = 0; c < 3; c++)
          out[c] = (guint8) ((in[c] * in[3] + 255 * (255 - in[3]) + 127) / 255);
    }

  return flat;
}

static DioPixels *
decode (const DioCompositorInput  *input,
        int                        min_side,
        GCancellable              *cancellable,
        GError                   **error)
{
  return dio_image_decode (input->bytes, min_side, NULL, cancellable, error);
}

/* No larger than it is worked on. */
static DioPixels *
decode_to_fit (const DioCompositorInput  *input,
               DioWorkers                *workers,
               GCancellable              *cancellable,
               GError                   **error)
{
  g_autoptr(DioPixels) picture = decode (input, WORK_SIDE, cancellable, error);
  int width, height;

  if (picture == NULL)
    return NULL;

  dio_fit_size (picture->width, picture->height, WORK_SIDE, &width, &height);
  if (width >= picture->width)
    return g_steal_pointer (&picture);

  return dio_pixels_resample (picture, width, height, workers);
}

static gboolean
decode_scene (DioInputs                 *self,
              const DioCompositorInput  *input,
              int                        width,
              int                        height,
              DioWorkers                *workers,
              GCancellable              *cancellable,
              GError                   **error)
{
  g_autoptr(DioPixels) picture = NULL;
  g_autoptr(DioPixels) cropped = NULL;
  g_autoptr(DioBuffer) linear = NULL;
  const DioPixels *kept = self->scene.picture;

  if (g_strcmp0 (self->scene_hash, input->hash) == 0 && kept->width == width && kept->height == height)
    return TRUE;

  clear_scene (self);
  /* The shape may differ, and then the longer side is cut. */
  picture = decode (input, 2 * MAX (width, height), cancellable, error);
  if (picture == NULL)
    return FALSE;

  cropped = dio_scene_crop (picture, width, height, workers);
  g_clear_pointer (&picture, dio_pixels_unref);
  self->scene.picture = flatten (cropped);
  linear = dio_pixels_to_linear (self->scene.picture, workers);
  self->scene.scene = dio_scene_new (linear, workers);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      clear_scene (self);
      return FALSE;
    }
  self->scene_hash = g_strdup (input->hash);

  return TRUE;
}

static gboolean
decode_style (DioInputs                 *self,
              const DioCompositorInput  *input,
              DioWorkers                *workers,
              GCancellable              *cancellable,
              GError                   **error)
{
  g_autoptr(DioPixels) picture = NULL;
  g_autoptr(DioBuffer) linear = NULL;

  if (g_strcmp0 (self->style_hash, input->hash) == 0)
    return TRUE;

  clear_style (self);
  picture = decode_to_fit (input, workers, cancellable, error);
  if (picture == NULL)
    return FALSE;

  self->style.picture = flatten (picture);
  linear = dio_pixels_to_linear (self->style.picture, workers);
  self->style.colours = dio_palette_sample (linear, DIO_INPUTS_N_COLOURS, 1);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      clear_style (self);
      return FALSE;
    }
  self->style_hash = g_strdup (input->hash);

  return TRUE;
}

/* Moves what is found to the end, where it is kept longest. */
static Subject *
find_subject (DioInputs  *self,
              const char *hash)
{
  for (guint i = 0; i < self->subjects->len; i++)
    {
      Subject *subject = g_ptr_array_index (self->subjects, i);

      if (g_str_equal (subject->hash, hash))
        {
          g_ptr_array_add (self->subjects, g_ptr_array_steal_index (self->subjects, i));
          return subject;
        }
    }

  return NULL;
}

static Subject *
add_subject (DioInputs  *self,
             const char *hash)
{
  Subject *subject = g_new0 (Subject, 1);

  subject->hash = g_strdup (hash);
  g_ptr_array_add (self->subjects, subject);

  return subject;
}

/* A cut-out that is on disk needs no decoding; a card does, since the disk has
 * only the attempt at cutting it out. */
static gboolean
decode_subject (DioInputs                 *self,
                const DioCompositorInput  *input,
                DioWorkers                *workers,
                GCancellable              *cancellable,
                GError                   **error)
{
  Subject *subject = find_subject (self, input->hash);
  g_autoptr(DioCutOut) cut_out = NULL;
  g_autoptr(DioPixels) picture = NULL;

  if (subject != NULL)
    return TRUE;

  if (self->cache != NULL)
    cut_out = dio_cut_out_cache_lookup (self->cache, input->hash);
  if (cut_out == NULL || cut_out->flag == DIO_CUT_OUT_BUSY_BACKDROP)
    {
      picture = decode_to_fit (input, workers, cancellable, error);
      if (picture == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  subject = add_subject (self, input->hash);
  if (cut_out != NULL && cut_out->flag == DIO_CUT_OUT_BUSY_BACKDROP)
    subject->cut_out = dio_card_new (picture);
  else if (cut_out != NULL)
    subject->cut_out = g_steal_pointer (&cut_out);
  else
    subject->picture = g_steal_pointer (&picture);

  return TRUE;
}

/**
 * dio_inputs_has_subject:
 * @self: the store
 * @input: a subject
 *
 * Returns: whether it is cut out already
 */
gboolean
dio_inputs_has_subject (DioInputs                *self,
                        const DioCompositorInput *input)
{
  Subject *subject = find_subject (self, input->hash);

  return subject != NULL && subject->cut_out != NULL;
}

/**
 * dio_inputs_decode:
 * @self: the store
 * @input: a photo
 * @width: of the picture to be made
 * @height: of the picture to be made
 * @workers: who does it
 * @cancellable: (nullable): ends it
 * @error: return location for an error, or %NULL
 *
 * Makes sure that the photo is there for what its role needs.
 *
 * Returns: %FALSE with @error set when it cannot be decoded
 */
gboolean
dio_inputs_decode (DioInputs                 *self,
                   const DioCompositorInput  *input,
                   int                        width,
                   int                        height,
                   DioWorkers                *workers,
                   GCancellable              *cancellable,
                   GError                   **error)
{
  switch (input->role)
    {
    case DIO_ROLE_SCENE:
      return decode_scene (self, input, width, height, workers, cancellable, error);
    case DIO_ROLE_STYLE:
      return decode_style (self, input, workers, cancellable, error);
    case DIO_ROLE_SUBJECT:
    default:
      return decode_subject (self, input, workers, cancellable, error);
    }
}

static DioCutOut *
cut_out_subject (DioInputs   *self,
                 Subject     *subject,
                 DioWorkers  *workers,
                 GError     **error)
{
  g_autoptr(DioCutOut) cut_out = dio_cut_out_new (subject->picture, workers, error);

  if (cut_out == NULL)
    return NULL;

  if (self->cache != NULL)
    dio_cut_out_cache_store (self->cache, subject->hash, cut_out);
  if (cut_out->flag == DIO_CUT_OUT_BUSY_BACKDROP)
    return dio_card_new (subject->picture);

  return g_steal_pointer (&cut_out);
}

/* Those used last are at the end, and those of this composition among them. */
static void
forget_old (DioInputs *self)
{
  while (self->subjects->len > MAX_KEPT)
    g_ptr_array_remove_index (self->subjects, 0);
}

/**
 * dio_inputs_get_subject:
 * @self: the store
 * @input: a subject
 * @workers: who does it
 * @cancellable: (nullable): ends it
 * @error: return location for an error, or %NULL
 *
 * Returns: (transfer full): the subject cut out, or as a card where that is no use
 */
DioCutOut *
dio_inputs_get_subject (DioInputs                 *self,
                        const DioCompositorInput  *input,
                        DioWorkers                *workers,
                        GCancellable              *cancellable,
                        GError                   **error)
{
  Subject *subject;
  DioCutOut *cut_out;

  if (!decode_subject (self, input, workers, cancellable, error))
    return NULL;

  subject = find_subject (self, input->hash);
  if (subject->cut_out == NULL)
    {
      subject->cut_out = cut_out_subject (self, subject, workers, error);
      if (subject->cut_out == NULL)
        return NULL;
      g_clear_pointer (&subject->picture, dio_pixels_unref);
    }

  cut_out = dio_cut_out_ref (subject->cut_out);
  forget_old (self);

  return cut_out;
}

/**
 * dio_inputs_get_scene:
 * @self: the store
 *
 * Returns: the scene decoded last
 */
const DioKeptScene *
dio_inputs_get_scene (DioInputs *self)
{
  return &self->scene;
}

/**
 * dio_inputs_get_style:
 * @self: the store
 *
 * Returns: the style decoded last
 */
const DioKeptStyle *
dio_inputs_get_style (DioInputs *self)
{
  return &self->style;
}
