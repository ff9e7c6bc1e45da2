/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition made as it was when a request was frozen, so that freezing it
 * again gives the same request. */

#include "config.h"

#include "dio-composition-recall.h"

#include "dio-error.h"

/* Beyond it a double skips whole numbers. */
#define MAX_WHOLE 9007199254740992.0

/* What the strip holds now, for photos that are kept nowhere else. */
static GHashTable *
collect_bytes (DioComposition *self)
{
  GHashTable *bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  GListModel *references = dio_composition_get_references (self);

  for (guint i = 0; i < g_list_model_get_n_items (references); i++)
    {
      g_autoptr(DioReference) reference = g_list_model_get_item (references, i);

      g_hash_table_insert (bytes, g_strdup (dio_reference_get_hash (reference)),
                           g_bytes_ref (dio_reference_get_bytes (reference)));
    }

  return bytes;
}

static void
add_reference (DioComposition            *self,
               const DioRequestReference *stored,
               GBytes                    *bytes)
{
  const char *mime_type = stored->mime_type != NULL ? stored->mime_type : "application/octet-stream";
  g_autoptr(DioReference) reference = NULL;

  /* Requests of older versions tell no size; what has none is shown as a square. */
  reference = dio_reference_new_known (bytes, stored->hash, mime_type,
                                       MAX (stored->width, 1), MAX (stored->height, 1),
                                       stored->file_name);
  dio_reference_set_name (reference, stored->name);
  dio_reference_set_role (reference, stored->role);
  if (stored->address != NULL)
    {
      dio_reference_set_address (reference, stored->address);
      dio_reference_set_by_address (reference, TRUE);
    }

  dio_composition_add_reference (self, reference, G_MAXUINT);
}

/* Returns: (element-type utf8): the names of photos that are gone */
static GPtrArray *
recall_references (DioComposition *self,
                   DioRequest     *request,
                   GHashTable     *held)
{
  GPtrArray *gone = g_ptr_array_new ();

  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      const DioRequestReference *stored = dio_request_get_reference (request, i);
      GBytes *bytes = stored->bytes != NULL ? stored->bytes : g_hash_table_lookup (held, stored->hash);

      if (bytes != NULL)
        add_reference (self, stored, bytes);
      else
        g_ptr_array_add (gone, stored->name);
    }

  return gone;
}

/* JSON does not tell 1.0 from 1 wherever it has been. */
static GVariant *
convert (const DioParameter *parameter,
         GVariant           *stored)
{
  GVariant *value = NULL;

  if (parameter->kind == DIO_PARAMETER_NUMBER && g_variant_is_of_type (stored, G_VARIANT_TYPE_INT64))
    value = g_variant_new_double (g_variant_get_int64 (stored));
  else if (parameter->kind == DIO_PARAMETER_INTEGER && g_variant_is_of_type (stored, G_VARIANT_TYPE_DOUBLE))
    value = g_variant_new_int64 ((gint64) CLAMP (g_variant_get_double (stored), -MAX_WHOLE, MAX_WHOLE));
  else
    value = stored;

  return g_variant_ref_sink (value);
}

static gboolean
recall_value (DioValues           *values,
              const DioParameter  *parameter,
              DioRequest          *request,
              GError             **error)
{
  g_autoptr(GVariant) stored = dio_request_lookup (request, parameter->name);
  g_autoptr(GVariant) fallback = dio_parameter_dup_default (parameter);
  g_autoptr(GVariant) value = stored != NULL ? convert (parameter, stored) : NULL;

  if (value == NULL || (fallback != NULL && g_variant_equal (value, fallback)))
    {
      dio_values_unset (values, parameter->name);
      return TRUE;
    }

  return dio_values_set (values, parameter->name, value, error);
}

static gboolean
recall_values (DioComposition  *self,
               DioRequest      *request,
               DioModelInfo    *model,
               GError         **error)
{
  const DioModelSpec *spec = dio_model_info_get_spec (model);
  DioValues *values = dio_composition_get_values (self, model);
  GError *first = NULL;

  for (guint i = 0; i < spec->n_parameters; i++)
    {
      g_autoptr(GError) reason = NULL;

      if (!recall_value (values, &spec->parameters[i], request, &reason))
        {
          dio_values_unset (values, spec->parameters[i].name);
          if (first == NULL)
            first = g_steal_pointer (&reason);
        }
    }

  if (first == NULL)
    return TRUE;

  g_propagate_error (error, first);

  return FALSE;
}

static void
recall_words (DioComposition *self,
              DioRequest     *request)
{
  const char *roles = dio_request_get_roles (request);
  g_autofree char *title = g_utf8_make_valid (dio_request_get_title (request), -1);
  g_autofree char *prompt = g_utf8_make_valid (dio_request_get_prompt (request), -1);
  g_autofree char *valid_roles = roles != NULL ? g_utf8_make_valid (roles, -1) : NULL;

  dio_composition_set_title (self, title);
  dio_prompt_set_text (dio_composition_get_prompt (self), prompt);
  dio_composition_set_roles (self, valid_roles);
}

/**
 * dio_composition_recall:
 * @self: a composition
 * @request: a request, perhaps read back from the library or a picture
 * @model: (nullable): the model to choose, as a rule the one of @request; %NULL
 *   where that is not known any more, and the model stays as it is
 * @error: return location for %DIO_ERROR_NOT_FOUND or %DIO_ERROR_INVALID
 *
 * Makes @self equal to @request, seed included, so that freezing it for @model
 * gives the same request once more. What cannot be had, does not block the rest.
 *
 * Returns: %FALSE when it is not the same in everything: photos are gone, which
 *   are named in @error, or @model does not take a value; all else is recalled
 */
gboolean
dio_composition_recall (DioComposition  *self,
                        DioRequest      *request,
                        DioModelInfo    *model,
                        GError         **error)
{
  g_autoptr(GHashTable) held = NULL;
  g_autoptr(GPtrArray) gone = NULL;
  gboolean has_values = TRUE;
  GError **reason = error;

  g_return_val_if_fail (DIO_IS_COMPOSITION (self), FALSE);
  g_return_val_if_fail (DIO_IS_REQUEST (request), FALSE);
  g_return_val_if_fail (model == NULL || DIO_IS_MODEL_INFO (model), FALSE);

  held = collect_bytes (self);
  dio_composition_clear (self);
  gone = recall_references (self, request, held);

  /* After the references, which the mentions are bound to. */
  recall_words (self, request);

  /* One error is told: a photo that is gone is more than a number. */
  if (gone->len > 0)
    reason = NULL;
  if (model != NULL)
    {
      dio_composition_set_model (self, model);
      has_values = recall_values (self, request, model, reason);
    }

  if (gone->len > 0)
    {
      g_autofree char *names = NULL;

      g_ptr_array_add (gone, NULL);
      names = g_strjoinv (", ", (char **) gone->pdata);
      g_set_error (error, DIO_ERROR, DIO_ERROR_NOT_FOUND, "Photos that are no longer kept: %s", names);
      return FALSE;
    }

  return has_values;
}
