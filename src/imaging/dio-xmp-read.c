/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the XMP packets that we write, also when another program has written them
 * anew: properties as elements or as attributes, under other prefixes. */

#include "config.h"

#include "dio-xmp-private.h"

#include <string.h>

#define MAX_TEXT_SIZE (1024 * 1024)
#define MAX_DEPTH     64
#define MAX_PARENTS   1000

typedef enum
{
  NONE,
  DESCRIPTION,
  CREATOR_TOOL,
  CREATE_DATE,
  SOURCE_TYPE,
  PROVIDER,
  MODEL,
  NEGATIVE_PROMPT,
  PARAMETERS,
  SEED,
  REQUEST,
  HASH,
  ROLE,
  NAME,
} Property;

static const struct
{
  const char *space;
  const char *name;
  Property    property;
} known[] = {
  { DIO_XMP_NS_DC, "description", DESCRIPTION },
  { DIO_XMP_NS_XMP, "CreatorTool", CREATOR_TOOL },
  { DIO_XMP_NS_XMP, "CreateDate", CREATE_DATE },
  { DIO_XMP_NS_IPTC, "DigitalSourceType", SOURCE_TYPE },
  { DIO_XMP_NS_DIORAMA, "Provider", PROVIDER },
  { DIO_XMP_NS_DIORAMA, "Model", MODEL },
  { DIO_XMP_NS_DIORAMA, "NegativePrompt", NEGATIVE_PROMPT },
  { DIO_XMP_NS_DIORAMA, "Parameters", PARAMETERS },
  { DIO_XMP_NS_DIORAMA, "Seed", SEED },
  { DIO_XMP_NS_DIORAMA, "Request", REQUEST },
  { DIO_XMP_NS_DIORAMA, "Hash", HASH },
  { DIO_XMP_NS_DIORAMA, "Role", ROLE },
  { DIO_XMP_NS_DIORAMA, "Name", NAME },
};

typedef struct
{
  DioPictureMetadata *metadata; /* (borrowed) */
  GHashTable         *prefixes; /* (owned): to what they mean */
  GString            *text;     /* (owned): of the property being read */
  Property            property; /* that is being read */
  guint               depth;
  guint               property_depth;
  gboolean            is_leaf;  /* no element within the one being read yet */
  gboolean            has_text; /* the whole of it */
  gboolean            is_ours;
} Reading;

static Property
find_property (Reading    *reading,
               const char *qualified)
{
  const char *colon = strchr (qualified, ':');
  g_autofree char *prefix = colon != NULL ? g_strndup (qualified, colon - qualified) : NULL;
  const char *space = prefix != NULL ? g_hash_table_lookup (reading->prefixes, prefix) : NULL;

  for (guint i = 0; space != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].space, space) && g_str_equal (known[i].name, colon + 1))
      {
        reading->is_ours |= g_str_equal (space, DIO_XMP_NS_DIORAMA);
        return known[i].property;
      }

  return NONE;
}

static void
take (char       **field,
      const char  *value)
{
  if (*field == NULL)
    *field = g_strdup (value);
}

/* The last one that was begun; a hash begins one. */
static DioMetadataParent *
get_parent (Reading  *reading,
            Property  property)
{
  GPtrArray *parents = reading->metadata->parents;

  if (property == HASH && parents->len < MAX_PARENTS)
    dio_picture_metadata_add_parent (reading->metadata, "", NULL, DIO_ROLE_SUBJECT);

  return parents->len > 0 ? g_ptr_array_index (parents, parents->len - 1) : NULL;
}

static void
take_of_parent (Reading    *reading,
                Property    property,
                const char *value)
{
  DioMetadataParent *parent = get_parent (reading, property);

  if (parent == NULL)
    return;

  if (property == ROLE)
    dio_role_from_nick (value, &parent->role);
  else
    {
      char **field = property == HASH ? &parent->hash : &parent->name;

      g_free (*field);
      *field = g_strdup (value);
    }
}

static gint64
parse_date (const char *text)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) date = g_date_time_new_from_iso8601 (text, utc);

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

static void
take_property (Reading    *reading,
               Property    property,
               const char *value)
{
  DioPictureMetadata *metadata = reading->metadata;

  switch (property)
    {
    case DESCRIPTION:
      take (&metadata->prompt, value);
      break;
    case CREATOR_TOOL:
      take (&metadata->software, value);
      break;
    case CREATE_DATE:
      metadata->created = parse_date (value);
      break;
    case SOURCE_TYPE:
      metadata->is_composite = g_str_has_suffix (value, "/composite");
      break;
    case PROVIDER:
      take (&metadata->provider, value);
      break;
    case MODEL:
      take (&metadata->model, value);
      break;
    case NEGATIVE_PROMPT:
      take (&metadata->negative_prompt, value);
      break;
    case PARAMETERS:
      take (&metadata->parameters, value);
      break;
    case SEED:
      if (!g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &metadata->seed, NULL))
        metadata->seed = -1;
      break;
    case REQUEST:
      take (&metadata->recipe, value);
      break;
    case HASH:
    case ROLE:
    case NAME:
      take_of_parent (reading, property, value);
      break;
    case NONE:
    default:
      break;
    }
}

static void
start_element (GMarkupParseContext  *context,
               const char           *name,
               const char          **names,
               const char          **values,
               gpointer              user_data,
               GError              **error)
{
  Reading *reading = user_data;

  if (++reading->depth > MAX_DEPTH)
    {
      g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "Nested too deeply");
      return;
    }

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "xmlns:"))
      g_hash_table_replace (reading->prefixes, g_strdup (names[i] + strlen ("xmlns:")), g_strdup (values[i]));

  for (guint i = 0; names[i] != NULL; i++)
    take_property (reading, find_property (reading, names[i]), values[i]);

  reading->is_leaf = TRUE;
  if (!reading->has_text)
    g_string_truncate (reading->text, 0);
  if (reading->property != NONE)
    return;

  reading->property = find_property (reading, name);
  reading->property_depth = reading->depth;
}

static void
end_element (GMarkupParseContext  *context,
             const char           *name,
             gpointer              user_data,
             GError              **error)
{
  Reading *reading = user_data;

  /* A text may be there in several languages, the usual one first. */
  reading->has_text |= reading->property != NONE && reading->is_leaf;
  reading->is_leaf = FALSE;
  if (reading->property != NONE && reading->depth == reading->property_depth)
    {
      take_property (reading, reading->property, reading->text->str);
      reading->property = NONE;
      reading->has_text = FALSE;
    }
  reading->depth--;
}

static void
add_text (GMarkupParseContext  *context,
          const char           *text,
          gsize                 size,
          gpointer              user_data,
          GError              **error)
{
  Reading *reading = user_data;

  /* What stands between elements is blank. */
  if (reading->property == NONE || !reading->is_leaf || reading->has_text)
    return;

  if (reading->text->len + size > MAX_TEXT_SIZE)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "A text is too long");
  else
    g_string_append_len (reading->text, text, size);
}

/**
 * dio_xmp_read:
 * @packet: what may be a packet
 * @size: how many bytes it has
 *
 * Returns: (transfer full) (nullable): what it tells, as far as it can be read;
 *   %NULL where none of it is from us
 */
DioPictureMetadata *
dio_xmp_read (const char *packet,
              gsize       size)
{
  static const GMarkupParser parser = { start_element, end_element, add_text, NULL, NULL };
  g_autoptr(DioPictureMetadata) metadata = dio_picture_metadata_new (DIO_METADATA_DIORAMA);
  g_autoptr(GHashTable) prefixes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) error = NULL;
  Reading reading = { .metadata = metadata, .prefixes = prefixes, .text = text };

  context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  if (!g_markup_parse_context_parse (context, packet, size, &error) ||
      !g_markup_parse_context_end_parse (context, &error))
    /* The message would repeat strangers' bytes. */
    g_debug ("An XMP packet is damaged (%d)", error->code);

  return reading.is_ours ? g_steal_pointer (&metadata) : NULL;
}
