/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picture files, good and bad, for the tests of the command line. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *picture_subject        (int side);
GBytes *picture_scene          (int width,
                                int height);
GBytes *picture_truncated_jpeg (void);
GBytes *picture_png_16_bit     (void);
GBytes *picture_png_header     (int width,
                                int height);
GBytes *picture_animated_gif   (void);

G_END_DECLS
