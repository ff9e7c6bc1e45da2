/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet as one picture, drawn by cairo; pango writes, in every script. */

#include "config.h"

#include "dio-sheet-private.h"

#include "dio-image-encode.h"

#include <pango/pangocairo.h>

#define CELL 480
#define GAP 20
#define MARGIN 32
#define CAPTION 30
#define TITLE 44
#define ROW_TITLE 200

static guint
count_columns (const DioSheet *self)
{
  guint n = self->pictures->len;

  return n <= 4 ? MAX (n, 1) : n <= 6 || n == 9 ? 3 : 4;
}

static guint
count_lines (const DioSheet *self)
{
  guint columns = count_columns (self);

  return (self->pictures->len + columns - 1) / columns;
}

/* Returns how high it is. */
static int
write_text (cairo_t    *cr,
            const char *text,
            const char *font,
            double      grey,
            int         x,
            int         y,
            int         width,
            gboolean    draws)
{
  g_autoptr(PangoLayout) layout = pango_cairo_create_layout (cr);
  PangoFontDescription *description = pango_font_description_from_string (font);
  int height;

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_get_pixel_size (layout, NULL, &height);
  if (draws)
    {
      cairo_set_source_rgb (cr, grey, grey, grey);
      cairo_move_to (cr, x, y);
      pango_cairo_show_layout (cr, layout);
    }

  return height;
}

static cairo_surface_t *
make_surface (const DioPixels *pixels)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels->width, pixels->height);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < pixels->height; y++)
    {
      const guint8 *source = dio_pixels_row (pixels, y);
      guint32 *target = (guint32 *) (data + (gsize) y * stride);

      for (int x = 0; x < pixels->width; x++, source += pixels->channels)
        {
          guint alpha = pixels->channels == 4 ? source[3] : 255;

          target[x] = alpha << 24 | source[0] * alpha / 255 << 16 | source[1] * alpha / 255 << 8 |
                      source[2] * alpha / 255;
        }
    }

  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_picture (cairo_t               *cr,
              const DioSheet        *self,
              const DioSheetPicture *picture,
              int                    x,
              int                    y,
              GCancellable          *cancellable)
{
  g_autoptr(DioPixels) pixels = _dio_sheet_picture_load (picture, CELL, cancellable);

  if (pixels != NULL)
    {
      cairo_surface_t *surface = make_surface (pixels);

      cairo_set_source_surface (cr, surface, x + (CELL - pixels->width) / 2, y + (CELL - pixels->height) / 2);
      cairo_paint (cr);
      cairo_surface_destroy (surface);
    }
  else
    {
      cairo_set_source_rgb (cr, 0.93, 0.93, 0.93);
      cairo_rectangle (cr, x, y, CELL, CELL);
      cairo_fill (cr);
      write_text (cr, self->unread, "Sans 12", 0.4, x + GAP, y + CELL / 2, CELL - 2 * GAP, TRUE);
    }

  write_text (cr, picture->caption, "Sans Bold 11", 0.1, x, y + CELL + 6, CELL, TRUE);
}

/* Of a row of the table; returns how high it is. */
static int
write_row (cairo_t            *cr,
           const char         *title,
           const char * const *values,
           int                 y,
           int                 width,
           gboolean            draws)
{
  int n = MAX (g_strv_length ((char **) values), 1);
  int cell = (width - 2 * MARGIN - ROW_TITLE) / n;
  int height = write_text (cr, title, "Sans 10", 0.4, MARGIN, y + 6, ROW_TITLE - GAP, draws);

  for (int i = 0; values[i] != NULL; i++)
    {
      int high = write_text (cr, values[i], "Sans 10", 0.1, MARGIN + ROW_TITLE + i * cell, y + 6, cell - GAP, draws);

      height = MAX (height, high);
    }

  return height + 12;
}

static int
write_table (cairo_t        *cr,
             const DioSheet *self,
             int             y,
             int             width,
             gboolean        draws)
{
  int top = y;

  if (self->rows->len == 0)
    return 0;

  y += write_row (cr, "", (const char * const *) self->columns, y, width, draws);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const DioSheetRow *row = g_ptr_array_index (self->rows, i);

      if (draws)
        {
          cairo_set_source_rgb (cr, 0.85, 0.85, 0.85);
          cairo_rectangle (cr, MARGIN, y, width - 2 * MARGIN, 1);
          cairo_fill (cr);
        }
      y += write_row (cr, row->title, (const char * const *) row->values, y, width, draws);
    }

  return y - top;
}

static void
draw (cairo_t      *cr,
      DioSheet     *self,
      int           width,
      GCancellable *cancellable)
{
  guint columns = count_columns (self);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  write_text (cr, self->title, "Sans Bold 16", 0.1, MARGIN, MARGIN, width - 2 * MARGIN, TRUE);
  for (guint i = 0; i < self->pictures->len && !g_cancellable_is_cancelled (cancellable); i++)
    draw_picture (cr, self, g_ptr_array_index (self->pictures, i),
                  MARGIN + (int) (i % columns) * (CELL + GAP),
                  MARGIN + TITLE + (int) (i / columns) * (CELL + CAPTION + GAP), cancellable);
}

static DioPixels *
take_pixels (cairo_surface_t *surface)
{
  DioPixels *pixels = dio_pixels_new (cairo_image_surface_get_width (surface),
                                      cairo_image_surface_get_height (surface), 3);
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < pixels->height; y++)
    {
      const guint32 *source = (const guint32 *) (data + (gsize) y * stride);
      guint8 *target = dio_pixels_row (pixels, y);

      for (int x = 0; x < pixels->width; x++, target += 3)
        {
          target[0] = source[x] >> 16;
          target[1] = source[x] >> 8;
          target[2] = source[x];
        }
    }

  return pixels;
}

static int
measure_table (const DioSheet *self,
               int             width)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  cairo_t *cr = cairo_create (surface);
  int height = write_table (cr, self, 0, width, FALSE);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return height;
}

/**
 * dio_sheet_to_png:
 * @self: a sheet
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full): a file
 */
GBytes *
dio_sheet_to_png (DioSheet      *self,
                  GCancellable  *cancellable,
                  GError       **error)
{
  int columns = count_columns (self);
  int width = 2 * MARGIN + columns * CELL + (columns - 1) * GAP;
  int table = MARGIN + TITLE + (int) count_lines (self) * (CELL + CAPTION + GAP);
  int height = table + measure_table (self, width) + MARGIN;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr(DioPixels) pixels = NULL;

  draw (cr, self, width, cancellable);
  write_table (cr, self, table, width, TRUE);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  pixels = take_pixels (surface);
  cairo_surface_destroy (surface);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return dio_image_encode_png (pixels, NULL, error);
}
