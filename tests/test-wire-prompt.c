/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What prompts become for the models of hosted providers. */

#include "config.h"

#include "wire/dio-wire-prompt.h"

#define NATIVE DIO_MENTION_NATIVE
#define NAME   DIO_MENTION_NAME
#define IN     DIO_MENTION_IN_IMAGE
#define FROM   DIO_MENTION_ORDINAL

/* Names with their roles, in the strip's order. Where all are subjects no role
 * was set, and no sentence about roles comes before the prompt. */
#define PAIR   "watch/subject mug/subject"
#define TRIO   "watch/subject table/scene painting/style"
#define CAMERA "DSC_0042/subject table/subject"

static const struct
{
  DioMentionStyle  style;
  const char      *references;
  const char      *prompt;
  const char      *compiled;
} cases[] = {
  /* As typed */
  { NATIVE, TRIO, "@watch on the @table", "@watch on the @table" },
  { IN, PAIR, "Two things on a table", "Two things on a table" },
  { IN, PAIR, "@plate beside @watch", "@plate beside the watch in Image 1" },
  { IN, PAIR, "mail to a@example.com", "mail to a@example.com" },
  { IN, PAIR, "@watchmaker and @ and @@watch", "@watchmaker and @ and @the watch in Image 1" },

  /* The name */
  { NAME, TRIO, "@watch on @table", "the watch on the table" },
  { NAME, TRIO, "The @watch on a @table", "The watch on a table" },
  { NAME, TRIO, "my @watch in the style of @painting", "my watch in the style of the painting" },
  { NAME, TRIO, "@watch's strap", "the watch's strap" },
  { NAME, TRIO, "@WATCH, large", "the watch, large" },
  { NAME, "glass-vase/subject", "@glass-vase on a shelf", "the glass vase on a shelf" },
  { NAME, "t-shirt_2/subject", "@t-shirt_2 on a line", "the t-shirt 2 on a line" },
  { NAME, "DSC_0042/subject table/scene", "@DSC_0042 on @table", "the subject on the table" },
  { NAME, "IMG_1/subject img_2001/subject IMG-20240131-WA0007/scene",
    "@img_2001 in @IMG-20240131-WA0007", "the second subject in the scene" },

  /* Name and position */
  { IN, PAIR, "@watch", "the watch in Image 1" },
  { FROM, PAIR, "@watch", "the watch from the first image" },
  { IN, PAIR, "put @watch beside @mug", "put the watch in Image 1 beside the mug in Image 2" },
  { FROM, PAIR, "put @watch beside @mug", "put the watch from the first image beside the mug from the second image" },
  { IN, PAIR, "@mug and the @mug again", "the mug in Image 2 and the mug in Image 2 again" },

  /* No article is doubled */
  { IN, PAIR, "the @watch and a @mug", "the watch in Image 1 and a mug in Image 2" },
  { FROM, PAIR, "The @mug, an\n@watch", "The mug from the second image, an\nwatch from the first image" },
  { IN, PAIR, "my @watch and two @mug", "my watch in Image 1 and two mug in Image 2" },
  { FROM, PAIR, "a golden @watch", "a golden watch from the first image" },
  { IN, PAIR, "a man wears @watch", "a man wears the watch in Image 1" },

  /* The position alone, where the sentence leads to it */
  { IN, PAIR, "the dial of @watch", "the dial of Image 1" },
  { FROM, PAIR, "the dial of @watch", "the dial of the first image" },
  { IN, PAIR, "the colours from the @mug", "the colours from Image 2" },
  { FROM, PAIR, "the colours from the @mug", "the colours from the second image" },
  { IN, PAIR, "In @mug, a flower", "In Image 2, a flower" },
  { IN, PAIR, "the dial of my @watch", "the dial of my watch in Image 1" },
  { FROM, PAIR, "within @mug", "within the mug from the second image" },

  /* The position alone, where the name tells nothing */
  { IN, CAMERA, "@DSC_0042 on @table", "Image 1 on the table in Image 2" },
  { FROM, CAMERA, "The @DSC_0042 on @table", "The first image on the table from the second image" },
  { IN, "P1010023/subject 100_0123/subject image-2/subject", "@P1010023, @100_0123, @image-2", "Image 1, Image 2, Image 3" },
  { IN, "sam/subject img/subject vase-3/subject",
    "@sam, @img, @vase-3", "the sam in Image 1, the img in Image 2, the vase 3 in Image 3" },

  /* What the person says is not said twice */
  { IN, PAIR, "@watch in image 1", "the watch in image 1" },
  { FROM, PAIR, "@mug (the second image)", "the mug (the second image)" },
  { IN, PAIR, "@watch's strap", "Image 1's strap" },
  { FROM, PAIR, "her @mug’s rim", "her mug’s rim" },

  /* The sentence about roles */
  { IN, TRIO, "@watch on @table",
    "Image 1 is the subject, Image 2 is the scene and Image 3 is the style. "
    "the watch in Image 1 on the table in Image 2" },
  { FROM, TRIO, "@watch",
    "The first image is the subject, the second image is the scene and the third image is the style. "
    "the watch from the first image" },
  { IN, TRIO, "@watch on @table in the style of @painting",
    "the watch in Image 1 on the table in Image 2 in the style of Image 3" },
  { FROM, TRIO, "Place the thing of the first image on the table from the second image, painted as Image 3",
    "Place the thing of the first image on the table from the second image, painted as Image 3" },
  { IN, "a1/subject b1/scene c1/subject d1/subject", "A still life",
    "Images 1, 3 and 4 are the subjects and Image 2 is the scene. A still life" },
  { FROM, "a1/scene b1/style c1/style", "",
    "The first image is the scene and the second and third images are the styles." },
};

static DioRequest *
make_request_with_roles (const char *references,
                         const char *prompt,
                         const char *roles)
{
  g_auto(GStrv) words = g_strsplit (references, " ", -1);
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) node = json_from_string ("{\"id\":\"1\",\"provider\":\"p\",\"model\":\"m\",\"values\":{}}", NULL);
  g_autoptr(GError) error = NULL;
  DioRequest *request;

  json_builder_begin_array (builder);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto(GStrv) pair = g_strsplit (words[i], "/", 2);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "name");
      json_builder_add_string_value (builder, pair[0]);
      json_builder_set_member_name (builder, "role");
      json_builder_add_string_value (builder, pair[1]);
      json_builder_set_member_name (builder, "hash");
      json_builder_add_string_value (builder, pair[0]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  json_object_set_member (json_node_get_object (node), "references", json_builder_get_root (builder));
  json_object_set_string_member (json_node_get_object (node), "prompt", prompt);
  if (roles != NULL)
    json_object_set_string_member (json_node_get_object (node), "roles", roles);

  request = dio_request_new_from_json (node, NULL, NULL, &error);
  g_assert_no_error (error);

  return request;
}

static DioRequest *
make_request (const char *references,
              const char *prompt)
{
  return make_request_with_roles (references, prompt, NULL);
}

static void
test_compile (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr(DioRequest) request = make_request (cases[i].references, cases[i].prompt);
  g_autofree char *compiled = dio_wire_prompt_compile (request, cases[i].style);

  g_assert_cmpstr (compiled, ==, cases[i].compiled);
}

static void
test_many (void)
{
  GString *references = g_string_new ("r1/scene");
  g_autofree char *list = NULL;
  g_autofree char *compiled = NULL;
  g_autoptr(DioRequest) request = NULL;

  for (guint i = 2; i <= 70; i++)
    g_string_append_printf (references, " r%u/subject", i);
  list = g_string_free (references, FALSE);

  request = make_request (list, "@r14 @r15 @r70");
  compiled = dio_wire_prompt_compile (request, DIO_MENTION_ORDINAL);
  g_assert_nonnull (strstr (compiled, "the r14 from the fourteenth image the r15 from the 15th image"));
  g_assert_true (g_str_has_prefix (compiled, "The second, third, "));
}

/* What the person says of the roles stands in place of what is made from them. */
static void
test_words_on_roles (void)
{
  static const struct
  {
    DioMentionStyle  style;
    const char      *references;
    const char      *roles;
    const char      *lead;
    const char      *compiled;
  } said[] = {
    { IN, TRIO, NULL, "Image 1 is the subject, Image 2 is the scene and Image 3 is the style.",
      "Image 1 is the subject, Image 2 is the scene and Image 3 is the style. on the table in Image 2" },
    { IN, TRIO, "Image 3 only gives its colours.", "Image 3 only gives its colours.",
      "Image 3 only gives its colours. on the table in Image 2" },
    { IN, PAIR, "Both belong together.", "Both belong together.", "Both belong together. on @table" },
    { FROM, TRIO, " @watch is what is sold. ", "the watch from the first image is what is sold.",
      "the watch from the first image is what is sold. on the table from the second image" },
    { FROM, TRIO, "  ", "", "on the table from the second image" },
    { NAME, TRIO, "Image 3 only gives its colours.", NULL, "on the table" },
    { NATIVE, TRIO, "Image 3 only gives its colours.", NULL, "on @table" },
    { IN, "", "Image 3 only gives its colours.", NULL, "on @table" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autoptr(DioRequest) request = make_request_with_roles (said[i].references, "on @table", said[i].roles);
      g_autofree char *lead = dio_wire_prompt_dup_lead (request, said[i].style);
      g_autofree char *compiled = dio_wire_prompt_compile (request, said[i].style);

      g_assert_cmpstr (lead, ==, said[i].lead);
      g_assert_cmpstr (compiled, ==, said[i].compiled);
    }
}

/* The words stay where the sentence would be left out: the person wrote them. */
static void
test_words_beside_positions (void)
{
  g_autoptr(DioRequest) request = make_request_with_roles (TRIO, "Image 1, Image 2, Image 3", "Mind the order.");
  g_autoptr(DioRequest) silent = make_request (TRIO, "Image 1, Image 2, Image 3");
  g_autofree char *compiled = dio_wire_prompt_compile (request, IN);
  g_autofree char *none = dio_wire_prompt_dup_lead (silent, IN);

  g_assert_cmpstr (compiled, ==, "Mind the order. Image 1, Image 2, Image 3");
  g_assert_null (none);
}

/* What a regular expression could be slow at. */
static void
test_long (void)
{
  g_autofree char *blanks = g_strnfill (40000, ' ');
  g_autofree char *prompt = g_strconcat ("@img_111111111111111111111111111111111111x", blanks, "the", blanks, "x", NULL);
  g_autoptr(DioRequest) request = make_request ("img_111111111111111111111111111111111111x/subject", prompt);
  g_autofree char *compiled = NULL;
  double seconds;

  g_test_timer_start ();
  compiled = dio_wire_prompt_compile (request, DIO_MENTION_IN_IMAGE);
  seconds = g_test_timer_elapsed ();
  g_assert_true (g_str_has_prefix (compiled, "the img 111111111111111111111111111111111111x in Image 1   "));
  g_assert_cmpfloat (seconds, <, 0.5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/wire-prompt/compile/%02u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_compile);
    }
  g_test_add_func ("/wire-prompt/words-on-roles", test_words_on_roles);
  g_test_add_func ("/wire-prompt/words-beside-positions", test_words_beside_positions);
  g_test_add_func ("/wire-prompt/many", test_many);
  g_test_add_func ("/wire-prompt/long", test_long);

  return g_test_run ();
}
