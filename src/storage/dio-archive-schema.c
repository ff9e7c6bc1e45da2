/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the library, version by version. A step that was released is
 * never changed. All times are microseconds since 1970. An amount of money that
 * is not known is NULL, so that no sum takes it for nothing. */

#include "config.h"

#include "dio-archive-private.h"

const char *const _dio_archive_migrations[] = {
  /* 1 */
  "CREATE TABLE jobs ("
  "  id TEXT PRIMARY KEY NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  model TEXT NOT NULL,"
  "  title TEXT NOT NULL,"
  "  prompt TEXT NOT NULL,"
  "  request TEXT NOT NULL,"      /* JSON; photos by their hashes */
  "  state TEXT NOT NULL,"        /* nick of a DioJobState */
  "  error_class TEXT,"           /* nick of a DioError */
  "  error_message TEXT,"
  "  created INTEGER NOT NULL,"   /* microseconds since 1970, as all times */
  "  updated INTEGER NOT NULL,"
  "  remote_id TEXT,"             /* the provider's name for it */
  "  owner TEXT"                  /* whose process drives it: a file in owners/ */
  ");"
  "CREATE TABLE results ("
  "  seq INTEGER PRIMARY KEY,"    /* order of coming, whatever the clock did */
  "  id TEXT NOT NULL UNIQUE,"
  "  job_id TEXT NOT NULL REFERENCES jobs (id),"
  "  idx INTEGER NOT NULL,"
  "  path TEXT NOT NULL,"         /* in pictures/ */
  "  width INTEGER NOT NULL,"
  "  height INTEGER NOT NULL,"
  "  seed INTEGER NOT NULL,"      /* -1: not known */
  "  seconds REAL NOT NULL,"      /* -1: not known */
  "  used TEXT,"                  /* JSON; NULL: not known */
  "  unused TEXT,"                /* JSON; NULL: not known */
  "  notes TEXT NOT NULL,"        /* JSON */
  "  created INTEGER NOT NULL,"
  "  provider TEXT NOT NULL,"
  "  model TEXT NOT NULL,"
  "  prompt TEXT NOT NULL,"
  "  UNIQUE (job_id, idx)"
  ");",
  /* 2 */
  "ALTER TABLE jobs ADD COLUMN account TEXT;"        /* JSON, as it was then, without its key */
  "ALTER TABLE jobs ADD COLUMN account_name TEXT;"
  "ALTER TABLE jobs ADD COLUMN estimate_source TEXT NOT NULL DEFAULT 'unknown';" /* nick of a DioPriceSource */
  "ALTER TABLE jobs ADD COLUMN estimate_amount REAL;"
  "ALTER TABLE jobs ADD COLUMN estimate_currency TEXT;"
  "ALTER TABLE jobs ADD COLUMN estimate_is_guess INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN estimate_as_of TEXT;"
  "ALTER TABLE jobs ADD COLUMN estimate_where TEXT;"
  "ALTER TABLE jobs ADD COLUMN accepts_unknown INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN n_wanted INTEGER NOT NULL DEFAULT 1;"
  "ALTER TABLE jobs ADD COLUMN remote_data TEXT;"    /* JSON of the provider's own */
  "ALTER TABLE jobs ADD COLUMN sent TEXT;"
  "ALTER TABLE jobs ADD COLUMN answer TEXT;"
  "ALTER TABLE jobs ADD COLUMN sent_at INTEGER NOT NULL DEFAULT 0;"  /* 0: never */
  "ALTER TABLE jobs ADD COLUMN retry_at INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN expires INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jobs ADD COLUMN billed TEXT NOT NULL DEFAULT 'unknown';" /* nick of a DioBilled */
  "ALTER TABLE jobs ADD COLUMN cost_source TEXT NOT NULL DEFAULT 'unknown';"
  "ALTER TABLE jobs ADD COLUMN cost_amount REAL;"
  "ALTER TABLE jobs ADD COLUMN cost_currency TEXT;"
  "UPDATE jobs SET n_wanted = max (1, cast (coalesce ("
  "  json_extract (request, '$.values.\"' || json_extract (request, '$.\"count-name\"') || '\"'), 1) AS INTEGER)) "
  "  WHERE json_valid (request);"
  "CREATE INDEX jobs_by_state ON jobs (state);"
  "CREATE INDEX jobs_by_created ON jobs (created);"
  "CREATE INDEX jobs_by_sent_at ON jobs (sent_at);"
  "CREATE INDEX jobs_by_remote_id ON jobs (provider, remote_id);"
  "ALTER TABLE results ADD COLUMN remote_id TEXT;"
  "ALTER TABLE results ADD COLUMN cost REAL;"        /* as the provider told */
  "ALTER TABLE results ADD COLUMN currency TEXT;"
  "ALTER TABLE results ADD COLUMN expires INTEGER NOT NULL DEFAULT 0;"
  "CREATE TABLE accounts ("
  "  seq INTEGER PRIMARY KEY,"    /* the order in which they were added */
  "  provider TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  kind TEXT,"
  "  endpoint TEXT,"
  "  upload_url TEXT,"
  "  price REAL,"
  "  currency TEXT,"
  "  is_told INTEGER NOT NULL,"
  "  UNIQUE (provider, name)"
  ");"
  "CREATE TABLE caps ("
  "  currency TEXT PRIMARY KEY NOT NULL,"
  "  amount REAL NOT NULL"        /* of a day */
  ");",

  /* 3 */
  "ALTER TABLE results ADD COLUMN title TEXT NOT NULL DEFAULT '';"       /* of its job */
  "ALTER TABLE results ADD COLUMN names TEXT NOT NULL DEFAULT '';"       /* of the references */
  "ALTER TABLE results ADD COLUMN rating INTEGER NOT NULL DEFAULT 0;"    /* stars */
  "ALTER TABLE results ADD COLUMN verdict TEXT NOT NULL DEFAULT 'none';" /* nick of a DioVerdict */
  "ALTER TABLE results ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';"      /* JSON */
  "ALTER TABLE results ADD COLUMN parents TEXT NOT NULL DEFAULT '[]';"   /* JSON: hashes, in order */
  "ALTER TABLE results ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;"   /* 0: not in the trash */
  "ALTER TABLE results ADD COLUMN hash TEXT;"                            /* NULL: not read for it yet */
  "UPDATE results SET"
  "  title = (SELECT title FROM jobs WHERE id = job_id),"
  "  names = coalesce ((SELECT group_concat (json_extract (value, '$.name'), ' ')"
  "                     FROM jobs, json_each (request, '$.references')"
  "                     WHERE jobs.id = results.job_id AND json_valid (request)), ''),"
  "  parents = coalesce ((SELECT json_group_array (json_extract (value, '$.hash'))"
  "                       FROM jobs, json_each (request, '$.references')"
  "                       WHERE jobs.id = results.job_id AND json_valid (request)), '[]')"
  "  WHERE job_id IN (SELECT id FROM jobs WHERE json_valid (request));"
  /* An index ends with seq, so each of these is also the order of coming. */
  "CREATE INDEX results_by_deleted ON results (deleted);"
  "CREATE INDEX results_by_provider ON results (deleted, provider);"
  "CREATE INDEX results_by_model ON results (deleted, model);"
  "CREATE INDEX results_by_rating ON results (deleted, rating);"
  "CREATE INDEX results_by_verdict ON results (deleted, verdict);"
  "CREATE INDEX results_by_path ON results (path);"
  "CREATE INDEX results_by_name ON results (deleted, path COLLATE NOCASE);"
  "CREATE INDEX results_by_created ON results (deleted, created);"
  "CREATE INDEX results_by_hash ON results (hash);"
  "CREATE TABLE result_tags (tag TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (tag, seq)) WITHOUT ROWID;"
  "CREATE INDEX result_tags_by_seq ON result_tags (seq);"
  "CREATE TABLE result_parents (hash TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (hash, seq)) WITHOUT ROWID;"
  "CREATE INDEX result_parents_by_seq ON result_parents (seq);"
  "INSERT OR IGNORE INTO result_parents SELECT value, seq FROM results, json_each (parents);"
  "CREATE VIRTUAL TABLE results_text USING fts5 (prompt, title, names, provider, model, tags,"
  "  content = 'results', content_rowid = 'seq', prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');"
  "INSERT INTO results_text (results_text) VALUES ('rebuild');"
  "CREATE TRIGGER results_added AFTER INSERT ON results BEGIN"
  "  INSERT INTO results_text (rowid, prompt, title, names, provider, model, tags)"
  "    VALUES (new.seq, new.prompt, new.title, new.names, new.provider, new.model, new.tags);"
  "  INSERT OR IGNORE INTO result_tags SELECT value, new.seq FROM json_each (new.tags);"
  "  INSERT OR IGNORE INTO result_parents SELECT value, new.seq FROM json_each (new.parents);"
  "END;"
  "CREATE TRIGGER results_removed AFTER DELETE ON results BEGIN"
  "  INSERT INTO results_text (results_text, rowid, prompt, title, names, provider, model, tags)"
  "    VALUES ('delete', old.seq, old.prompt, old.title, old.names, old.provider, old.model, old.tags);"
  "  DELETE FROM result_tags WHERE seq = old.seq;"
  "  DELETE FROM result_parents WHERE seq = old.seq;"
  "END;"
  "CREATE TRIGGER results_changed AFTER UPDATE OF prompt, title, names, provider, model, tags, parents ON results BEGIN"
  "  INSERT INTO results_text (results_text, rowid, prompt, title, names, provider, model, tags)"
  "    VALUES ('delete', old.seq, old.prompt, old.title, old.names, old.provider, old.model, old.tags);"
  "  INSERT INTO results_text (rowid, prompt, title, names, provider, model, tags)"
  "    VALUES (new.seq, new.prompt, new.title, new.names, new.provider, new.model, new.tags);"
  "  DELETE FROM result_tags WHERE seq = old.seq;"
  "  INSERT OR IGNORE INTO result_tags SELECT value, new.seq FROM json_each (new.tags);"
  "  DELETE FROM result_parents WHERE seq = old.seq;"
  "  INSERT OR IGNORE INTO result_parents SELECT value, new.seq FROM json_each (new.parents);"
  "END;"
  "CREATE TABLE settings ("
  "  name TEXT PRIMARY KEY NOT NULL,"
  "  value TEXT NOT NULL"
  ");",

  NULL
};
