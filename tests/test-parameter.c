/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits hold: one step inside is taken, one step outside is not. */

#include "config.h"

#include "dio-error.h"
#include "dio-parameter.h"

static const DioChoice ratios[] = {
  { "16:9", "Wide" },
  { "1:1", "Square" },
};

static const DioParameter width = {
  .name = "width", .kind = DIO_PARAMETER_INTEGER, .minimum = 256, .maximum = 4096, .step = 8, .fallback = 2048,
};
static const DioParameter scale = {
  .name = "scale", .kind = DIO_PARAMETER_NUMBER, .minimum = 0, .maximum = 10, .step = 0.1, .fallback = 7.5,
};
static const DioParameter images = {
  .name = "images", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_SOFT, .minimum = 1, .maximum = 10, .step = 1, .fallback = 1,
};
static const DioParameter ratio = {
  .name = "ratio", .kind = DIO_PARAMETER_CHOICE, .flags = DIO_PARAMETER_OPTIONAL, .choices = ratios, .n_choices = G_N_ELEMENTS (ratios),
};
static const DioParameter watermark = {
  .name = "watermark", .kind = DIO_PARAMETER_SWITCH, .fallback = 0,
};
static const DioParameter negative = {
  .name = "negative", .kind = DIO_PARAMETER_TEXT, .maximum = 5,
};

static const DioParameter webhook = {
  .name = "webhook", .kind = DIO_PARAMETER_TEXT, .flags = DIO_PARAMETER_OPTIONAL,
};

static const struct
{
  const DioParameter *parameter;
  const char         *text;
  const char         *value; /* NULL where it is refused */
} cases[] = {
  { &width, "256", "256" },
  { &width, "4096", "4096" },
  { &width, "264", "264" },
  { &width, "248", NULL },
  { &width, "4104", NULL },
  { &width, "257", NULL },
  { &width, "255", NULL },
  { &width, "1e3", NULL },
  { &width, "", NULL },
  { &width, " 512", NULL },
  { &width, "99999999999999999999", NULL },
  { &width, "-256", NULL },
  { &scale, "0", "0" },
  { &scale, "10", "10" },
  { &scale, "7.3", "7.3" },
  { &scale, "7.25", NULL },
  { &scale, "10.1", NULL },
  { &scale, "-0.1", NULL },
  { &scale, "nan", NULL },
  { &scale, "inf", NULL },
  { &scale, "7,5", NULL },
  { &images, "11", "11" },
  { &images, "1.5", NULL },
  { &ratio, "1:1", "1:1" },
  { &ratio, "2:1", NULL },
  { &ratio, "", NULL },
  { &watermark, "yes", "yes" },
  { &watermark, "FALSE", "no" },
  { &watermark, "1", "yes" },
  { &watermark, "maybe", NULL },
  { &negative, "ährig", "ährig" },
  { &negative, "ährige", NULL },
  { &negative, "", "" },
  { &negative, "\xff", NULL },
  { &webhook, "https://example.org/done", "https://example.org/done" },
};

static void
test_parameter_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GVariant) value = NULL;
      g_autofree char *text = NULL;

      g_test_message ("case %u of %s", i, cases[i].parameter->name);
      value = dio_parameter_parse (cases[i].parameter, cases[i].text, &error);

      if (cases[i].value == NULL)
        {
          g_assert_null (value);
          g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
          g_assert_true (g_str_has_prefix (error->message, cases[i].parameter->name));
          continue;
        }

      g_assert_no_error (error);
      text = dio_parameter_format (cases[i].parameter, value);
      g_assert_cmpstr (text, ==, cases[i].value);
    }
}

static void
test_parameter_wrong_type (void)
{
  g_autoptr(GVariant) value = g_variant_ref_sink (g_variant_new_string ("512"));
  g_autoptr(GError) error = NULL;

  g_assert_false (dio_parameter_check (&width, value, &error));
  g_assert_error (error, DIO_ERROR, DIO_ERROR_INVALID);
}

static void
test_parameter_defaults (void)
{
  const DioParameter *all[] = { &width, &scale, &images, &watermark, &negative };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr(GVariant) value = dio_parameter_dup_default (all[i]);
      g_autoptr(GError) error = NULL;

      g_assert_true (dio_parameter_check (all[i], value, &error));
      g_assert_no_error (error);
    }

  g_assert_null (dio_parameter_dup_default (&ratio));
}

static void
test_parameter_limit (void)
{
  static const struct { const DioParameter *parameter; const char *text; } limits[] = {
    { &width, "256 to 4096 in steps of 8" },
    { &scale, "0 to 10 in steps of 0.1" },
    { &images, "1 to 10" },
    { &ratio, "16:9, 1:1" },
    { &watermark, "yes or no" },
    { &negative, "0 to 5 characters" },
    { &webhook, "any text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *text = dio_parameter_describe_limit (limits[i].parameter);

      g_assert_cmpstr (text, ==, limits[i].text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parameter/parse", test_parameter_parse);
  g_test_add_func ("/parameter/wrong-type", test_parameter_wrong_type);
  g_test_add_func ("/parameter/defaults", test_parameter_defaults);
  g_test_add_func ("/parameter/limit", test_parameter_limit);

  return g_test_run ();
}
