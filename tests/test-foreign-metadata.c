/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other programs write into their pictures is understood, and what only looks
 * like it does no harm. */

#include "config.h"

#include "dio-image-encode.h"
#include "dio-picture-metadata.h"
#include "dio-png-chunk-private.h"

#include <string.h>

#define HEAD_SIZE 33 /* of a PNG: its signature and first chunk */

#define PARAMETERS \
  "a watch, (moss:1.2)\non stone\nNegative prompt: blurry,\nlow quality\n" \
  "Steps: 20, Sampler: Euler a, CFG scale: 6.5, Seed: 1234567890123, Size: 512x768, Model hash: abc, " \
  "Model: dream, Lora hashes: \"a: 1, Seed: 5\", Version: v1.9"

static const char comfyui[] =
  "{\"3\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":42,\"steps\":25,\"cfg\":8,\"model\":[\"9\",0],"
  "\"positive\":[\"6\",0],\"negative\":[\"7\",0],\"latent_image\":[\"5\",0]}},"
  "\"4\":{\"class_type\":\"CheckpointLoaderSimple\",\"inputs\":{\"ckpt_name\":\"sd.safetensors\"}},"
  "\"5\":{\"class_type\":\"EmptyLatentImage\",\"inputs\":{\"width\":640,\"height\":480}},"
  "\"6\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":[\"8\",0],\"clip\":[\"4\",1]}},"
  "\"7\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"blurry\",\"clip\":[\"4\",1]}},"
  "\"8\":{\"class_type\":\"String\",\"inputs\":{\"string\":\"a watch\"}},"
  "\"9\":{\"class_type\":\"LoraLoader\",\"inputs\":{\"model\":[\"4\",0]}}}";

static const char invokeai[] =
  "{\"positive_prompt\":\"a watch\",\"negative_prompt\":\"blurry\",\"seed\":42,\"width\":640,\"height\":480,"
  "\"steps\":25,\"cfg_scale\":7.5,\"model\":{\"name\":\"juggernaut\"},\"app_version\":\"5.4\"}";

static const char invokeai_old[] =
  "{\"app_version\":\"2.3\",\"model_weights\":\"sd-1.5\",\"image\":{\"prompt\":[{\"prompt\":\"a watch [blurry]\","
  "\"weight\":1}],\"seed\":42,\"width\":640,\"height\":480,\"steps\":25,\"cfg_scale\":7.5}}";

static const char dream[] = "\"a watch [blurry]\" -s 25 -S42 -W 640 -H 480 -C 7.5 -A k_lms";

/* Returns: (transfer full): a PNG with these chunks */
static GBytes *
make_png_of (GByteArray *chunks)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (4, 4, 3);
  g_autoptr(GBytes) bare = NULL;
  GByteArray *png = g_byte_array_new ();
  gsize bare_size;
  const guint8 *bytes;

  memset (pixels->data, 0, (gsize) pixels->height * pixels->stride);
  bare = dio_image_encode_png (pixels, NULL, NULL);
  bytes = g_bytes_get_data (bare, &bare_size);
  g_byte_array_append (png, bytes, HEAD_SIZE);
  g_byte_array_append (png, chunks->data, chunks->len);
  g_byte_array_append (png, bytes + HEAD_SIZE, bare_size - HEAD_SIZE);

  return g_byte_array_free_to_bytes (png);
}

/* Returns: (transfer full): a PNG with a chunk of that name */
static GBytes *
make_png (const char *name,
          const char *data,
          gsize       size)
{
  g_autoptr(GByteArray) chunks = g_byte_array_new ();

  dio_png_append_chunk (chunks, name, data, size);

  return make_png_of (chunks);
}

static DioPictureMetadata *
read_text (const char *key,
           const char *text)
{
  g_autoptr(GString) chunk = g_string_new (key);
  g_autoptr(GBytes) png = NULL;

  g_string_append_c (chunk, '\0');
  g_string_append (chunk, text);
  png = make_png ("tEXt", chunk->str, chunk->len);

  return dio_picture_metadata_read (png);
}

static char *
compress (const char *data,
          gsize       size,
          gsize      *compressed_size)
{
  g_autoptr(GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  gsize room = size + 1000;
  char *out = g_malloc (room);
  gsize n_read;

  g_assert_cmpint (g_converter_convert (G_CONVERTER (compressor), data, size, out, room, G_CONVERTER_INPUT_AT_END,
                                        &n_read, compressed_size, NULL), ==, G_CONVERTER_FINISHED);
  g_assert_cmpuint (n_read, ==, size);

  return out;
}

static DioPictureMetadata *
read_packed (const char *key,
             const char *text,
             gsize       size)
{
  g_autoptr(GString) chunk = g_string_new (key);
  gsize packed_size;
  g_autofree char *packed = compress (text, size, &packed_size);
  g_autoptr(GBytes) png = NULL;

  g_string_append_len (chunk, "\0\0", 2);
  g_string_append_len (chunk, packed, packed_size);
  png = make_png ("zTXt", chunk->str, chunk->len);

  return dio_picture_metadata_read (png);
}

static void
assert_automatic1111 (const DioPictureMetadata *metadata)
{
  g_assert_nonnull (metadata);
  g_assert_cmpint (metadata->writer, ==, DIO_METADATA_AUTOMATIC1111);
  g_assert_cmpstr (metadata->prompt, ==, "a watch, (moss:1.2)\non stone");
  g_assert_cmpstr (metadata->negative_prompt, ==, "blurry,\nlow quality");
  g_assert_cmpstr (metadata->model, ==, "dream");
  g_assert_cmpstr (metadata->software, ==, "v1.9");
  g_assert_cmpint (metadata->seed, ==, G_GINT64_CONSTANT (1234567890123));
  g_assert_cmpint (metadata->width, ==, 512);
  g_assert_cmpint (metadata->height, ==, 768);
  g_assert_cmpint (metadata->steps, ==, 20);
  g_assert_cmpfloat (metadata->guidance, ==, 6.5);
}

static void
test_automatic1111 (void)
{
  g_autoptr(DioPictureMetadata) plain = read_text ("parameters", PARAMETERS);
  g_autoptr(DioPictureMetadata) packed = read_packed ("parameters", PARAMETERS, strlen (PARAMETERS));
  g_autoptr(DioPictureMetadata) short_one = read_text ("parameters", "x\nSteps: 1, Seed: 2, Size: 0x9");

  assert_automatic1111 (plain);
  assert_automatic1111 (packed);
  g_assert_cmpstr (short_one->prompt, ==, "x");
  g_assert_null (short_one->negative_prompt);
  g_assert_cmpint (short_one->seed, ==, 2);
  g_assert_cmpint (short_one->width, ==, 0);
  g_assert_null (read_text ("parameters", "just words"));
  g_assert_null (read_text ("parameters", "\n\n"));
}

static void
append_u16 (GByteArray *bytes,
            guint       value)
{
  const guint8 little[] = { value & 255, value >> 8 };

  g_byte_array_append (bytes, little, 2);
}

static void
append_entry (GByteArray *tiff,
              guint       tag,
              guint       type,
              guint       count,
              guint       value)
{
  append_u16 (tiff, tag);
  append_u16 (tiff, type);
  append_u16 (tiff, count & 0xffff);
  append_u16 (tiff, count >> 16);
  append_u16 (tiff, value & 0xffff);
  append_u16 (tiff, value >> 16);
}

/* As the web interface has it written into JPEG and WebP: in UTF-16. */
static GByteArray *
make_exif (void)
{
  GByteArray *tiff = g_byte_array_new ();
  gsize size;
  g_autofree char *text = g_convert (PARAMETERS, -1, "UTF-16BE", "UTF-8", NULL, &size, NULL);

  g_byte_array_append (tiff, (const guint8 *) "II*\0\10\0\0\0", 8);
  append_u16 (tiff, 1);
  append_entry (tiff, 0x8769, 4, 1, 26);
  append_entry (tiff, 0, 0, 0, 0);
  g_byte_array_set_size (tiff, 26);
  append_u16 (tiff, 1);
  append_entry (tiff, 0x9286, 7, size + 8, 44);
  append_u16 (tiff, 0);
  append_u16 (tiff, 0);
  g_byte_array_append (tiff, (const guint8 *) "UNICODE\0", 8);
  g_byte_array_append (tiff, (const guint8 *) text, size);

  return tiff;
}

static void
test_jpeg (void)
{
  g_autoptr(DioPixels) pixels = dio_pixels_new (8, 8, 3);
  g_autoptr(GByteArray) tiff = make_exif ();
  g_autoptr(GBytes) bare = NULL;
  g_autoptr(GBytes) file = NULL;
  g_autoptr(DioPictureMetadata) metadata = NULL;
  GByteArray *jpeg = g_byte_array_new ();
  gsize size;
  const guint8 *bytes;

  memset (pixels->data, 0, (gsize) pixels->height * pixels->stride);
  bare = dio_image_encode_jpeg (pixels, 90, NULL);
  bytes = g_bytes_get_data (bare, &size);
  g_byte_array_append (jpeg, bytes, 2);
  g_byte_array_append (jpeg, (const guint8[]) { 0xff, 0xe1, (tiff->len + 8) >> 8, (tiff->len + 8) & 255 }, 4);
  g_byte_array_append (jpeg, (const guint8 *) "Exif\0\0", 6);
  g_byte_array_append (jpeg, tiff->data, tiff->len);
  g_byte_array_append (jpeg, bytes + 2, size - 2);
  file = g_byte_array_free_to_bytes (jpeg);

  metadata = dio_picture_metadata_read (file);
  assert_automatic1111 (metadata);
}

static void
assert_watch (const DioPictureMetadata *metadata,
              DioMetadataWriter         writer,
              const char               *model)
{
  g_assert_nonnull (metadata);
  g_assert_cmpint (metadata->writer, ==, writer);
  g_assert_cmpstr (metadata->prompt, ==, "a watch");
  g_assert_cmpstr (metadata->negative_prompt, ==, "blurry");
  g_assert_cmpstr (metadata->model, ==, model);
  g_assert_cmpint (metadata->seed, ==, 42);
  g_assert_cmpint (metadata->width, ==, 640);
  g_assert_cmpint (metadata->height, ==, 480);
  g_assert_cmpint (metadata->steps, ==, 25);
}

static void
test_comfyui (void)
{
  g_autoptr(DioPictureMetadata) metadata = read_text ("prompt", comfyui);

  assert_watch (metadata, DIO_METADATA_COMFYUI, "sd.safetensors");
}

static void
test_invokeai (void)
{
  g_autoptr(DioPictureMetadata) metadata = read_text ("invokeai_metadata", invokeai);
  g_autoptr(DioPictureMetadata) old = read_text ("sd-metadata", invokeai_old);
  g_autoptr(DioPictureMetadata) oldest = read_text ("Dream", dream);

  assert_watch (metadata, DIO_METADATA_INVOKEAI, "juggernaut");
  assert_watch (old, DIO_METADATA_INVOKEAI, "sd-1.5");
  assert_watch (oldest, DIO_METADATA_INVOKEAI, NULL);
  g_assert_cmpfloat (oldest->guidance, ==, 7.5);
}

/* A graph that goes in a circle, JSON of other shapes, a few kilobytes that unpack
 * to many megabytes. */
static void
test_strange (void)
{
  static const char circle[] =
    "{\"1\":{\"inputs\":{\"positive\":[\"2\",0],\"latent_image\":[\"1\",0],\"model\":[\"1\",0]}},"
    "\"2\":{\"inputs\":{\"conditioning\":[\"2\",0]}}}";
  static const char *const keys[] = { "prompt", "invokeai_metadata", "sd-metadata", "Dream", "parameters" };
  static const char *const texts[] = { circle, "[]", "{}", "null", "{\"1\":1}", "{\"1\":{\"inputs\":[]}}", "\"", "\"\"",
                                       "{\"image\":{\"prompt\":[1]}}", "{\"positive_prompt\":{}}", "Steps: ", "," };
  g_autofree char *deep = g_strnfill (100000, '{');
  gsize size = 64 << 20;
  g_autofree char *bomb = g_malloc0 (size);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
        {
          DioPictureMetadata *metadata = read_text (keys[i], texts[k]);

          g_clear_pointer (&metadata, dio_picture_metadata_free);
        }
      g_assert_null (read_text (keys[i], deep));
    }

  memset (bomb, 'x', size);
  g_assert_null (read_packed ("parameters", bomb, size));
}

/* Escapes may stand for bytes that are no text, or for nothing. */
static void
test_escapes (void)
{
  static const char *const values[] = { "\"\\377\\376\"", "\"a\\\"", "\"\\\"", "\"a\\x\\101\\\"", "\"\\0b\"" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("a watch\nSteps: 20, Model: %s", values[i]);
      g_autoptr(DioPictureMetadata) metadata = read_text ("parameters", text);

      g_assert_nonnull (metadata);
      g_assert_nonnull (metadata->model);
      g_assert_true (g_utf8_validate (metadata->model, -1, NULL));
    }
}

/* Thousands of texts that each unpack to megabytes are not all unpacked. */
static void
test_many_packed (void)
{
  gsize size = 2 << 20;
  g_autofree char *bomb = g_malloc0 (size);
  g_autofree char *packed = NULL;
  g_autoptr(GByteArray) chunks = g_byte_array_new ();
  g_autoptr(GBytes) png = NULL;
  gsize packed_size;

  memset (bomb, 'x', size);
  packed = compress (bomb, size, &packed_size);
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr(GString) chunk = g_string_new (NULL);

      g_string_printf (chunk, "key %u", i);
      g_string_append_len (chunk, "\0\0", 2);
      g_string_append_len (chunk, packed, packed_size);
      dio_png_append_chunk (chunks, "zTXt", chunk->str, chunk->len);
    }
  png = make_png_of (chunks);

  g_assert_null (dio_picture_metadata_read (png));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/foreign-metadata/automatic1111", test_automatic1111);
  g_test_add_func ("/foreign-metadata/jpeg", test_jpeg);
  g_test_add_func ("/foreign-metadata/comfyui", test_comfyui);
  g_test_add_func ("/foreign-metadata/invokeai", test_invokeai);
  g_test_add_func ("/foreign-metadata/strange", test_strange);
  g_test_add_func ("/foreign-metadata/escapes", test_escapes);
  g_test_add_func ("/foreign-metadata/many-packed", test_many_packed);

  return g_test_run ();
}
