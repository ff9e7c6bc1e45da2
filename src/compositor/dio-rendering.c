/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of a composition. */

#include "config.h"

#include "dio-compositor.h"

void
dio_rendering_free (DioRendering *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->pixels, dio_pixels_unref);
  g_strfreev (self->used);
  g_strfreev (self->unused);
  g_clear_pointer (&self->notes, g_array_unref);
  g_free (self);
}
