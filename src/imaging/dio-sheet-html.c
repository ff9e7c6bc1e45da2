/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet as one page for a browser: the pictures are in it, smaller than they
 * are, and no script is. */

#include "config.h"

#include "dio-sheet-private.h"

#include "dio-image-encode.h"

#define MAX_SIDE 1600
#define QUALITY 88

static const char STYLE[] =
  "body{font:15px/1.5 system-ui,sans-serif;margin:24px;color:#222;background:#fafafa}"
  "h1{font-size:20px}"
  ".pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:12px}"
  "figure{margin:0}img{width:100%;border-radius:10px;display:block}"
  "figure p{margin:0;padding:96px 16px;border-radius:10px;text-align:center;background:#8882}"
  "figcaption{padding:6px 2px;font-weight:600}"
  "table{border-collapse:collapse;width:100%;margin-top:20px;background:#fff}"
  "th,td{text-align:left;vertical-align:top;padding:6px 12px;border-bottom:1px solid #ddd}"
  "tbody th{font-weight:normal;color:#666}"
  "@media(prefers-color-scheme:dark){body{color:#eee;background:#242424}table{background:#303030}"
  "th,td{border-color:#454545}tbody th{color:#aaa}}";

static void
append_text (GString    *page,
             const char *tag,
             const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (page, "<%s>%s</%s>", tag, escaped, tag);
}

static gboolean
append_picture (GString                *page,
                const DioSheet         *self,
                const DioSheetPicture  *picture,
                GCancellable           *cancellable,
                GError                **error)
{
  g_autoptr(DioPixels) pixels = _dio_sheet_picture_load (picture, MAX_SIDE, cancellable);
  gboolean is_opaque = pixels == NULL || pixels->channels == 3;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *escaped = g_markup_escape_text (picture->caption, -1);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  g_string_append (page, "<figure>");
  if (pixels != NULL)
    {
      bytes = is_opaque ? dio_image_encode_jpeg (pixels, QUALITY, error) : dio_image_encode_png (pixels, NULL, error);
      if (bytes == NULL)
        return FALSE;

      encoded = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_string_append_printf (page, "<img alt=\"%s\" src=\"data:image/%s;base64,%s\">", escaped,
                              is_opaque ? "jpeg" : "png", encoded);
    }
  else
    append_text (page, "p", self->unread);
  append_text (page, "figcaption", picture->caption);
  g_string_append (page, "</figure>\n");

  return TRUE;
}

static void
append_table (GString        *page,
              const DioSheet *self)
{
  g_string_append (page, "<table><thead><tr><td></td>");
  for (int i = 0; self->columns[i] != NULL; i++)
    append_text (page, "th", self->columns[i]);
  g_string_append (page, "</tr></thead><tbody>\n");

  for (guint i = 0; i < self->rows->len; i++)
    {
      const DioSheetRow *row = g_ptr_array_index (self->rows, i);

      g_string_append (page, "<tr>");
      append_text (page, "th", row->title);
      for (int j = 0; row->values[j] != NULL; j++)
        append_text (page, "td", row->values[j]);
      g_string_append (page, "</tr>\n");
    }

  g_string_append (page, "</tbody></table>\n");
}

/**
 * dio_sheet_to_html:
 * @self: a sheet
 * @cancellable: (nullable): ends the work
 * @error: return location for an error, or %NULL
 *
 * Blocks: for worker threads.
 *
 * Returns: (transfer full): a page that needs nothing beside it
 */
GBytes *
dio_sheet_to_html (DioSheet      *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr(GString) page = g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
                                          "<meta name=\"viewport\" content=\"width=device-width\">");

  append_text (page, "title", self->title);
  g_string_append_printf (page, "<style>%s</style></head><body>\n", STYLE);
  append_text (page, "h1", self->title);
  g_string_append (page, "<div class=\"pictures\">\n");
  for (guint i = 0; i < self->pictures->len; i++)
    if (!append_picture (page, self, g_ptr_array_index (self->pictures, i), cancellable, error))
      return NULL;

  g_string_append (page, "</div>\n");
  if (self->rows->len > 0)
    append_table (page, self);
  g_string_append (page, "</body></html>\n");

  return g_string_free_to_bytes (g_steal_pointer (&page));
}
