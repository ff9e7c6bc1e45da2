/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A subject without its backdrop: as the picture brings it along, or as the
 * classical guess, refined, finds it. */

#include "config.h"

#include <string.h>

#include "dio-cut-out-classical.h"
#include "dio-cut-out-private.h"
#include "dio-cut-out-refine.h"
#include "dio-foreground.h"
#include "dio-resample.h"

/* A picture came cut out when alpha is below this on that share of it. */
#define OPAQUE      250
#define OWN_DIVISOR 200

static gboolean
has_own_alpha (const DioPixels *picture)
{
  gsize n = 0;

  if (picture->channels < 4)
    return FALSE;

  for (int y = 0; y < picture->height; y++)
    {
      const guint8 *alpha = dio_pixels_row (picture, y) + 3;
      guint in_row = 0;

      for (int x = 0; x < picture->width; x++)
        in_row += alpha[x * 4] < OPAQUE;
      n += in_row;
    }

  return n * OWN_DIVISOR >= (gsize) picture->width * picture->height;
}

/* Returns FALSE, and the whole picture as the box, when nothing is in sight. */
static gboolean
find_box (DioCutOut *self)
{
  int left = G_MAXINT, right = -1, top = -1, bottom = -1;

  for (int y = 0; y < self->rgba->height; y++)
    {
      const guint8 *alpha = dio_pixels_row (self->rgba, y) + 3;
      int first = 0;
      int last = self->rgba->width - 1;

      while (first <= last && alpha[first * 4] <= 127)
        first++;
      if (first > last)
        continue;
      while (alpha[last * 4] <= 127)
        last--;

      left = MIN (left, first);
      right = MAX (right, last);
      top = top < 0 ? y : top;
      bottom = y;
    }

  self->x = right < 0 ? 0 : left;
  self->y = right < 0 ? 0 : top;
  self->box_width = right < 0 ? self->rgba->width : right - left + 1;
  self->box_height = right < 0 ? self->rgba->height : bottom - top + 1;

  return right >= 0;
}

static DioCutOut *
take_as_it_is (DioPixels *picture)
{
  DioCutOut *self = dio_cut_out_alloc ();

  self->rgba = dio_pixels_ref (picture);
  self->flag = find_box (self) ? DIO_CUT_OUT_OWN_ALPHA : DIO_CUT_OUT_CHECK_EDGES;

  return self;
}

/* Nothing was found: the whole picture is of more use than none of it. */
static void
keep_all (DioCutOut       *self,
          const DioPixels *picture)
{
  for (int y = 0; y < picture->height; y++)
    {
      const guint8 *from = dio_pixels_row (picture, y);
      guint8 *to = dio_pixels_row (self->rgba, y);

      for (int x = 0; x < picture->width; x++, from += picture->channels, to += 4)
        {
          memcpy (to, from, 3);
          to[3] = 255;
        }
    }

  self->flag = DIO_CUT_OUT_BUSY_BACKDROP;
}

static DioPixels *
shrink (DioPixels  *picture,
        int         side,
        DioWorkers *workers)
{
  int width, height;

  dio_fit_size (picture->width, picture->height, side, &width, &height);
  if (width == picture->width && height == picture->height)
    return dio_pixels_ref (picture);

  return dio_pixels_resample (picture, width, height, workers);
}

static gboolean
is_cancelled (DioWorkers  *workers,
              GError     **error)
{
  if (!dio_workers_is_cancelled (workers))
    return FALSE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cutting out was cancelled");

  return TRUE;
}

static DioCutOut *
cut_out (DioPixels   *picture,
         DioWorkers  *workers,
         GError     **error)
{
  g_autoptr(DioPixels) small = shrink (picture, DIO_CUT_OUT_REFINE_SIDE, workers);
  g_autoptr(DioPixels) smaller = shrink (small, DIO_CUT_OUT_GUESS_SIDE, workers);
  g_autoptr(DioCutOut) self = dio_cut_out_alloc ();
  g_autoptr(DioBuffer) alpha = NULL;
  DioCutOutGuess guess;

  if (!dio_cut_out_guess (smaller, &guess, workers))
    {
      is_cancelled (workers, error);
      return NULL;
    }

  alpha = guess.alpha;
  self->flag = guess.flag;
  self->has_backdrop = guess.has_backdrop;
  memcpy (self->backdrop, guess.backdrop, sizeof self->backdrop);

  self->rgba = dio_pixels_new (picture->width, picture->height, 4);
  dio_cut_out_refine (picture, small, alpha, self->rgba, workers);
  if (is_cancelled (workers, error))
    return NULL;

  dio_foreground_estimate (picture, self->rgba, workers);
  if (is_cancelled (workers, error))
    return NULL;

  if (!find_box (self))
    keep_all (self, picture);

  return g_steal_pointer (&self);
}

/**
 * dio_cut_out_alloc:
 *
 * Returns: (transfer full): an empty cut-out, to be filled before it is shared
 */
DioCutOut *
dio_cut_out_alloc (void)
{
  return g_atomic_rc_box_new0 (DioCutOut);
}

/**
 * dio_cut_out_new:
 * @picture: a picture
 * @workers: the team, whose cancellable is obeyed
 * @error: set to %G_IO_ERROR_CANCELLED when cancelled; nothing else goes wrong
 *
 * Returns: (transfer full): the subject of @picture
 */
DioCutOut *
dio_cut_out_new (DioPixels   *picture,
                 DioWorkers  *workers,
                 GError     **error)
{
  g_return_val_if_fail (picture != NULL, NULL);
  g_return_val_if_fail (workers != NULL, NULL);

  if (is_cancelled (workers, error))
    return NULL;
  if (has_own_alpha (picture))
    return take_as_it_is (picture);

  return cut_out (picture, workers, error);
}

DioCutOut *
dio_cut_out_ref (DioCutOut *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  DioCutOut *self = data;

  g_clear_pointer (&self->rgba, dio_pixels_unref);
}

void
dio_cut_out_unref (DioCutOut *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * dio_cut_out_flag_get_nick:
 * @flag: a flag
 *
 * Returns: a word for logs, scripts and files, never translated
 */
const char *
dio_cut_out_flag_get_nick (DioCutOutFlag flag)
{
  static const char *const nicks[] = {
    [DIO_CUT_OUT_CLEAN] = "clean",
    [DIO_CUT_OUT_CHECK_EDGES] = "check-edges",
    [DIO_CUT_OUT_BUSY_BACKDROP] = "busy-backdrop",
    [DIO_CUT_OUT_OWN_ALPHA] = "own-alpha",
  };

  g_return_val_if_fail ((guint) flag < G_N_ELEMENTS (nicks), NULL);

  return nicks[flag];
}
