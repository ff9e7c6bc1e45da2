/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of the archive share: jobs, pictures, money, accounts. */

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
  char              *trash;      /* (owned): a folder */
  char              *owners;     /* (owned): a folder */
  DioReferenceStore *references; /* (owned): the only part for any thread */

  /* Set before it is opened */
  DioInscribeFunc    inscribe;   /* (nullable) */
  gpointer           inscribe_data;
  GDestroyNotify     inscribe_free; /* (nullable) */

  /* Open */
  DioOwner          *owner;      /* (owned) (nullable) */
  DioDatabase       *database;   /* (owned) (nullable) */
  gint64             version_seen; /* of what others write; 0: not looked yet */
};

extern const char *const _dio_archive_migrations[];

int        _dio_archive_lock_folder (const char          *folder,
                                     GError             **error);
gboolean   _dio_archive_check_open  (DioArchive          *self,
                                     GError             **error);
char      *_dio_archive_list_states (gboolean             over);
gboolean   _dio_archive_end_orphans (DioArchive          *self,
                                     GError             **error);
GPtrArray *_dio_archive_load_results_of (DioArchive      *self,
                                     const char          *job_id,
                                     GError             **error);
gboolean   _dio_archive_find_result (DioArchive          *self,
                                     const char          *job_id,
                                     guint                index,
                                     DioResult          **result,
                                     GError             **error);
gboolean   _dio_archive_read_name   (DioArchive          *self,
                                     const char          *id,
                                     const char          *condition,
                                     char               **name,
                                     GError             **error);
gboolean   _dio_archive_end_transaction (DioArchive      *self,
                                     gboolean             is_right,
                                     GError             **error);
gboolean   _dio_archive_has_result  (DioArchive          *self,
                                     const char          *id,
                                     gboolean            *has_it,
                                     GError             **error);
const char *_dio_archive_get_extension (const char       *name);
gboolean   _dio_archive_is_same_file (const char         *path,
                                     const char          *other);
char      *_dio_archive_build_path  (DioArchive          *self,
                                     const char          *name);
char      *_dio_archive_build_trash_path (DioArchive     *self,
                                     const char          *id,
                                     const char          *name);
DioTakenJob *_dio_archive_load_job  (DioArchive          *self,
                                     const char          *id,
                                     GError             **error);
gboolean   _dio_archive_check_cap   (DioArchive          *self,
                                     const DioPrice      *price,
                                     const char          *except_job_id,
                                     GError             **error);

/* Columns that several queries read, and what reads them from the first on. */
#define _DIO_ARCHIVE_REMOTE_COLUMNS \
  "remote_id, remote_data, sent, answer, sent_at, retry_at, expires, billed, " \
  "cost_source, cost_amount, cost_currency"
void       _dio_archive_read_remote (DioStatement        *row,
                                     int                  column,
                                     DioJobRemote        *remote);
void       _dio_archive_read_price  (DioStatement        *row,
                                     int                  column,
                                     DioPrice            *price);

/* Money as it is written. */
double      _dio_archive_get_amount (const DioPrice      *price);
const char *_dio_archive_get_source (const DioPrice      *price);

/* Lists of a picture, and accounts, as text of the database, and back. */
gint64      _dio_archive_read_time       (DioStatement     *row,
                                          int               column);
JsonNode   *_dio_archive_parse_text      (const char       *text);
char       *_dio_archive_words_to_text   (GStrv             words);
GStrv       _dio_archive_words_of_text   (const char       *text);
char       *_dio_archive_notes_to_text   (GPtrArray        *notes);
void        _dio_archive_notes_of_text   (const char       *text,
                                          GPtrArray        *notes);
char       *_dio_archive_account_to_text (const DioAccount *account);
DioAccount *_dio_archive_account_of_text (const char       *text);

G_END_DECLS
