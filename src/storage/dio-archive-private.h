/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the jobs' and the pictures' half of the archive share. */

#pragma once

#include "dio-archive.h"
#include "dio-database.h"
#include "dio-owner.h"

G_BEGIN_DECLS

struct _DioArchive
{
  /* Set once */
  char              *folder;     /* (owned) */
  char              *pictures;   /* (owned): a folder */
  char              *owners;     /* (owned): a folder */
  DioReferenceStore *references; /* (owned): the only part for any thread */

  /* Open */
  DioOwner          *owner;      /* (owned) (nullable) */
  DioDatabase       *database;   /* (owned) (nullable) */
};

gboolean _dio_archive_check_open (DioArchive  *self,
                                  GError     **error);

/* Lists of a picture as text of the database, and back. */
char      *_dio_archive_words_to_text (GStrv       words);
GStrv      _dio_archive_words_of_text (const char *text);
char      *_dio_archive_notes_to_text (GPtrArray  *notes);
void       _dio_archive_notes_of_text (const char *text,
                                       GPtrArray  *notes);

G_END_DECLS
