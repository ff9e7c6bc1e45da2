/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a body, and the stream that reads them. */

#pragma once

#include "dio-body.h"

G_BEGIN_DECLS

/* What is sent after what came before it: a text, or a file as base64. */
typedef struct
{
  const char *text;   /* (borrowed) (nullable): of the body's JSON, not terminated */
  gsize       length; /* of text */
  GFile      *file;   /* (borrowed) (nullable) */
  goffset     size;   /* of file */
} DioBodyPart;

#define DIO_TYPE_BODY_STREAM (dio_body_stream_get_type ())
G_DECLARE_FINAL_TYPE (DioBodyStream, dio_body_stream, DIO, BODY_STREAM, GInputStream)

GInputStream *dio_body_stream_new (DioBody           *body,
                                   const DioBodyPart *parts,
                                   guint              n_parts);

G_END_DECLS
