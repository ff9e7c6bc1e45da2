/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes an XMP packet. */

#include "config.h"

#include "dio-xmp-private.h"

#include <string.h>

#define SOURCE_TYPE "http://cv.iptc.org/newscodes/digitalsourcetype/"

/* The name of the mark is that of the standard: it tells where a packet begins in
 * a file of a kind that is not known. */
static const char head[] =
  "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
  " <rdf:RDF xmlns:rdf=\"" DIO_XMP_NS_RDF "\">\n"
  "  <rdf:Description rdf:about=\"\"\n"
  "    xmlns:dc=\"" DIO_XMP_NS_DC "\"\n"
  "    xmlns:xmp=\"" DIO_XMP_NS_XMP "\"\n"
  "    xmlns:Iptc4xmpExt=\"" DIO_XMP_NS_IPTC "\"\n"
  "    xmlns:diorama=\"" DIO_XMP_NS_DIORAMA "\">\n";

static const char tail[] =
  "  </rdf:Description>\n"
  " </rdf:RDF>\n"
  "</x:xmpmeta>\n"
  "<?xpacket end=\"w\"?>";

/* XML has no place for some characters, not even by their numbers. */
static gboolean
is_writable (gunichar character)
{
  return (character >= 0x20 || character == '\t' || character == '\n') && character != 0xfffe && character != 0xffff;
}

static void
append_text (GString    *packet,
             const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr(GString) writable = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    if (is_writable (g_utf8_get_char (p)))
      g_string_append_unichar (writable, g_utf8_get_char (p));

  escaped = g_markup_escape_text (writable->str, writable->len);
  g_string_append (packet, escaped);
}

static void
append_property (GString    *packet,
                 const char *name,
                 const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  g_string_append_printf (packet, "   <%s>", name);
  append_text (packet, value);
  g_string_append_printf (packet, "</%s>\n", name);
}

static void
append_description (GString    *packet,
                    const char *text)
{
  if (text == NULL || *text == '\0')
    return;

  g_string_append (packet, "   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">");
  append_text (packet, text);
  g_string_append (packet, "</rdf:li></rdf:Alt></dc:description>\n");
}

/* In UTC: where on earth that was is nobody's business. */
static void
append_date (GString *packet,
             gint64   created)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (created / G_USEC_PER_SEC);
  g_autofree char *text = date != NULL && created > 0 ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  append_property (packet, "xmp:CreateDate", text);
}

static void
append_parents (GString   *packet,
                GPtrArray *parents)
{
  if (parents->len == 0)
    return;

  g_string_append (packet, "   <diorama:References><rdf:Seq>\n");
  for (guint i = 0; i < parents->len; i++)
    {
      const DioMetadataParent *parent = g_ptr_array_index (parents, i);

      g_string_append (packet, "   <rdf:li rdf:parseType=\"Resource\">\n");
      append_property (packet, "diorama:Hash", parent->hash);
      append_property (packet, "diorama:Role", dio_role_get_nick (parent->role));
      append_property (packet, "diorama:Name", parent->name);
      g_string_append (packet, "   </rdf:li>\n");
    }
  g_string_append (packet, "   </rdf:Seq></diorama:References>\n");
}

/* What the standard has names for. A composite may hold anything: what its
 * references are made of is not known here. */
static void
append_standard (GString                  *packet,
                 const DioPictureMetadata *metadata)
{
  append_property (packet, "xmp:CreatorTool", metadata->software);
  append_date (packet, metadata->created);
  append_property (packet, "Iptc4xmpExt:DigitalSourceType",
                   metadata->is_composite ? SOURCE_TYPE "composite" : SOURCE_TYPE "trainedAlgorithmicMedia");
}

static void
append_words (GString                  *packet,
              const DioPictureMetadata *metadata)
{
  g_autofree char *system = NULL;

  append_description (packet, metadata->prompt);
  if (metadata->is_composite)
    return;

  if (metadata->provider != NULL && metadata->model != NULL)
    system = g_strdup_printf ("%s %s", metadata->provider, metadata->model);
  append_property (packet, "Iptc4xmpExt:AIPromptInformation", metadata->prompt);
  append_property (packet, "Iptc4xmpExt:AISystemUsed", system);
}

static void
append_details (GString                  *packet,
                const DioPictureMetadata *metadata)
{
  append_property (packet, "diorama:Provider", metadata->provider);
  append_property (packet, "diorama:Model", metadata->model);
  append_property (packet, "diorama:NegativePrompt", metadata->negative_prompt);
  append_property (packet, "diorama:Parameters", metadata->parameters);
  if (metadata->seed >= 0)
    {
      g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, metadata->seed);

      append_property (packet, "diorama:Seed", seed);
    }
  append_parents (packet, metadata->parents);
}

/* Where XML has no place for a character, JSON has: nothing is lost of it. */
static void
append_recipe (GString    *packet,
               const char *recipe)
{
  g_autoptr(GString) json = g_string_new (recipe);

  g_string_replace (json, "\xef\xbf\xbe", "\\ufffe", 0);
  g_string_replace (json, "\xef\xbf\xbf", "\\uffff", 0);
  append_property (packet, "diorama:Request", json->str);
}

static GString *
write_packet (const DioPictureMetadata *metadata,
              gboolean                  with_words,
              gboolean                  with_details)
{
  GString *packet = g_string_new (head);

  append_standard (packet, metadata);
  if (with_words)
    append_words (packet, metadata);
  if (with_details)
    append_details (packet, metadata);
  if (metadata->recipe != NULL)
    append_recipe (packet, metadata->recipe);

  return g_string_append (packet, tail);
}

/**
 * dio_xmp_write:
 * @metadata: of a picture
 * @max_size: how many bytes it may have
 *
 * What does not fit is left out, what others read before what brings the request
 * back: a prompt may be as long as all of it.
 *
 * Returns: (transfer full) (nullable): a packet, or %NULL where none is as small
 */
char *
dio_xmp_write (const DioPictureMetadata *metadata,
               gsize                     max_size)
{
  for (int richness = 2; richness >= 0; richness--)
    {
      GString *packet = write_packet (metadata, richness > 1, richness > 0);

      if (packet->len <= max_size)
        return g_string_free (packet, FALSE);
      g_string_free (packet, TRUE);
    }

  return NULL;
}
