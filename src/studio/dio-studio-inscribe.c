/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a picture's file is to tell: never a key, a path or whose it is. */

#include "config.h"

#include "dio-studio-private.h"

#include "dio-picture-metadata.h"

/* The one name under which a model has it. */
#define NEGATIVE_PROMPT "negative_prompt"

static void
append_value (GString    *text,
              const char *name,
              GVariant   *value)
{
  g_autofree char *printed = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL)
                                                                                  : g_variant_print (value, FALSE);

  g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "", name, printed);
}

static char *
describe_values (DioRequest *request)
{
  g_autoptr(GVariant) values = dio_request_dup_open_values (request);
  GString *text = g_string_new (NULL);
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, values);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    if (!g_str_equal (name, NEGATIVE_PROMPT))
      append_value (text, name, value);

  return g_string_free (text, FALSE);
}

static char *
dup_negative_prompt (DioRequest *request)
{
  g_autoptr(GVariant) value = dio_request_lookup (request, NEGATIVE_PROMPT);

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL)
                                                                              : NULL;
}

static void
add_parents (DioPictureMetadata *metadata,
             DioRequest         *request)
{
  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (request, i);

      dio_picture_metadata_add_parent (metadata, reference->hash, reference->name, reference->role);
    }
}

static DioPictureMetadata *
make_metadata (DioRequest       *request,
               const DioPicture *picture,
               gint64            created,
               gboolean          is_local)
{
  DioPictureMetadata *metadata = dio_picture_metadata_new (DIO_METADATA_DIORAMA);

  metadata->software = g_strdup ("Diorama " PACKAGE_VERSION);
  metadata->prompt = g_strdup (dio_request_get_prompt (request));
  metadata->negative_prompt = dup_negative_prompt (request);
  metadata->provider = g_strdup (dio_request_get_provider_id (request));
  metadata->model = g_strdup (dio_request_get_model_id (request));
  metadata->parameters = describe_values (request);
  metadata->seed = picture->seed;
  metadata->width = picture->width;
  metadata->height = picture->height;
  metadata->created = created;
  metadata->is_composite = is_local;
  metadata->recipe = dio_request_dup_recipe (request);
  add_parents (metadata, request);

  return metadata;
}

/* A picture that has no place for it is kept all the same. */
static GPtrArray *
inscribe_cb (GBytes           *file,
             DioRequest       *request,
             const DioPicture *picture,
             gint64            created,
             gpointer          user_data)
{
  const char *const *local_ids = user_data;
  gboolean is_local = g_strv_contains (local_ids, dio_request_get_provider_id (request));
  g_autoptr(DioPictureMetadata) metadata = make_metadata (request, picture, created, is_local);
  g_autoptr(GError) error = NULL;
  GPtrArray *pieces = dio_picture_metadata_inscribe (metadata, file, &error);

  if (pieces == NULL)
    g_debug ("A picture does not tell how it was made: %s", error->message);

  return pieces;
}

/* The function runs in a thread, where no provider may be asked. */
static GStrv
list_local_ids (GListModel *providers)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (providers, i);

      if (dio_provider_is_local (provider))
        g_strv_builder_add (builder, dio_provider_get_id (provider));
    }

  return g_strv_builder_end (builder);
}

/* Has every picture that comes into the library tell how it was made. */
void
_dio_studio_inscribe_pictures (DioStudio *self)
{
  dio_library_set_inscribe (dio_studio_get_library (self), inscribe_cb,
                            list_local_ids (dio_studio_get_providers (self)), (GDestroyNotify) g_strfreev);
}
