/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cut-outs kept on disk by the hash of the picture they were made from. What is
 * found there is believed only after checking, and nothing that goes wrong is an
 * error for anybody: a cut-out can be made again. May be used from any thread. */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "dio-cache-folder.h"
#include "dio-cut-out-cache.h"
#include "dio-cut-out-file.h"

/* Counted up whenever the same picture would be cut out differently. */
#define ENGINE_VERSION 2

#define SUFFIX ".cutout"

/* Files that were looked at the longest ago go first. */
#define MAX_TOTAL (512 * (guint64) 1024 * 1024)

struct _DioCutOutCache
{
  GObject parent_instance;

  char   *folder;
};

G_DEFINE_FINAL_TYPE (DioCutOutCache, dio_cut_out_cache, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_FOLDER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS] = { NULL, };

/* A hash becomes part of a file name: only what cannot lead elsewhere. */
static gboolean
is_plain (const char *hash)
{
  if (*hash == '\0')
    return FALSE;

  for (; *hash != '\0'; hash++)
    if (!g_ascii_isalnum (*hash) && *hash != '-' && *hash != '_')
      return FALSE;

  return TRUE;
}

static char *
make_path (DioCutOutCache *self,
           const char     *hash)
{
  g_autofree char *name = g_strdup_printf ("%s-%d" SUFFIX, hash, ENGINE_VERSION);

  return g_build_filename (self->folder, name, NULL);
}

static void
dio_cut_out_cache_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DioCutOutCache *self = DIO_CUT_OUT_CACHE (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dio_cut_out_cache_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  DioCutOutCache *self = DIO_CUT_OUT_CACHE (object);

  switch (prop_id)
    {
    case PROP_FOLDER:
      self->folder = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
dio_cut_out_cache_finalize (GObject *object)
{
  DioCutOutCache *self = DIO_CUT_OUT_CACHE (object);

  g_free (self->folder);

  G_OBJECT_CLASS (dio_cut_out_cache_parent_class)->finalize (object);
}

static void
dio_cut_out_cache_class_init (DioCutOutCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_cut_out_cache_get_property;
  object_class->set_property = dio_cut_out_cache_set_property;
  object_class->finalize = dio_cut_out_cache_finalize;

  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_cut_out_cache_init (DioCutOutCache *self)
{
}

/**
 * dio_cut_out_cache_new:
 * @folder: where the files are, or will be
 *
 * Returns: (transfer full): a cache; nothing is made on disk yet
 */
DioCutOutCache *
dio_cut_out_cache_new (const char *folder)
{
  return g_object_new (DIO_TYPE_CUT_OUT_CACHE, "folder", folder, NULL);
}

/**
 * dio_cut_out_cache_lookup:
 * @self: a cache
 * @hash: of the picture's bytes
 *
 * Reads a file: not for the thread of a user interface.
 *
 * Returns: (transfer full) (nullable): the cut-out, when a sound one is kept
 */
DioCutOut *
dio_cut_out_cache_lookup (DioCutOutCache *self,
                          const char     *hash)
{
  g_autoptr(GMappedFile) file = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  DioCutOut *cut_out;

  g_return_val_if_fail (DIO_IS_CUT_OUT_CACHE (self), NULL);
  g_return_val_if_fail (hash != NULL && is_plain (hash), NULL);

  path = make_path (self, hash);
  file = g_mapped_file_new (path, FALSE, NULL);
  if (file == NULL)
    return NULL;

  cut_out = dio_cut_out_unpack ((const guint8 *) g_mapped_file_get_contents (file),
                                g_mapped_file_get_length (file),
                                &error);
  if (cut_out == NULL)
    g_debug ("%s: %s", path, error->message);
  else
    dio_cache_folder_mark_used (path);

  return cut_out;
}

/**
 * dio_cut_out_cache_store:
 * @self: a cache
 * @hash: of the picture's bytes
 * @cut_out: what was made of it
 *
 * Writes a file, and removes others when they have become too many: not for the
 * thread of a user interface.
 */
void
dio_cut_out_cache_store (DioCutOutCache *self,
                         const char     *hash,
                         DioCutOut      *cut_out)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (DIO_IS_CUT_OUT_CACHE (self));
  g_return_if_fail (hash != NULL && is_plain (hash));
  g_return_if_fail (cut_out != NULL);

  bytes = dio_cut_out_pack (cut_out);
  if (bytes == NULL)
    return;

  path = make_path (self, hash);
  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      g_debug ("%s: %s", self->folder, g_strerror (errno));
      return;
    }
  if (!g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_ONLY_EXISTING, 0600, &error))
    {
      g_debug ("%s", error->message);
      return;
    }

  /* Those of other versions go as well, and what a crash left half written. */
  dio_cache_folder_trim (self->folder, SUFFIX, MAX_TOTAL, 0);
}
