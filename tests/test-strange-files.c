/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What strangers' files may hold, damaged in thousands of ways, always the same:
 * nothing is read beyond its end, no text comes out that is none, and what is
 * written into such a file can be read again. "-m slow" is for a long night. */

#include "config.h"

#include "dio-composition-json.h"
#include "dio-composition-recall.h"
#include "dio-foreign-metadata-private.h"
#include "dio-image-encode.h"
#include "dio-image-texts-private.h"
#include "dio-json.h"
#include "dio-metadata-private.h"
#include "dio-picture-metadata.h"
#include "dio-xmp-private.h"
#include "dio-zip.h"

#include <string.h>

static const char recipe[] =
  "{\"version\":1,\"id\":\"1\",\"provider\":\"local\",\"model\":\"test-model\",\"title\":\"Breakfast\",\"prompt\":\"a @watch\","
  "\"compiled\":\"a watch\",\"roles\":null,\"count-name\":\"n\",\"references\":[{\"hash\":\"ab\",\"name\":\"watch\","
  "\"role\":\"subject\",\"type\":\"image/png\",\"width\":4,\"height\":4,\"file\":\"w.png\"}],"
  "\"values\":{\"n\":3,\"s\":0.5,\"text\":\"x\",\"flag\":true,\"list\":[\"a\"]},\"other-values\":{\"test-model\":{\"n\":1e3}}}";

static const char parameters_text[] =
  "a watch\nNegative prompt: blurry\nSteps: 20, CFG scale: 6.5, Seed: 12, Size: 512x768, "
  "Lora: \"a: \\\"1\\\", b\", Model: \"dr\\u00e9am\", Version: v1.9";

static const char graph[] =
  "{\"3\":{\"inputs\":{\"seed\":42,\"steps\":25,\"cfg\":8,\"model\":[\"4\",0],\"positive\":[\"6\",0],\"negative\":[\"6\",0],"
  "\"latent_image\":[\"5\",0]}},\"4\":{\"inputs\":{\"ckpt_name\":\"sd\"}},\"5\":{\"inputs\":{\"width\":640,\"height\":480}},"
  "\"6\":{\"inputs\":{\"text\":\"a watch\"}}}";

static const char *const foreign_keys[] = { "parameters", "prompt", "invokeai_metadata", "sd-metadata", "Dream" };

static const char *const tokens[] = {
  "\"", "\\", "'", "/*", "//", "[", "]", "{", "}", "<", ">", "</", "/>", "<![CDATA[", "]]>", "<!--", "&#0;", "&amp;", "&x;",
  "<?", "\\u0000", "\\ud800", "\\377", "1e999", "-1", "99999999999999999999", "null", "true", ":", ",", "\xff", "\xc3",
  "Steps: ", "Negative prompt: ", "\n", "xmlns:dc=\"", "rdf:li", "diorama:Hash", "\xef\xbf\xbf", " ",
};

static const DioParameter parameters[] = {
  { .name = "n", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_COUNT, .minimum = 1, .maximum = 9, .step = 1, .fallback = 4 },
  { .name = "s", .kind = DIO_PARAMETER_NUMBER, .minimum = 0, .maximum = 1, .step = 0.1 },
};

static const DioModelSpec spec = {
  .id = "test-model",
  .title = "Test",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static guint
get_n_rounds (guint n)
{
  return g_test_slow () ? n * 100 : n;
}

static void
replace_range (GByteArray *bytes,
               guint       start,
               guint       n,
               const void *data,
               guint       size)
{
  g_autoptr(GByteArray) rest = g_byte_array_new ();

  g_byte_array_append (rest, bytes->data + start + n, bytes->len - start - n);
  g_byte_array_set_size (bytes, start);
  g_byte_array_append (bytes, data, size);
  g_byte_array_append (bytes, rest->data, rest->len);
}

static void
damage_once (GByteArray *bytes,
             GRand      *rand)
{
  static const guint8 edges[] = { 0, 1, 0x7f, 0x80, 0xfe, 0xff };
  guint start = g_rand_int_range (rand, 0, bytes->len);
  guint wanted = g_rand_int_range (rand, 1, 40);
  guint n = MIN (wanted, bytes->len - start);
  const char *token = tokens[g_rand_int_range (rand, 0, G_N_ELEMENTS (tokens))];
  g_autofree guint8 *copy = g_memdup2 (bytes->data + start, n);

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      bytes->data[start] = edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
      break;
    case 1:
      bytes->data[start] ^= 1 << g_rand_int_range (rand, 0, 8);
      break;
    case 2:
      replace_range (bytes, start, n, "", 0);
      break;
    case 3:
      replace_range (bytes, g_rand_int_range (rand, 0, bytes->len), 0, copy, n);
      break;
    case 4:
      replace_range (bytes, start, 0, token, strlen (token));
      break;
    case 5:
      replace_range (bytes, start, MIN (n, 4), token, strlen (token));
      break;
    default:
      if (g_rand_int_range (rand, 0, 8) == 0)
        g_byte_array_set_size (bytes, start);
      break;
    }
}

/* Returns: (transfer full): at least a byte */
static GByteArray *
damage (gconstpointer  data,
        gsize          size,
        GRand         *rand)
{
  GByteArray *bytes = g_byte_array_new ();
  int n = g_rand_int_range (rand, 1, 5);

  g_byte_array_append (bytes, data, size);
  for (int i = 0; i < n && bytes->len > 0; i++)
    damage_once (bytes, rand);
  if (bytes->len == 0)
    g_byte_array_append (bytes, (const guint8 *) " ", 1);

  return bytes;
}

static char *
damage_text (const char *text,
             GRand      *rand)
{
  g_autoptr(GByteArray) bytes = damage (text, strlen (text), rand);

  return g_strndup ((const char *) bytes->data, bytes->len);
}

static void
assert_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
assert_texts (const DioPictureMetadata *metadata)
{
  if (metadata == NULL)
    return;

  assert_text (metadata->software);
  assert_text (metadata->prompt);
  assert_text (metadata->negative_prompt);
  assert_text (metadata->provider);
  assert_text (metadata->model);
  assert_text (metadata->parameters);
  assert_text (metadata->recipe);
  g_assert_cmpint (metadata->seed, >=, -1);
  for (guint i = 0; i < metadata->parents->len; i++)
    {
      const DioMetadataParent *parent = g_ptr_array_index (metadata->parents, i);

      assert_text (parent->hash);
      assert_text (parent->name);
    }
}

static DioPictureMetadata *
make_metadata (void)
{
  DioPictureMetadata *metadata = dio_picture_metadata_new (DIO_METADATA_DIORAMA);

  metadata->software = g_strdup ("Diorama");
  metadata->prompt = g_strdup ("a @watch & <moss>");
  metadata->provider = g_strdup ("local");
  metadata->model = g_strdup ("test-model");
  metadata->seed = 5;
  metadata->created = G_USEC_PER_SEC;
  metadata->recipe = g_strdup (recipe);
  dio_picture_metadata_add_parent (metadata, "ab", "watch", DIO_ROLE_SUBJECT);

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

/* Reads a picture, writes into it, and reads that. */
static void
look_at_picture (GBytes                   *file,
                 const DioPictureMetadata *metadata)
{
  g_autoptr(DioPictureMetadata) read = dio_picture_metadata_read (file);
  g_autoptr(GPtrArray) pieces = dio_picture_metadata_inscribe (metadata, file, NULL);
  g_autoptr(GBytes) inscribed = pieces != NULL ? join (pieces) : NULL;
  g_autoptr(DioPictureMetadata) again = inscribed != NULL ? dio_picture_metadata_read (inscribed) : NULL;
  DioImageHeader header;

  assert_texts (read);
  if (inscribed != NULL)
    {
      g_assert_nonnull (again);
      g_assert_cmpint (again->writer, ==, DIO_METADATA_DIORAMA);
      g_assert_cmpstr (again->prompt, ==, metadata->prompt);
    }

  if (dio_image_header_read (file, &header, NULL))
    {
      g_autoptr(DioMetadata) found = dio_metadata_read (file, &header);

      if (header.format <= DIO_IMAGE_FORMAT_WEBP && !found->wrapped)
        g_bytes_unref (dio_metadata_strip (file, &header));
    }
}

static void
test_strange_pictures (gconstpointer data)
{
  const char *format = data;
  g_autoptr(DioPictureMetadata) metadata = make_metadata ();
  g_autoptr(DioPixels) pixels = dio_pixels_new (9, 7, 3);
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  g_autoptr(GPtrArray) pieces = NULL;
  g_autoptr(GBytes) bare = NULL;
  g_autoptr(GBytes) whole = NULL;

  memset (pixels->data, 77, pixels->height * pixels->stride);
  if (g_str_equal (format, "png"))
    bare = dio_image_encode_png (pixels, NULL, NULL);
  else if (g_str_equal (format, "jpg"))
    bare = dio_image_encode_jpeg (pixels, 90, NULL);
  else
    bare = dio_image_encode_webp (pixels, 90, NULL);
  pieces = dio_picture_metadata_inscribe (metadata, bare, NULL);
  whole = join (pieces);
  look_at_picture (whole, metadata);

  for (guint i = 0; i < get_n_rounds (1500); i++)
    {
      GBytes *from = i % 3 == 0 ? bare : whole;
      gsize size;
      gconstpointer bytes = g_bytes_get_data (from, &size);
      g_autoptr(GBytes) damaged = g_byte_array_free_to_bytes (damage (bytes, size, rand));

      look_at_picture (damaged, metadata);
    }
}

static void
test_strange_xmp (void)
{
  g_autoptr(DioPictureMetadata) metadata = make_metadata ();
  g_autofree char *packet = dio_xmp_write (metadata, 100000);
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < get_n_rounds (3000); i++)
    {
      g_autofree char *damaged = damage_text (packet, rand);
      g_autofree char *valid = g_utf8_make_valid (damaged, -1);
      g_autoptr(DioPictureMetadata) read = dio_xmp_read (valid, strlen (valid));

      assert_texts (read);
    }
}

static void
test_strange_foreign (void)
{
  static const char *const texts[] = { parameters_text, graph, recipe, "\"a [b]\" -s 25 -S42 -W 640 -H 480 -C 7.5" };
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < get_n_rounds (4000); i++)
    {
      g_autoptr(GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autofree char *damaged = damage_text (texts[i % G_N_ELEMENTS (texts)], rand);
      g_autoptr(DioPictureMetadata) read = NULL;

      dio_image_texts_add (table, foreign_keys[g_rand_int_range (rand, 0, G_N_ELEMENTS (foreign_keys))],
                           damaged, strlen (damaged));
      read = dio_foreign_metadata_read (table);
      assert_texts (read);
    }
}

static void
assert_prompt (DioComposition *composition)
{
  g_autofree char *text = dio_prompt_dup_text (dio_composition_get_prompt (composition));

  assert_text (text);
}

static DioModelInfo *
find_model (const char *id,
            gpointer    model)
{
  return g_str_equal (id, "test-model") ? model : NULL;
}

static void
recall (DioModelInfo *model,
        const char   *text)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioRequest) request = dio_request_new_from_recipe (text, NULL, NULL, NULL);
  g_autofree char *again = NULL;

  if (request == NULL)
    return;

  assert_text (dio_request_get_prompt (request));
  again = dio_request_dup_recipe (request);
  assert_text (again);
  dio_composition_recall (composition, request, model, NULL);
  assert_prompt (composition);
}

static void
open_composition (DioModelInfo *model,
                  const char   *text)
{
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(GPtrArray) references = g_ptr_array_new ();
  g_autoptr(GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr(JsonNode) root = dio_json_parse (bytes, NULL);
  g_autoptr(JsonNode) again = NULL;

  if (root == NULL || !dio_composition_check_json (root, NULL) ||
      !dio_composition_check_model (composition, root, find_model, model, NULL))
    return;

  dio_composition_fill (composition, root, references, find_model, model);
  assert_prompt (composition);
  again = dio_composition_to_json (composition);
}

static void
test_strange_descriptions (void)
{
  g_autoptr(DioModelInfo) model = dio_model_info_new ("local", &spec);
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  recall (model, recipe);
  open_composition (model, recipe);
  for (guint i = 0; i < get_n_rounds (4000); i++)
    {
      g_autofree char *damaged = damage_text (recipe, rand);

      recall (model, damaged);
      open_composition (model, damaged);
    }
}

static void
test_strange_zip (void)
{
  g_autoptr(GPtrArray) entries = dio_zip_new ();
  g_autoptr(GPtrArray) pieces = NULL;
  g_autoptr(GBytes) whole = NULL;
  g_autoptr(GBytes) text = g_bytes_new_static (recipe, strlen (recipe));
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GRand) rand = g_rand_new_with_seed (13);
  gsize size;
  gconstpointer data;

  dio_zip_add (entries, "composition.json", text);
  dio_zip_add (entries, "empty", empty);
  pieces = dio_zip_pack (entries);
  whole = join (pieces);
  data = g_bytes_get_data (whole, &size);

  for (guint i = 0; i < get_n_rounds (4000); i++)
    {
      g_autoptr(GBytes) damaged = g_byte_array_free_to_bytes (damage (data, size, rand));
      g_autoptr(GPtrArray) unpacked = dio_zip_unpack (damaged, 5, NULL);

      g_assert_true (unpacked == NULL || unpacked->len <= 5);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/strange-files/png", "png", test_strange_pictures);
  g_test_add_data_func ("/strange-files/jpg", "jpg", test_strange_pictures);
  g_test_add_data_func ("/strange-files/webp", "webp", test_strange_pictures);
  g_test_add_func ("/strange-files/xmp", test_strange_xmp);
  g_test_add_func ("/strange-files/foreign", test_strange_foreign);
  g_test_add_func ("/strange-files/descriptions", test_strange_descriptions);
  g_test_add_func ("/strange-files/zip", test_strange_zip);

  return g_test_run ();
}
