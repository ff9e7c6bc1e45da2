/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request costs: how it is written, and whose word counts. */

#include "config.h"

#include "dio-provider.h"

/* A provider with a list, and one without. */
#define TEST_TYPE_PROVIDER (test_provider_get_type ())
G_DECLARE_FINAL_TYPE (TestProvider, test_provider, TEST, PROVIDER, DioProvider)

struct _TestProvider
{
  DioProvider parent_instance;
};

G_DEFINE_FINAL_TYPE (TestProvider, test_provider, DIO_TYPE_PROVIDER)

static const DioParameter parameters[] = {
  { .name = "n", .kind = DIO_PARAMETER_INTEGER, .flags = DIO_PARAMETER_COUNT,
    .minimum = 1, .maximum = 4, .step = 1, .fallback = 3 },
};

static const DioModelSpec spec = {
  .id = "m",
  .title = "M",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
};

static void
estimate_listed (DioProvider *provider,
                 DioRequest  *request,
                 DioPrice    *price)
{
  dio_price_set (price, DIO_PRICE_LISTED, 0.069 * dio_request_get_count (request), "USD");
  price->as_of = "2026-01-31";
}

static void
test_provider_class_init (TestProviderClass *klass)
{
  DioProviderClass *provider_class = DIO_PROVIDER_CLASS (klass);

  provider_class->id = "test";
  provider_class->display_name = "Test";
  provider_class->models = &spec;
  provider_class->n_models = 1;
}

static void
test_provider_init (TestProvider *self)
{
}

static void
test_price_format (void)
{
  static const struct { double amount; const char *currency; const char *text; } cases[] = {
    { 0, "USD", "$0.00" },
    { 0.069, "USD", "$0.069" },
    { 0.0045, "USD", "$0.004" },
    { 0.07, "USD", "$0.07" },
    { 0.5, "USD", "$0.50" },
    { 0.138, "USD", "$0.138" },
    { 1.2, "EUR", "€1.20" },
    { 0.335, "EUR", "€0.335" },
    { 1.234, "USD", "$1.23" },
    { 1234.5, "USD", "$1234.50" },
    { 8, "units", "8 units" },
    { 2.5, "units", "2.5 units" },
    { 0.069, "CHF", "0.069 CHF" },
    { 12, "CHF", "12.00 CHF" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *amount = dio_price_format_amount (cases[i].amount, cases[i].currency);
      g_autofree char *whole = NULL;
      DioPrice price;

      g_assert_cmpstr (amount, ==, cases[i].text);
      dio_price_set (&price, DIO_PRICE_TYPED, cases[i].amount, cases[i].currency);
      whole = dio_price_format (&price);
      g_assert_cmpstr (whole, ==, cases[i].text);
    }
}

/* Unknown is not 0. */
static void
test_price_unknown (void)
{
  const DioPrice unknown = { 0 };
  DioPrice free = { .is_guess = TRUE, .amount = 7, .currency = "USD" };

  g_assert_false (dio_price_is_known (&unknown));
  g_assert_null (dio_price_format (&unknown));

  /* Nothing of an earlier price remains. */
  dio_price_set (&free, DIO_PRICE_FREE, 0, NULL);
  g_assert_true (dio_price_is_known (&free));
  g_assert_false (free.is_guess);
  g_assert_cmpstr (free.currency, ==, "");
  g_assert_cmpfloat (free.amount, ==, 0);
}

static void
test_price_nicks (void)
{
  static const char *const source_nicks[] = { "unknown", "free", "typed", "listed", "asked", "told" };
  static const char *const billed_nicks[] = { "unknown", "no", "yes" };
  static const char *const wrong[] = { NULL, "", "Unknown", "tolder" };
  DioPriceSource source;
  DioBilled billed;

  /* They are in people's databases. */
  g_assert_cmpuint (G_N_ELEMENTS (source_nicks), ==, DIO_N_PRICE_SOURCES);
  for (guint i = 0; i < G_N_ELEMENTS (source_nicks); i++)
    {
      g_assert_cmpstr (dio_price_source_get_nick (i), ==, source_nicks[i]);
      g_assert_true (dio_price_source_from_nick (source_nicks[i], &source));
      g_assert_cmpuint (source, ==, i);
    }

  g_assert_cmpuint (G_N_ELEMENTS (billed_nicks), ==, DIO_N_BILLED);
  for (guint i = 0; i < G_N_ELEMENTS (billed_nicks); i++)
    {
      g_assert_cmpstr (dio_billed_get_nick (i), ==, billed_nicks[i]);
      g_assert_true (dio_billed_from_nick (billed_nicks[i], &billed));
      g_assert_cmpuint (billed, ==, i);
    }

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (dio_price_source_from_nick (wrong[i], &source));
      g_assert_false (dio_billed_from_nick (wrong[i], &billed));
    }
}

/* The person's own figure comes first, even where it is 0; then the vendor's
 * list; and where there is neither, nobody knows. */
static void
test_price_estimate (void)
{
  g_autoptr(DioProvider) provider = g_object_new (TEST_TYPE_PROVIDER, NULL);
  g_autoptr(DioModelInfo) model = g_list_model_get_item (dio_provider_get_models (provider), 0);
  g_autoptr(DioComposition) composition = dio_composition_new ();
  g_autoptr(DioRequest) request = dio_request_new (composition, model, NULL);
  g_autoptr(DioAccount) account = dio_account_new ("test", "mine");
  DioProviderClass *klass = DIO_PROVIDER_GET_CLASS (provider);
  const struct
  {
    gboolean       is_local;
    gboolean       is_listed;
    gboolean       has_account;
    double         typed;
    DioPriceSource source;
    double         amount;
    const char    *currency;
  } cases[] = {
    { FALSE, FALSE, FALSE, -1, DIO_PRICE_UNKNOWN, 0, "" },
    { FALSE, FALSE, TRUE, -1, DIO_PRICE_UNKNOWN, 0, "" },
    { FALSE, TRUE, FALSE, -1, DIO_PRICE_LISTED, 0.207, "USD" },
    { FALSE, TRUE, TRUE, -1, DIO_PRICE_LISTED, 0.207, "USD" },
    { FALSE, TRUE, TRUE, 0.05, DIO_PRICE_TYPED, 0.15, "EUR" },
    { FALSE, FALSE, TRUE, 0.05, DIO_PRICE_TYPED, 0.15, "EUR" },
    { FALSE, TRUE, TRUE, 0, DIO_PRICE_TYPED, 0, "EUR" },
    { TRUE, TRUE, TRUE, 0.05, DIO_PRICE_FREE, 0, "" },
  };

  account->currency = g_strdup ("EUR");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      DioPrice price = { .source = DIO_PRICE_TOLD, .amount = 99, .is_guess = TRUE };

      klass->is_local = cases[i].is_local;
      klass->estimate = cases[i].is_listed ? estimate_listed : NULL;
      account->price = cases[i].typed;
      dio_provider_estimate (provider, request, cases[i].has_account ? account : NULL, &price);

      g_test_message ("case %u", i);
      g_assert_cmpint (price.source, ==, cases[i].source);
      g_assert_cmpfloat_with_epsilon (price.amount, cases[i].amount, 1e-9);
      g_assert_cmpstr (price.currency, ==, cases[i].currency);
      g_assert_cmpstr (price.as_of, ==, cases[i].source == DIO_PRICE_LISTED ? "2026-01-31" : NULL);
      g_assert_false (price.is_guess);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/price/format", test_price_format);
  g_test_add_func ("/price/unknown", test_price_unknown);
  g_test_add_func ("/price/nicks", test_price_nicks);
  g_test_add_func ("/price/estimate", test_price_estimate);

  return g_test_run ();
}
