/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XMP packets: what a picture's file tells of how it was made, as XML. */

#pragma once

#include "dio-picture-metadata.h"

G_BEGIN_DECLS

/* Names under which files keep them. */
#define DIO_XMP_PNG_KEY  "XML:com.adobe.xmp"
#define DIO_XMP_JPEG_KEY "http://ns.adobe.com/xap/1.0/"

/* What those mean by their prefixes. */
#define DIO_XMP_NS_DC      "http://purl.org/dc/elements/1.1/"
#define DIO_XMP_NS_DIORAMA "https://diorama.github.io/ns/1.0/"
#define DIO_XMP_NS_IPTC    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
#define DIO_XMP_NS_RDF     "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define DIO_XMP_NS_XMP     "http://ns.adobe.com/xap/1.0/"

char               *dio_xmp_write (const DioPictureMetadata *metadata,
                                   gsize                     max_size);
DioPictureMetadata *dio_xmp_read  (const char               *packet,
                                   gsize                     size);

G_END_DECLS
