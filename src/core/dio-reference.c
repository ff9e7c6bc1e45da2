/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A photo in the strip: its own copy of the bytes, a role and a name. */

#include "config.h"

#include "dio-reference.h"

#include "dio-hash.h"

struct _DioReference
{
  GObject  parent_instance;

  /* Set once */
  GBytes  *bytes;     /* (owned) */
  char    *hash;      /* (owned) */
  char    *mime_type; /* (owned) */
  char    *file_name; /* (owned) */
  int      width;     /* upright, as the person sees it */
  int      height;

  /* Edited */
  char    *name;      /* (owned) */
  DioRole  role;
  gboolean enabled;
  char    *address;    /* (owned) (nullable) */
  gboolean by_address; /* where a provider takes addresses */
};

G_DEFINE_FINAL_TYPE (DioReference, dio_reference, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_ROLE,
  PROP_ENABLED,
  PROP_BY_ADDRESS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
dio_reference_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DioReference *self = DIO_REFERENCE (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;

    case PROP_ROLE:
      g_value_set_enum (value, self->role);
      break;

    case PROP_ENABLED:
      g_value_set_boolean (value, self->enabled);
      break;

    case PROP_BY_ADDRESS:
      g_value_set_boolean (value, self->by_address);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_reference_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DioReference *self = DIO_REFERENCE (object);

  switch (id)
    {
    case PROP_NAME:
      dio_reference_set_name (self, g_value_get_string (value));
      break;

    case PROP_ROLE:
      dio_reference_set_role (self, g_value_get_enum (value));
      break;

    case PROP_ENABLED:
      dio_reference_set_enabled (self, g_value_get_boolean (value));
      break;

    case PROP_BY_ADDRESS:
      dio_reference_set_by_address (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_reference_finalize (GObject *object)
{
  DioReference *self = DIO_REFERENCE (object);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->hash);
  g_free (self->mime_type);
  g_free (self->file_name);
  g_free (self->name);
  g_free (self->address);

  G_OBJECT_CLASS (dio_reference_parent_class)->finalize (object);
}

static void
dio_reference_class_init (DioReferenceClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_reference_get_property;
  object_class->set_property = dio_reference_set_property;
  object_class->finalize = dio_reference_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_ROLE] = g_param_spec_enum ("role", NULL, NULL, DIO_TYPE_ROLE, DIO_ROLE_SUBJECT, flags);
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE, flags);
  properties[PROP_BY_ADDRESS] = g_param_spec_boolean ("by-address", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_reference_init (DioReference *self)
{
  self->enabled = TRUE;
}

/**
 * dio_reference_new:
 * @bytes: the picture file's content
 * @mime_type: of @bytes, by its content
 * @width: in pixels, upright
 * @height: in pixels, upright
 * @file_name: (nullable): as the person knows it, without folders
 *
 * Hashes @bytes: for worker threads when they are many.
 *
 * Returns: (transfer full): a subject without a name
 */
DioReference *
dio_reference_new (GBytes     *bytes,
                   const char *mime_type,
                   int         width,
                   int         height,
                   const char *file_name)
{
  g_autofree char *hash = dio_hash_bytes (bytes);

  return dio_reference_new_known (bytes, hash, mime_type, width, height, file_name);
}

/**
 * dio_reference_new_known:
 * @bytes: the picture file's content
 * @hash: of @bytes, as dio_hash_bytes() makes it, checked by whoever has read them
 * @mime_type: of @bytes, by its content
 * @width: in pixels, upright
 * @height: in pixels, upright
 * @file_name: (nullable): as the person knows it, without folders
 *
 * Returns: (transfer full): a subject without a name
 */
DioReference *
dio_reference_new_known (GBytes     *bytes,
                         const char *hash,
                         const char *mime_type,
                         int         width,
                         int         height,
                         const char *file_name)
{
  DioReference *self = g_object_new (DIO_TYPE_REFERENCE, NULL);

  self->bytes = g_bytes_ref (bytes);
  self->hash = g_strdup (hash);
  self->mime_type = g_strdup (mime_type);
  self->file_name = g_strdup (file_name != NULL ? file_name : "");
  self->name = g_strdup ("");
  self->width = width;
  self->height = height;

  return self;
}

GBytes *
dio_reference_get_bytes (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), NULL);

  return self->bytes;
}

const char *
dio_reference_get_hash (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), NULL);

  return self->hash;
}

const char *
dio_reference_get_mime_type (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), NULL);

  return self->mime_type;
}

const char *
dio_reference_get_file_name (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), NULL);

  return self->file_name;
}

int
dio_reference_get_width (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), 0);

  return self->width;
}

int
dio_reference_get_height (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), 0);

  return self->height;
}

const char *
dio_reference_get_name (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), NULL);

  return self->name;
}

/**
 * dio_reference_set_name:
 * @self: a reference
 * @name: how mentions call it, without the "@"
 *
 * For the composition that holds it, which keeps names apart:
 * dio_composition_rename_reference().
 */
void
dio_reference_set_name (DioReference *self,
                        const char   *name)
{
  g_return_if_fail (DIO_IS_REFERENCE (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

DioRole
dio_reference_get_role (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), DIO_ROLE_SUBJECT);

  return self->role;
}

void
dio_reference_set_role (DioReference *self,
                        DioRole       role)
{
  g_return_if_fail (DIO_IS_REFERENCE (self));

  if (self->role == role)
    return;

  self->role = role;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

gboolean
dio_reference_get_enabled (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), FALSE);

  return self->enabled;
}

/**
 * dio_reference_set_enabled:
 * @self: a reference
 * @enabled: whether it is sent
 *
 * A disabled reference stays in the strip and in the prompt.
 */
void
dio_reference_set_enabled (DioReference *self,
                           gboolean      enabled)
{
  g_return_if_fail (DIO_IS_REFERENCE (self));

  if (self->enabled == enabled)
    return;

  self->enabled = enabled;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
}

/**
 * dio_reference_get_address:
 * @self: a reference
 *
 * Returns: (nullable): where on the web the photo came from
 */
const char *
dio_reference_get_address (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), NULL);

  return self->address;
}

/**
 * dio_reference_set_address:
 * @self: a reference
 * @address: (nullable): where on the web the photo came from
 *
 * For whoever brings it in.
 */
void
dio_reference_set_address (DioReference *self,
                           const char   *address)
{
  g_return_if_fail (DIO_IS_REFERENCE (self));

  g_free (self->address);
  self->address = g_strdup (address);
}

gboolean
dio_reference_get_by_address (DioReference *self)
{
  g_return_val_if_fail (DIO_IS_REFERENCE (self), FALSE);

  return self->by_address;
}

/**
 * dio_reference_set_by_address:
 * @self: a reference with an address
 * @by_address: whether a provider that takes addresses is sent it instead of
 *   the bytes, as it is and unprepared
 */
void
dio_reference_set_by_address (DioReference *self,
                              gboolean      by_address)
{
  g_return_if_fail (DIO_IS_REFERENCE (self));

  by_address = by_address && self->address != NULL;
  if (self->by_address == by_address)
    return;

  self->by_address = by_address;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BY_ADDRESS]);
}

/**
 * dio_reference_is_name:
 * @text: what a person typed, or a file's name in any encoding
 *
 * Returns: whether @text can follow an "@": letters, digits, "_" and, between
 *   them, "-"; at most 40 characters
 */
gboolean
dio_reference_is_name (const char *text)
{
  gunichar last = '-';
  guint n = 0;

  /* Decoding would take “overlong” bytes for a letter. */
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '-' ? last == '-' : !(g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_'))
        return FALSE;
      last = c;
    }

  return n > 0 && n <= 40 && last != '-';
}
