/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One parameter of a model, as data. */

#include "config.h"

#include "dio-parameter.h"

#include "dio-error.h"

#include <math.h>
#include <string.h>

const char *
dio_parameter_get_title (const DioParameter *self)
{
  return self->title != NULL ? self->title : self->name;
}

/**
 * dio_parameter_dup_default:
 * @self: a parameter
 *
 * Returns: (transfer full) (nullable): its default, or %NULL for one that is
 *   unset by default
 */
GVariant *
dio_parameter_dup_default (const DioParameter *self)
{
  GVariant *value = NULL;

  if ((self->flags & (DIO_PARAMETER_OPTIONAL | DIO_PARAMETER_SEED)) != 0)
    return NULL;

  switch (self->kind)
    {
    case DIO_PARAMETER_INTEGER:
      value = g_variant_new_int64 ((gint64) self->fallback);
      break;

    case DIO_PARAMETER_NUMBER:
      value = g_variant_new_double (self->fallback);
      break;

    case DIO_PARAMETER_SWITCH:
      value = g_variant_new_boolean (self->fallback != 0);
      break;

    case DIO_PARAMETER_CHOICE:
    case DIO_PARAMETER_TEXT:
      value = g_variant_new_string (self->fallback_text != NULL ? self->fallback_text : "");
      break;

    default:
      g_return_val_if_reached (NULL);
    }

  return g_variant_ref_sink (value);
}

static char *
format_number (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.10g", number));
}

/**
 * dio_parameter_describe_limit:
 * @self: a parameter
 *
 * Returns: (transfer full): what it can be, such as "256 to 4096 in steps of 8"
 */
char *
dio_parameter_describe_limit (const DioParameter *self)
{
  g_autofree char *minimum = format_number (self->minimum);
  g_autofree char *maximum = format_number (self->maximum);
  g_autofree char *step = format_number (self->step);

  switch (self->kind)
    {
    case DIO_PARAMETER_INTEGER:
    case DIO_PARAMETER_NUMBER:
      if (self->step > 0 && !(self->kind == DIO_PARAMETER_INTEGER && self->step == 1))
        return g_strdup_printf ("%s to %s in steps of %s", minimum, maximum, step);
      return g_strdup_printf ("%s to %s", minimum, maximum);

    case DIO_PARAMETER_SWITCH:
      return g_strdup ("yes or no");

    case DIO_PARAMETER_CHOICE:
      {
        g_autoptr(GPtrArray) words = g_ptr_array_new ();

        for (guint i = 0; i < self->n_choices; i++)
          g_ptr_array_add (words, (char *) self->choices[i].value);
        g_ptr_array_add (words, NULL);

        return g_strjoinv (", ", (char **) words->pdata);
      }

    case DIO_PARAMETER_TEXT:
      if (self->maximum <= 0)
        return g_strdup ("any text");
      return g_strdup_printf ("%s to %s characters", minimum, maximum);

    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
set_limit_error (const DioParameter  *self,
                 const char          *given,
                 GError             **error)
{
  g_autofree char *limit = dio_parameter_describe_limit (self);

  g_set_error (error, DIO_ERROR, DIO_ERROR_INVALID,
               "%s is %s, not “%s”", self->name, limit, given);

  return FALSE;
}

static gboolean
check_number (const DioParameter  *self,
              double               number,
              GError             **error)
{
  g_autofree char *given = format_number (number);
  double steps;

  if (!isfinite (number))
    return set_limit_error (self, given, error);

  if ((self->flags & DIO_PARAMETER_SOFT) == 0 &&
      (number < self->minimum || number > self->maximum))
    return set_limit_error (self, given, error);

  if (self->step > 0)
    {
      /* Numbers typed in decimal are rarely exact multiples in binary. */
      steps = (number - self->minimum) / self->step;
      if (fabs (steps - round (steps)) > 1e-6)
        return set_limit_error (self, given, error);
    }

  return TRUE;
}

static gboolean
check_choice (const DioParameter  *self,
              const char          *text,
              GError             **error)
{
  for (guint i = 0; i < self->n_choices; i++)
    {
      if (g_str_equal (self->choices[i].value, text))
        return TRUE;
    }

  return set_limit_error (self, text, error);
}

static gboolean
check_text (const DioParameter  *self,
            const char          *text,
            GError             **error)
{
  glong length = g_utf8_strlen (text, -1);
  g_autofree char *given = NULL;

  if ((self->flags & DIO_PARAMETER_SOFT) != 0 ||
      (length >= self->minimum && (self->maximum <= 0 || length <= self->maximum)))
    return TRUE;

  given = g_strdup_printf ("%ld characters", length);
  return set_limit_error (self, given, error);
}

static const GVariantType *
get_variant_type (const DioParameter *self)
{
  switch (self->kind)
    {
    case DIO_PARAMETER_INTEGER:
      return G_VARIANT_TYPE_INT64;

    case DIO_PARAMETER_NUMBER:
      return G_VARIANT_TYPE_DOUBLE;

    case DIO_PARAMETER_SWITCH:
      return G_VARIANT_TYPE_BOOLEAN;

    case DIO_PARAMETER_CHOICE:
    case DIO_PARAMETER_TEXT:
      return G_VARIANT_TYPE_STRING;

    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * dio_parameter_check:
 * @self: a parameter
 * @value: a value, perhaps from a file
 * @error: return location for %DIO_ERROR_INVALID, naming parameter and limits
 *
 * Returns: whether @value has the right type and is inside the limits
 */
gboolean
dio_parameter_check (const DioParameter  *self,
                     GVariant            *value,
                     GError             **error)
{
  if (!g_variant_is_of_type (value, get_variant_type (self)))
    {
      g_autofree char *given = g_variant_print (value, FALSE);

      return set_limit_error (self, given, error);
    }

  switch (self->kind)
    {
    case DIO_PARAMETER_INTEGER:
      return check_number (self, g_variant_get_int64 (value), error);

    case DIO_PARAMETER_NUMBER:
      return check_number (self, g_variant_get_double (value), error);

    case DIO_PARAMETER_SWITCH:
      return TRUE;

    case DIO_PARAMETER_CHOICE:
      return check_choice (self, g_variant_get_string (value, NULL), error);

    case DIO_PARAMETER_TEXT:
      return check_text (self, g_variant_get_string (value, NULL), error);

    default:
      g_return_val_if_reached (FALSE);
    }
}

static GVariant *
parse_switch (const char *text)
{
  static const char *const yes[] = { "yes", "true", "on", "1", NULL };
  static const char *const no[] = { "no", "false", "off", "0", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (g_strv_contains (yes, lower))
    return g_variant_new_boolean (TRUE);
  if (g_strv_contains (no, lower))
    return g_variant_new_boolean (FALSE);

  return NULL;
}

static GVariant *
parse_number (const char *text)
{
  char *end = NULL;
  double number = g_ascii_strtod (text, &end);

  return end != text && *end == '\0' ? g_variant_new_double (number) : NULL;
}

static GVariant *
parse_integer (const char *text)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return NULL;

  return g_variant_new_int64 (number);
}

/**
 * dio_parameter_parse:
 * @self: a parameter
 * @text: a value as typed, numbers with a decimal point
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: (transfer full): the value, inside the limits
 */
GVariant *
dio_parameter_parse (const DioParameter  *self,
                     const char          *text,
                     GError             **error)
{
  g_autoptr(GVariant) value = NULL;

  switch (self->kind)
    {
    case DIO_PARAMETER_INTEGER:
      value = parse_integer (text);
      break;

    case DIO_PARAMETER_NUMBER:
      value = parse_number (text);
      break;

    case DIO_PARAMETER_SWITCH:
      value = parse_switch (text);
      break;

    case DIO_PARAMETER_CHOICE:
    case DIO_PARAMETER_TEXT:
      if (g_utf8_validate (text, -1, NULL))
        value = g_variant_new_string (text);
      break;

    default:
      g_return_val_if_reached (NULL);
    }

  if (value == NULL)
    {
      set_limit_error (self, text, error);
      return NULL;
    }

  g_variant_ref_sink (value);
  if (!dio_parameter_check (self, value, error))
    return NULL;

  return g_steal_pointer (&value);
}

/**
 * dio_parameter_format:
 * @self: a parameter
 * @value: (nullable): a value of it
 *
 * Returns: (transfer full): @value as dio_parameter_parse() takes it; an empty
 *   string for %NULL
 */
char *
dio_parameter_format (const DioParameter *self,
                      GVariant           *value)
{
  if (value == NULL)
    return g_strdup ("");

  switch (self->kind)
    {
    case DIO_PARAMETER_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, g_variant_get_int64 (value));

    case DIO_PARAMETER_NUMBER:
      return format_number (g_variant_get_double (value));

    case DIO_PARAMETER_SWITCH:
      return g_strdup (g_variant_get_boolean (value) ? "yes" : "no");

    case DIO_PARAMETER_CHOICE:
    case DIO_PARAMETER_TEXT:
      return g_variant_dup_string (value, NULL);

    default:
      g_return_val_if_reached (NULL);
    }
}
