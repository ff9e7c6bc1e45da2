/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole pictures, from photos drawn here: the same bytes for every team, an end
 * when cancelled, and what the words promise. */

#include "config.h"

#include <math.h>
#include <string.h>

#include "dio-compositor.h"
#include "dio-error.h"
#include "dio-image-encode.h"
#include "dio-random.h"

#define SIDE 320

typedef guint32 (*PaintFunc) (int x, int y, int side);

static guint32
pack (double red,
      double green,
      double blue,
      double alpha)
{
  return (guint32) CLAMP (red, 0, 255) << 24 | (guint32) CLAMP (green, 0, 255) << 16 |
         (guint32) CLAMP (blue, 0, 255) << 8 | (guint32) CLAMP (alpha, 0, 255);
}

/* A red ball, cut out already. */
static guint32
paint_ball (int x,
            int y,
            int side)
{
  double distance = hypot (x - side / 2.0, y - side / 2.0);
  double light = 1.0 - 0.4 * (x + y) / (2.0 * side);

  return pack (220 * light, 40 * light, 30 * light, 255 * (side * 0.4 - distance + 0.5));
}

/* A grey-blue box on light grey, to be cut out. */
static guint32
paint_box (int x,
           int y,
           int side)
{
  gboolean inside = x > side * 0.3 && x < side * 0.7 && y > side * 0.25 && y < side * 0.8;
  double noise = 4.0 * dio_random_unit (9, x, y);

  return inside ? pack (40 + noise, 70 + noise, 150 + noise, 255) : pack (225 + noise, 225 + noise, 222 + noise, 255);
}

/* Sky over ground. */
static guint32
paint_scene (int x,
             int y,
             int side)
{
  double noise = 6.0 * dio_random_unit (4, x, y);

  if (y < side / 2)
    return pack (120 + noise, 160 + 60.0 * y / side, 220 + noise, 255);

  return pack (150 + noise, 130 + noise, 90 + 20.0 * x / side, 255);
}

static guint32
paint_stripes (int x,
               int y,
               int side)
{
  return (x + y) / 9 % 2 ? pack (250, 210, 120, 255) : pack (120, 30 + 100.0 * y / side, 90, 255);
}

/* Nothing to be seen. */
static guint32
paint_nothing (int x,
               int y,
               int side)
{
  return 0;
}

static GBytes *
paint_oblong (PaintFunc func,
              int       width,
              int       height)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (width, height, 4);
  g_autoptr(GError) error = NULL;
  GBytes *bytes;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint32 colour = GUINT32_TO_BE (func (x, y, MAX (width, height)));

        memcpy (dio_pixels_row (pixels, y) + x * 4, &colour, 4);
      }

  bytes = dio_image_encode_png (pixels, NULL, &error);
  g_assert_no_error (error);

  return bytes;
}

static GBytes *
paint (PaintFunc func,
       int       side)
{
  return paint_oblong (func, side, side);
}

typedef struct
{
  DioCompositor       *compositor;
  DioCompositorInput   inputs[4];
  DioCompositorInput   second_scene;
  DioCompositorRequest request;
} Fixture;

static void
set_input (DioCompositorInput *input,
           DioRole             role,
           const char         *name,
           PaintFunc           func)
{
  input->role = role;
  input->name = name;
  input->bytes = paint (func, 400);
  input->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, input->bytes);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->compositor = dio_compositor_new (NULL);
  set_input (&fixture->inputs[0], DIO_ROLE_SUBJECT, "ball", paint_ball);
  set_input (&fixture->inputs[1], DIO_ROLE_SUBJECT, "box", paint_box);
  set_input (&fixture->inputs[2], DIO_ROLE_SCENE, "field", paint_scene);
  set_input (&fixture->inputs[3], DIO_ROLE_STYLE, "stripes", paint_stripes);
  fixture->request = (DioCompositorRequest) {
    .inputs = fixture->inputs,
    .n_inputs = G_N_ELEMENTS (fixture->inputs),
    .prompt = "@ball on the left",
    .width = SIDE,
    .height = SIDE,
    .match = 0.8,
    .shadow = 0.8,
    .grain = 0.8,
    .palette = 0.8,
    .texture = 0.8,
    .jitter = 0.3,
    .n_threads = 2,
  };
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->inputs); i++)
    {
      g_bytes_unref (fixture->inputs[i].bytes);
      g_free ((char *) fixture->inputs[i].hash);
    }
  g_assert_finalize_object (fixture->compositor);
}

static DioRendering *
compose (Fixture *fixture,
         guint32  seed)
{
  g_autoptr(GError) error = NULL;
  DioRendering *rendering = dio_compositor_compose (fixture->compositor, &fixture->request, seed, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (rendering);
  g_assert_cmpint (rendering->pixels->channels, ==, 3);
  g_assert_cmpint (rendering->pixels->width, ==, fixture->request.width);
  g_assert_cmpint (rendering->pixels->height, ==, fixture->request.height);

  return rendering;
}

static char *
get_hash (const DioRendering *rendering)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, rendering->pixels->data,
                                      (gsize) rendering->pixels->stride * rendering->pixels->height);
}

static guint
count_notes (const DioRendering    *rendering,
             DioCompositorNoteKind  kind,
             const char            *name)
{
  guint n = 0;

  for (guint i = 0; i < rendering->notes->len; i++)
    {
      const DioCompositorNote *note = &g_array_index (rendering->notes, DioCompositorNote, i);

      n += note->kind == kind && g_str_equal (note->name, name);
    }

  return n;
}

static void
test_compositor_same_bytes (Fixture      *fixture,
                            gconstpointer data)
{
  static const guint teams[] = { 1, 2, 3, 8, 1 };
  g_autofree char *first = NULL;
  g_autofree char *other = NULL;
  g_autoptr(DioRendering) variation = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (teams); i++)
    {
      g_autoptr(DioRendering) rendering = NULL;
      g_autofree char *hash = NULL;

      /* Kept and fresh photos must give the same too. */
      if (i % 2 == 1)
        {
          g_assert_finalize_object (fixture->compositor);
          fixture->compositor = dio_compositor_new (NULL);
        }
      fixture->request.n_threads = teams[i];
      rendering = compose (fixture, 7);
      hash = get_hash (rendering);
      if (first == NULL)
        first = g_strdup (hash);
      g_assert_cmpstr (hash, ==, first);
    }

  variation = compose (fixture, 8);
  other = get_hash (variation);
  g_assert_cmpstr (other, !=, first);
}

typedef struct
{
  double        fraction;
  int           step;
  guint         n;
  guint         cancel_at;
  GCancellable *cancellable;
} Watch;

static void
progress_made_cb (DioCompositorStep step,
                  double            fraction,
                  gpointer          user_data)
{
  Watch *watch = user_data;

  g_assert_cmpfloat (fraction, >=, watch->fraction);
  g_assert_cmpfloat (fraction, <=, 1.0);
  g_assert_cmpint (step, >=, watch->step);
  watch->fraction = fraction;
  watch->step = step;
  if (++watch->n == watch->cancel_at)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_compositor_progress (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DioRendering) rendering = NULL;
  Watch watch = { 0 };

  rendering = dio_compositor_compose (fixture->compositor, &fixture->request, 1, progress_made_cb, &watch, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (watch.fraction, ==, 1.0);
  g_assert_cmpint (watch.step, ==, DIO_COMPOSITOR_LOOK);
  g_assert_cmpuint (watch.n, >, DIO_COMPOSITOR_N_STEPS);
  for (int i = 0; i < DIO_COMPOSITOR_N_STEPS; i++)
    g_assert_cmpfloat (rendering->seconds[i], >, 0.0);
}

/* At every place where progress is told; and afterwards the engine still works. */
static void
test_compositor_cancel (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr(DioRendering) after = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *hash = NULL;
  guint n = 0;

  {
    g_autoptr(DioRendering) before = compose (fixture, 1);

    expected = get_hash (before);
  }

  for (guint at = 1;; at++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(DioRendering) rendering = NULL;
      g_autoptr(GError) error = NULL;
      Watch watch = { .cancel_at = at, .cancellable = cancellable };

      /* Now and then everything must be made again. */
      if (at % 3 == 0)
        {
          g_assert_finalize_object (fixture->compositor);
          fixture->compositor = dio_compositor_new (NULL);
        }
      rendering = dio_compositor_compose (fixture->compositor, &fixture->request, 1, progress_made_cb, &watch,
                                          cancellable, &error);
      if (rendering != NULL)
        break;
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      n++;
    }
  g_assert_cmpuint (n, >, DIO_COMPOSITOR_N_STEPS);

  after = compose (fixture, 1);
  hash = get_hash (after);
  g_assert_cmpstr (hash, ==, expected);
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (g_random_int_range (0, 60000));
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_compositor_cancel_any_time (Fixture      *fixture,
                                 gconstpointer data)
{
  for (int i = 0; i < 12; i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(DioRendering) rendering = NULL;
      g_autoptr(GError) error = NULL;
      GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);

      rendering = dio_compositor_compose (fixture->compositor, &fixture->request, i, NULL, NULL, cancellable, &error);
      if (rendering == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_thread_join (thread);
    }
}

static void
test_compositor_no_scene (Fixture      *fixture,
                          gconstpointer data)
{
  g_autoptr(DioRendering) rendering = NULL;
  const guint8 *corner;

  fixture->request.n_inputs = 1;
  fixture->request.prompt = "@ball on a plain teal background";
  rendering = compose (fixture, 1);

  corner = dio_pixels_row (rendering->pixels, 4) + 4 * 3;
  g_assert_cmpint (corner[1], >, corner[0] + 30);
  g_assert_cmpint (corner[2], >, corner[0] + 30);
  g_assert_true (g_strv_contains ((const char *const *) rendering->used, "teal"));
}

static void
test_compositor_no_subject (Fixture      *fixture,
                            gconstpointer data)
{
  g_autoptr(DioRendering) rendering = NULL;

  fixture->request.inputs = fixture->inputs + 2;
  fixture->request.n_inputs = 2;
  rendering = compose (fixture, 1);
  g_assert_cmpuint (rendering->notes->len, ==, 0);
}

static void
assert_invalid (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (dio_compositor_compose (fixture->compositor, &fixture->request, 1, NULL, NULL, NULL, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_compositor_nothing_to_show (Fixture      *fixture,
                                 gconstpointer data)
{
  fixture->request.inputs = fixture->inputs + 3;
  fixture->request.n_inputs = 1;
  assert_invalid (fixture);

  fixture->request.n_inputs = 0;
  assert_invalid (fixture);

  fixture->request.inputs = fixture->inputs;
  fixture->request.n_inputs = 3;
  fixture->request.width = 5000;
  assert_invalid (fixture);
}

static void
test_compositor_not_a_picture (Fixture      *fixture,
                               gconstpointer data)
{
  g_autoptr(GBytes) text = g_bytes_new_static ("no picture", 10);
  g_autoptr(GError) error = NULL;
  DioCompositorInput input = { DIO_ROLE_SCENE, "text", "x", text };

  fixture->request.inputs = &input;
  fixture->request.n_inputs = 1;
  g_assert_null (dio_compositor_compose (fixture->compositor, &fixture->request, 1, NULL, NULL, NULL, &error));
  g_assert_cmpuint (error->domain, ==, DIO_ERROR);
}

static void
test_compositor_notes (Fixture      *fixture,
                       gconstpointer data)
{
  DioCompositorInput inputs[4];
  g_autoptr(DioRendering) rendering = NULL;

  inputs[0] = fixture->inputs[2];
  inputs[1] = fixture->inputs[3];
  inputs[1].role = DIO_ROLE_SCENE;
  inputs[2] = fixture->inputs[3];
  inputs[3] = fixture->inputs[2];
  inputs[3].role = DIO_ROLE_STYLE;
  fixture->request.inputs = inputs;
  fixture->request.texture = 0.0;
  rendering = compose (fixture, 1);

  g_assert_cmpuint (rendering->notes->len, ==, 2);
  g_assert_cmpuint (count_notes (rendering, DIO_COMPOSITOR_NOTE_SCENE_UNUSED, "stripes"), ==, 1);
  g_assert_cmpuint (count_notes (rendering, DIO_COMPOSITOR_NOTE_STYLE_UNUSED, "field"), ==, 1);
}

static void
test_compositor_black_and_white (Fixture      *fixture,
                                 gconstpointer data)
{
  g_autoptr(DioRendering) rendering = NULL;

  fixture->request.prompt = "black and white, film grain";
  rendering = compose (fixture, 1);

  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        const guint8 *rgb = dio_pixels_row (rendering->pixels, y) + x * 3;

        g_assert_cmpint (rgb[0], ==, rgb[1]);
        g_assert_cmpint (rgb[1], ==, rgb[2]);
      }
}

/* The mean brightness of a part of the picture, given in parts of its side. */
static double
get_brightness (const DioRendering *rendering,
                double              left,
                double              top,
                double              right,
                double              bottom)
{
  double sum = 0.0;
  int n = 0;

  for (int y = (int) (top * SIDE); y < (int) (bottom * SIDE); y++)
    for (int x = (int) (left * SIDE); x < (int) (right * SIDE); x++, n++)
      sum += dio_pixels_row (rendering->pixels, y)[x * 3 + 1];

  return sum / n;
}

/* Where the shadow makes the picture darkest, by rows. */
static double
get_shade (Fixture    *fixture,
           const char *prompt)
{
  g_autoptr(DioRendering) with = NULL;
  g_autoptr(DioRendering) without = NULL;
  double deepest = 0.0;

  fixture->request.prompt = prompt;
  fixture->request.shadow = 0.8;
  with = compose (fixture, 1);
  fixture->request.shadow = 0.0;
  without = compose (fixture, 1);

  for (double y = 0.3; y < 0.97; y += 0.02)
    deepest = MAX (deepest, get_brightness (without, 0.4, y, 0.6, y + 0.02) - get_brightness (with, 0.4, y, 0.6, y + 0.02));

  return deepest;
}

static void
test_compositor_shadow (Fixture      *fixture,
                        gconstpointer data)
{
  DioCompositorInput inputs[2] = { fixture->inputs[0], fixture->inputs[2] };
  double standing, floating, denied;

  fixture->request.inputs = inputs;
  fixture->request.n_inputs = 2;
  fixture->request.jitter = 0.0;
  fixture->request.grain = 0.0;
  fixture->request.match = 0.0;

  standing = get_shade (fixture, "@ball in the centre");
  floating = get_shade (fixture, "@ball floating in the air in the centre");
  denied = get_shade (fixture, "@ball in the centre, no shadow");
  g_test_message ("standing %.1f floating %.1f denied %.1f", standing, floating, denied);

  g_assert_cmpfloat (standing, >, 20.0);
  g_assert_cmpfloat (floating, <, 0.5 * standing);
  g_assert_cmpfloat (denied, ==, 0.0);
}

static void
test_compositor_shapes (Fixture      *fixture,
                        gconstpointer data)
{
  static const int sizes[][2] = { { 256, 512 }, { 512, 256 }, { 600, 300 }, { 257, 259 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(DioRendering) rendering = NULL;

      fixture->request.width = sizes[i][0];
      fixture->request.height = sizes[i][1];
      rendering = compose (fixture, 1);
    }
}

/* Photos that nobody would take, but somebody will send. */
static void
test_compositor_odd_photos (Fixture      *fixture,
                            gconstpointer data)
{
  static const int sizes[][2] = { { 1, 1 }, { 3, 2000 }, { 2000, 3 }, { 40, 30 } };
  static const PaintFunc funcs[] = { paint_nothing, paint_scene };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint f = 0; f < G_N_ELEMENTS (funcs); f++)
      {
        g_autoptr(GBytes) bytes = paint_oblong (funcs[f], sizes[i][0], sizes[i][1]);
        g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
        DioCompositorInput inputs[3] = {
          { DIO_ROLE_SUBJECT, "odd", hash, bytes },
          { DIO_ROLE_SCENE, "odd", hash, bytes },
          { DIO_ROLE_STYLE, "odd", hash, bytes },
        };
        g_autoptr(DioRendering) rendering = NULL;

        fixture->request.inputs = inputs;
        fixture->request.n_inputs = 3;
        fixture->request.prompt = "two @odd, hazy";
        rendering = compose (fixture, 1);
      }
}

#define add(name, func) \
  g_test_add ("/compositor/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("same-bytes", test_compositor_same_bytes);
  add ("progress", test_compositor_progress);
  add ("cancel", test_compositor_cancel);
  add ("cancel-any-time", test_compositor_cancel_any_time);
  add ("no-scene", test_compositor_no_scene);
  add ("no-subject", test_compositor_no_subject);
  add ("nothing-to-show", test_compositor_nothing_to_show);
  add ("not-a-picture", test_compositor_not_a_picture);
  add ("notes", test_compositor_notes);
  add ("black-and-white", test_compositor_black_and_white);
  add ("shadow", test_compositor_shadow);
  add ("shapes", test_compositor_shapes);
  add ("odd-photos", test_compositor_odd_photos);

  return g_test_run ();
}
