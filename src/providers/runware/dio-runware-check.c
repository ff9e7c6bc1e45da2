/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between the values of a request. Single values are held by the
 * parameters' table; here is what a table of them cannot say. */

#include "config.h"

#include "runware/dio-runware-check.h"

#include "runware/dio-runware-model.h"

#include "dio-error.h"
#include "wire/dio-wire.h"

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError     **error,
        const char  *format,
        ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, message);

  return FALSE;
}

static gboolean
is_set (DioRequest *request,
        const char *name)
{
  g_autoptr(GVariant) value = dio_request_lookup (request, name);

  return value != NULL;
}

/**
 * dio_runware_get_size:
 * @request: a request for a model of this provider
 *
 * Returns: (transfer none) (nullable): the size it asks for, by whichever
 *   parameters; %NULL where the vendor decides
 */
const DioRunwareSize *
dio_runware_get_size (DioRequest *request)
{
  g_autofree char *word = dio_wire_dup_value (request, "size");
  gint64 width = dio_request_get_integer (request, "width", 0);
  gint64 height = dio_request_get_integer (request, "height", 0);

  if (word != NULL && !dio_runware_parse_size (word, &width, &height))
    return NULL;

  return dio_runware_find_size (dio_request_get_model_id (request), width, height);
}

static gboolean
check_parameter (DioRequest          *request,
                 const DioParameter  *parameter,
                 GHashTable          *fields,
                 GError             **error)
{
  g_autoptr(GVariant) value = dio_request_lookup (request, parameter->name);
  g_autoptr(GVariant) fallback = dio_parameter_dup_default (parameter);
  const char *field = g_str_equal (parameter->name, "size") ? "width" : parameter->name;

  if (value == NULL)
    return TRUE;
  if (!dio_parameter_check (parameter, value, error))
    return FALSE;

  /* A default that the model does not know is left out in silence, and so is a
   * seed, which is drawn unasked; what a person chose is not. */
  if (g_hash_table_contains (fields, field) ||
      (parameter->flags & DIO_PARAMETER_SEED) != 0 ||
      (fallback != NULL && g_variant_equal (fallback, value)))
    return TRUE;

  return refuse (error, "%s is not known to take “%s” at present",
                 dio_request_get_model_id (request), parameter->name);
}

static gboolean
check_pair (DioRequest  *request,
            gint64       width,
            gint64       height,
            GError     **error)
{
  const char *model_id = dio_request_get_model_id (request);

  if (dio_runware_find_size (model_id, width, height) != NULL)
    return TRUE;

  return refuse (error, "%s does not make %" G_GINT64_FORMAT " × %" G_GINT64_FORMAT "; “size” lists what it makes",
                 model_id, width, height);
}

static gboolean
check_size (DioRequest  *request,
            GError     **error)
{
  g_autofree char *word = dio_wire_dup_value (request, "size");
  gboolean has_width = is_set (request, "width");
  gboolean has_height = is_set (request, "height");
  gint64 width = dio_request_get_integer (request, "width", 0);
  gint64 height = dio_request_get_integer (request, "height", 0);
  gint64 word_width;
  gint64 word_height;

  if (has_width != has_height)
    return refuse (error, "width and height are set together or not at all");
  if ((has_width || word != NULL) && is_set (request, "resolution"))
    return refuse (error, "resolution is in place of a size: only one of them can be set");
  if (has_width && !check_pair (request, width, height, error))
    return FALSE;

  /* Said twice is no harm; said differently, one would be dropped in silence. */
  if (has_width && word != NULL &&
      dio_runware_parse_size (word, &word_width, &word_height) &&
      (word_width != width || word_height != height))
    return refuse (error, "size is %s, but width and height say otherwise", word);

  /* The vendor's rule: references, a size or a resolution, at least one of them. */
  if (!has_width && word == NULL && !is_set (request, "resolution") &&
      dio_request_get_n_references (request) == 0)
    return refuse (error, "Without references, size or resolution is needed");

  return TRUE;
}

static gboolean
check_references (DioRequest          *request,
                  const DioModelSpec  *spec,
                  GError             **error)
{
  guint n = dio_request_get_n_references (request);

  if (n > spec->max_references)
    return refuse (error, "%s takes up to %u references, not %u", spec->title, spec->max_references, n);

  return TRUE;
}

/* Soft limits let anything pass, even what means nothing. */
static gboolean
check_numbers (DioRequest  *request,
               GError     **error)
{
  g_autofree char *output_type = dio_wire_dup_value (request, "outputType");

  if (dio_request_get_integer (request, "numberResults", 1) < 1)
    return refuse (error, "numberResults is 1 or more");
  if (dio_request_get_integer (request, "ttl", 1) < 1)
    return refuse (error, "ttl is 1 or more");
  if (is_set (request, "ttl") && g_strcmp0 (output_type, "URL") != 0)
    return refuse (error, "ttl is of addresses: it needs outputType URL");

  return TRUE;
}

static gboolean
check_address (DioRequest  *request,
               const char  *name,
               GError     **error)
{
  g_autofree char *address = dio_wire_dup_value (request, name);
  g_autoptr(GUri) uri = NULL;

  if (address == NULL)
    return TRUE;

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
      (g_str_equal (g_uri_get_scheme (uri), "https") || g_str_equal (g_uri_get_scheme (uri), "http")))
    return TRUE;

  return refuse (error, "%s is no address of the web", name);
}

/**
 * dio_runware_check:
 * @request: a request
 * @fields: (element-type utf8): what its model knows, from
 *   dio_runware_read_schema() or dio_runware_bundled_schema()
 * @error: return location for %DIO_ERROR_INVALID
 *
 * Returns: whether it can be sent as it is, nothing being left out that was
 *   chosen
 */
gboolean
dio_runware_check (DioRequest  *request,
                   GHashTable  *fields,
                   GError     **error)
{
  const DioModelSpec *spec = dio_runware_find_model (dio_request_get_model_id (request));

  if (spec == NULL)
    return refuse (error, "Runware is asked for another provider’s model");

  for (guint i = 0; i < spec->n_parameters; i++)
    {
      if (!check_parameter (request, &spec->parameters[i], fields, error))
        return FALSE;
    }

  return check_references (request, spec, error) &&
         check_size (request, error) &&
         check_numbers (request, error) &&
         check_address (request, "uploadEndpoint", error) &&
         check_address (request, "webhookURL", error);
}
