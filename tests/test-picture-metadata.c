/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written into a picture's file comes back, the picture stays what it is
 * to the last bit, and other programs read it as it is meant. */

#include "config.h"

#include "dio-image-decode.h"
#include "dio-image-encode.h"
#include "dio-picture-metadata.h"

#include <glib/gstdio.h>
#include <string.h>

#define CREATED (G_GINT64_CONSTANT (1763733742) * G_USEC_PER_SEC)
#define PROMPT "Die Uhr @watch — auf „Moos“ & <Stein> 🌱\nzweite Zeile"
#define RECIPE "{\"prompt\":\"a \xef\xbf\xbe b\",\"values\":{}}"

static const char *const formats[] = { "png", "jpg", "webp" };

static GBytes *
make_picture (const char *format,
              int         channels)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (33, 21, channels);
  g_autoptr(GRand) rand = g_rand_new_with_seed (4);

  for (int i = 0; i < pixels->height * pixels->stride; i++)
    pixels->data[i] = g_rand_int_range (rand, 0, 256);

  if (g_str_equal (format, "png"))
    return dio_image_encode_png (pixels, NULL, NULL);
  if (g_str_equal (format, "jpg"))
    return dio_image_encode_jpeg (pixels, 90, NULL);

  return dio_image_encode_webp (pixels, 90, NULL);
}

static DioPictureMetadata *
make_metadata (void)
{
  DioPictureMetadata *metadata = dio_picture_metadata_new (DIO_METADATA_DIORAMA);

  metadata->software = g_strdup ("Diorama 1.2");
  metadata->prompt = g_strdup (PROMPT);
  metadata->negative_prompt = g_strdup ("blurry");
  metadata->provider = g_strdup ("runware");
  metadata->model = g_strdup ("google:4@3");
  metadata->parameters = g_strdup ("width: 33, height: 21");
  metadata->seed = G_GINT64_CONSTANT (9007199254740991);
  metadata->created = CREATED;
  metadata->recipe = g_strdup (RECIPE);
  dio_picture_metadata_add_parent (metadata, "aa", "watch", DIO_ROLE_SUBJECT);
  dio_picture_metadata_add_parent (metadata, "bb", NULL, DIO_ROLE_SCENE);

  return metadata;
}

static GBytes *
join (GPtrArray *pieces)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (pieces, i), &size);

      g_byte_array_append (bytes, data, size);
    }

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
inscribe (const DioPictureMetadata *metadata,
          GBytes                   *file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) pieces = dio_picture_metadata_inscribe (metadata, file, &error);

  g_assert_no_error (error);

  return join (pieces);
}

static void
assert_same_picture (GBytes *one,
                     GBytes *other)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DioPixels) a = dio_image_decode (one, 0, NULL, NULL, &error);
  g_autoptr(DioPixels) b = NULL;

  g_assert_no_error (error);
  b = dio_image_decode (other, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (a->channels, ==, b->channels);
  g_assert_cmpmem (a->data, a->height * a->stride, b->data, b->height * b->stride);
}

static void
assert_same (const DioPictureMetadata *metadata)
{
  const DioMetadataParent *parent;

  g_assert_nonnull (metadata);
  g_assert_cmpint (metadata->writer, ==, DIO_METADATA_DIORAMA);
  g_assert_cmpstr (metadata->software, ==, "Diorama 1.2");
  g_assert_cmpstr (metadata->prompt, ==, PROMPT);
  g_assert_cmpstr (metadata->negative_prompt, ==, "blurry");
  g_assert_cmpstr (metadata->provider, ==, "runware");
  g_assert_cmpstr (metadata->model, ==, "google:4@3");
  g_assert_cmpstr (metadata->parameters, ==, "width: 33, height: 21");
  g_assert_cmpint (metadata->seed, ==, G_GINT64_CONSTANT (9007199254740991));
  g_assert_cmpint (metadata->created, ==, CREATED);
  g_assert_false (metadata->is_composite);
  g_assert_cmpstr (metadata->recipe, ==, "{\"prompt\":\"a \\ufffe b\",\"values\":{}}");

  g_assert_cmpuint (metadata->parents->len, ==, 2);
  parent = g_ptr_array_index (metadata->parents, 0);
  g_assert_cmpstr (parent->hash, ==, "aa");
  g_assert_cmpstr (parent->name, ==, "watch");
  g_assert_cmpint (parent->role, ==, DIO_ROLE_SUBJECT);
  parent = g_ptr_array_index (metadata->parents, 1);
  g_assert_cmpstr (parent->hash, ==, "bb");
  g_assert_null (parent->name);
  g_assert_cmpint (parent->role, ==, DIO_ROLE_SCENE);
}

/* Twice: what is written anew takes the place of what was there. */
static void
test_round_trip (gconstpointer data)
{
  const char *format = data;

  for (int channels = 3; channels <= 4; channels++)
    {
      g_autoptr(GBytes) picture = make_picture (format, channels);
      g_autoptr(DioPictureMetadata) other = dio_picture_metadata_new (DIO_METADATA_DIORAMA);
      g_autoptr(DioPictureMetadata) metadata = make_metadata ();
      g_autoptr(GBytes) first = NULL;
      g_autoptr(GBytes) second = NULL;
      g_autoptr(GBytes) direct = NULL;
      g_autoptr(DioPictureMetadata) back = NULL;

      other->prompt = g_strdup ("Something else");
      first = inscribe (other, picture);
      second = inscribe (metadata, first);
      direct = inscribe (metadata, picture);
      g_assert_true (g_bytes_equal (second, direct));
      assert_same_picture (picture, second);

      back = dio_picture_metadata_read (second);
      assert_same (back);
      g_assert_null (dio_picture_metadata_read (picture));
    }
}

/* A JPEG has room for 64 kilobytes. */
static void
test_too_long (void)
{
  g_autoptr(GBytes) picture = make_picture ("jpg", 3);
  g_autoptr(DioPictureMetadata) metadata = make_metadata ();
  g_autoptr(GBytes) inscribed = NULL;
  g_autoptr(DioPictureMetadata) back = NULL;
  g_autoptr(GError) error = NULL;

  g_free (metadata->prompt);
  metadata->prompt = g_strnfill (40000, 'x');
  inscribed = inscribe (metadata, picture);
  back = dio_picture_metadata_read (inscribed);
  g_assert_null (back->prompt);
  g_assert_cmpstr (back->model, ==, "google:4@3");
  g_assert_nonnull (back->recipe);

  g_free (metadata->recipe);
  metadata->recipe = g_strnfill (70000, 'x');
  g_assert_null (dio_picture_metadata_inscribe (metadata, picture, &error));
  g_assert_nonnull (error);
}

/* Another program has taken it apart and put it together again. */
static void
test_other_shape (void)
{
  static const char packet[] =
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description rdf:about='' xmlns:d='https://diorama.github.io/ns/1.0/' d:Seed='7' d:Model='m'/>"
    "<rdf:Description rdf:about='' xmlns:pdx='http://purl.org/dc/elements/1.1/'>"
    "<pdx:description><rdf:Alt>\n <rdf:li xml:lang='x-default'>words</rdf:li>\n</rdf:Alt></pdx:description>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>";
  g_autoptr(GHashTable) text = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(DioPixels) pixels = dio_pixels_new (4, 4, 3);
  g_autoptr(GBytes) file = NULL;
  g_autoptr(DioPictureMetadata) metadata = NULL;

  g_hash_table_insert (text, (char *) "XML:com.adobe.xmp", (char *) packet);
  file = dio_image_encode_png (pixels, text, NULL);
  metadata = dio_picture_metadata_read (file);
  g_assert_nonnull (metadata);
  g_assert_cmpint (metadata->seed, ==, 7);
  g_assert_cmpstr (metadata->model, ==, "m");
  g_assert_cmpstr (metadata->prompt, ==, "words");
}

/* Cut anywhere, and with any byte spoilt, a file is a file. */
static void
test_damaged (gconstpointer data)
{
  g_autoptr(GBytes) picture = make_picture (data, 4);
  g_autoptr(DioPictureMetadata) metadata = make_metadata ();
  g_autoptr(GBytes) inscribed = inscribe (metadata, picture);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (inscribed, &size);
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 3000; i++)
    {
      gsize length = i % 3 == 0 ? (gsize) g_rand_int_range (rand, 0, size) : size;
      g_autofree guint8 *spoilt = g_memdup2 (bytes, size);
      g_autoptr(GBytes) file = NULL;
      g_autoptr(DioPictureMetadata) read = NULL;
      g_autoptr(GPtrArray) pieces = NULL;

      for (guint k = 0; k < i % 4; k++)
        spoilt[g_rand_int_range (rand, 0, size)] = g_rand_int_range (rand, 0, 256);
      file = g_bytes_new (spoilt, length);
      read = dio_picture_metadata_read (file);
      pieces = dio_picture_metadata_inscribe (metadata, file, NULL);
    }
}

/* Returns: (transfer full) (nullable): what a program prints; NULL where it is not
 * installed */
static char *
run (const char *const *arguments)
{
  g_autofree char *program = g_find_program_in_path (arguments[0]);
  g_autoptr(GSubprocess) process = NULL;
  g_autoptr(GError) error = NULL;
  char *output = NULL;

  if (program == NULL)
    {
      g_test_skip ("It is not installed");
      return NULL;
    }

  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return output;
}

static char *
write_file (const char *format,
            gboolean    is_composite)
{
  g_autoptr(GBytes) picture = make_picture (format, 3);
  g_autoptr(DioPictureMetadata) metadata = make_metadata ();
  g_autofree char *name = g_strdup_printf ("diorama-metadata-XXXXXX.%s", format);
  g_autoptr(GBytes) inscribed = NULL;
  g_autoptr(GError) error = NULL;
  char *path = NULL;
  int fd;

  metadata->is_composite = is_composite;
  inscribed = inscribe (metadata, picture);
  fd = g_file_open_tmp (name, &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (inscribed, NULL), g_bytes_get_size (inscribed), &error);
  g_assert_no_error (error);

  return path;
}

static void
assert_line (const char *output,
             const char *line)
{
  g_auto(GStrv) lines = g_strsplit (output, "\n", -1);

  if (!g_strv_contains ((const char *const *) lines, line))
    g_error ("“%s” is not in:\n%s", line, output);
}

static void
test_exiftool (gconstpointer data)
{
  g_autofree char *path = write_file (data, FALSE);
  g_autofree char *composite = write_file (data, TRUE);
  const char *const arguments[] = { "exiftool", "-G1", "-s", "-n", "-a", "-u", path, NULL };
  const char *const warnings[] = { "exiftool", "-validate", "-warning", "-a", path, NULL };
  const char *const type[] = { "exiftool", "-s3", "-n", "-XMP-iptcExt:DigitalSourceType", composite, NULL };
  g_autofree char *output = run (arguments);
  g_autofree char *warned = NULL;
  g_autofree char *source = NULL;

  if (output == NULL)
    return;

#define LINE(group, name, value) assert_line (output, group name ": " value)
  LINE ("[XMP-dc]        ", "Description                     ",
        "Die Uhr @watch — auf „Moos“ & <Stein> 🌱.zweite Zeile");
  LINE ("[XMP-xmp]       ", "CreatorTool                     ", "Diorama 1.2");
  LINE ("[XMP-xmp]       ", "CreateDate                      ", "2025:11:21 14:02:22Z");
  LINE ("[XMP-iptcExt]   ", "DigitalSourceType               ",
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
  LINE ("[XMP-diorama]   ", "Provider                        ", "runware");
  LINE ("[XMP-diorama]   ", "Model                           ", "google:4@3");
  LINE ("[XMP-diorama]   ", "NegativePrompt                  ", "blurry");
  LINE ("[XMP-diorama]   ", "Seed                            ", "9007199254740991");
  LINE ("[XMP-diorama]   ", "ReferencesHash                  ", "aa");
  LINE ("[XMP-diorama]   ", "ReferencesHash                  ", "bb");
  LINE ("[XMP-diorama]   ", "ReferencesRole                  ", "scene");
#undef LINE

  warned = run (warnings);
  g_test_message ("%s", warned);
  g_assert_null (strstr (warned, "Warning"));
  source = run (type);
  g_assert_cmpstr (g_strchomp (source), ==, "http://cv.iptc.org/newscodes/digitalsourcetype/composite");
  g_unlink (path);
  g_unlink (composite);
}

/* ImageMagick 6 reads the plain texts of a PNG, which are in Latin-1, and none in
 * Unicode: where it looks for a packet in a PNG, ExifTool warns of a second one that
 * does not belong there. So a prompt in another script it reads from a JPEG alone,
 * whose packet it takes as it is. In a WebP it looks for that under a name that
 * nobody else gives it, warns that it is damaged, and reads the picture. */
static void
test_imagemagick_png (void)
{
  g_autofree char *path = write_file ("png", FALSE);
  const char *const texts[] = { "identify", "-regard-warnings", "-format", "%wx%h|%[Software]|%[Comment]", path, NULL };
  g_autofree char *printed = run (texts);

  if (printed != NULL)
    g_assert_cmpstr (printed, ==, "33x21|Diorama 1.2|Provider: runware\nModel: google:4@3\n"
                                  "Seed: 9007199254740991\nNegative prompt: blurry\n"
                                  "Parameters: width: 33, height: 21");
  g_unlink (path);
}

static void
test_imagemagick_jpeg (void)
{
  g_autofree char *path = write_file ("jpg", FALSE);
  g_autofree char *target = g_strconcat (path, ".xmp", NULL);
  const char *const packet[] = { "convert", "-regard-warnings", path, target, NULL };
  g_autofree char *printed = run (packet);
  g_autofree char *contents = NULL;

  if (printed != NULL)
    {
      g_assert_true (g_file_get_contents (target, &contents, NULL, NULL));
      g_assert_nonnull (strstr (contents, "<xmp:CreatorTool>Diorama 1.2</xmp:CreatorTool>"));
      g_assert_nonnull (strstr (contents, "<diorama:Model>google:4@3</diorama:Model>"));
      g_assert_nonnull (strstr (contents, "Die Uhr @watch — auf „Moos“ &amp; &lt;Stein&gt; 🌱"));
    }
  g_unlink (target);
  g_unlink (path);
}

static void
test_imagemagick_webp (void)
{
  g_autofree char *path = write_file ("webp", FALSE);
  const char *const size[] = { "identify", "-quiet", "-format", "%wx%h", path, NULL };
  g_autofree char *printed = run (size);

  if (printed != NULL)
    g_assert_cmpstr (printed, ==, "33x21");
  g_unlink (path);
}

static void
add_for_formats (const char    *name,
                 GTestDataFunc  test)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture-metadata/%s/%s", name, formats[i]);

      g_test_add_data_func (path, formats[i], test);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_for_formats ("round-trip", test_round_trip);
  g_test_add_func ("/picture-metadata/too-long", test_too_long);
  g_test_add_func ("/picture-metadata/other-shape", test_other_shape);
  add_for_formats ("damaged", test_damaged);
  add_for_formats ("exiftool", test_exiftool);
  g_test_add_func ("/picture-metadata/imagemagick/png", test_imagemagick_png);
  g_test_add_func ("/picture-metadata/imagemagick/jpg", test_imagemagick_jpeg);
  g_test_add_func ("/picture-metadata/imagemagick/webp", test_imagemagick_webp);

  return g_test_run ();
}
