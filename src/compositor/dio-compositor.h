/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine of this computer: photos in, one picture out. */

#pragma once

#include "dio-cut-out-cache.h"
#include "dio-role.h"

G_BEGIN_DECLS

/**
 * DioCompositorInput:
 * @role: what the photo is for
 * @name: its name in the prompt, without the "@"
 * @hash: the content hash of @bytes
 * @bytes: the file's bytes
 */
typedef struct
{
  DioRole     role;
  const char *name;
  const char *hash;
  GBytes     *bytes;
} DioCompositorInput;

/**
 * DioCompositorRequest:
 * @inputs: (array length=n_inputs): the photos, in the strip's order
 * @prompt: with mentions as `@name`
 * @width: of the picture, 256 to 4096
 * @height: of the picture, 256 to 4096
 * @match: how far subjects take on the scene's light, 0 to 1
 * @shadow: how dark shadows are, 0 to 1
 * @grain: how much of the scene's grain subjects get, 0 to 1
 * @palette: how far the style's colours are taken on, 0 to 1
 * @texture: how far the style's brush strokes are taken on, 0 to 1
 * @jitter: how far the seed moves subjects about, 0 to 1
 * @n_threads: size of the team, or 0 for one per processor
 */
typedef struct
{
  const DioCompositorInput *inputs;
  guint                     n_inputs;
  const char               *prompt;
  int                       width;
  int                       height;
  double                    match;
  double                    shadow;
  double                    grain;
  double                    palette;
  double                    texture;
  double                    jitter;
  guint                     n_threads;
} DioCompositorRequest;

/**
 * DioCompositorStep:
 *
 * What the engine is doing, in the order of doing it.
 */
typedef enum
{
  DIO_COMPOSITOR_DECODE,
  DIO_COMPOSITOR_CUT_OUT,
  DIO_COMPOSITOR_LAYOUT,
  DIO_COMPOSITOR_SHADOWS,
  DIO_COMPOSITOR_PLACE,
  DIO_COMPOSITOR_PALETTE,
  DIO_COMPOSITOR_TEXTURE,
  DIO_COMPOSITOR_LOOK,
} DioCompositorStep;

#define DIO_COMPOSITOR_N_STEPS (DIO_COMPOSITOR_LOOK + 1)

/**
 * DioCompositorProgressFunc:
 * @step: what is being done
 * @fraction: how much of the whole is done, 0 to 1, never falling
 * @user_data: data given with the function
 *
 * Called from the thread that composes.
 */
typedef void (*DioCompositorProgressFunc) (DioCompositorStep step,
                                           double            fraction,
                                           gpointer          user_data);

/**
 * DioCompositorNote:
 *
 * What a person should be told of one picture: the message is chosen by @kind
 * in the interface, @name is the reference it speaks of.
 */
typedef enum
{
  DIO_COMPOSITOR_NOTE_CHECK_EDGES,
  DIO_COMPOSITOR_NOTE_BUSY_BACKDROP,
  DIO_COMPOSITOR_NOTE_SCENE_UNUSED,
  DIO_COMPOSITOR_NOTE_STYLE_UNUSED,
  DIO_COMPOSITOR_NOTE_FIRST_FRAME,
  DIO_COMPOSITOR_NOTE_CMYK,
} DioCompositorNoteKind;

typedef struct
{
  DioCompositorNoteKind kind;
  char                 *name; /* (owned): of the reference */
} DioCompositorNote;

/**
 * DioRendering:
 * @pixels: (owned): the picture
 * @used: (owned): the words of the prompt that were acted on
 * @unused: (owned): the words that mean nothing to this engine
 * @notes: (owned) (element-type DioCompositorNote): what to tell the person
 * @seconds: time of each step
 */
typedef struct
{
  DioPixels *pixels;
  GStrv      used;
  GStrv      unused;
  GArray    *notes;
  double     seconds[DIO_COMPOSITOR_N_STEPS];
} DioRendering;

void          dio_rendering_free (DioRendering *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioRendering, dio_rendering_free)

#define DIO_TYPE_COMPOSITOR (dio_compositor_get_type ())
G_DECLARE_FINAL_TYPE (DioCompositor, dio_compositor, DIO, COMPOSITOR, GObject)

DioCompositor *dio_compositor_new     (DioCutOutCache             *cache);
DioRendering  *dio_compositor_compose (DioCompositor              *self,
                                       const DioCompositorRequest *request,
                                       guint32                     seed,
                                       DioCompositorProgressFunc   progress,
                                       gpointer                    user_data,
                                       GCancellable               *cancellable,
                                       GError                    **error);

G_END_DECLS
