/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies each new result to the folder that the settings name, under the name
 * that it has in the library; nothing that lies there is written over. */

#include "config.h"

#include "dio-result-copier.h"

#include "dio-error.h"

#include <string.h>

/* As many copies of one name as a person may have put there. */
#define MAX_TRIES 100

struct _DioResultCopier
{
  GObject parent_instance;

  /* Owned */
  DioLibrary  *library;
  DioSettings *settings;

  gint64       start;     /* what was made before is not new */
  guint        n_pending;
};

G_DEFINE_FINAL_TYPE (DioResultCopier, dio_result_copier, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_PENDING,
  N_PROPS
};

enum
{
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

typedef struct
{
  DioResultCopier *self;   /* (owned) */
  GFile           *file;   /* (owned): in the library */
  GFile           *folder; /* (owned) */
  guint            n_tries;
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->self);
  g_object_unref (copy->file);
  g_object_unref (copy->folder);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void copied_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data);

static void
set_n_pending (DioResultCopier *self,
               guint            n)
{
  self->n_pending = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

/* “watch 1.png”, then “watch 1 (2).png” */
static char *
build_name (Copy *copy)
{
  g_autofree char *name = g_file_get_basename (copy->file);
  const char *dot = strrchr (name, '.');
  int stem = dot != NULL ? dot - name : (int) strlen (name);

  if (copy->n_tries == 1)
    return g_steal_pointer (&name);

  return g_strdup_printf ("%.*s (%u)%s", stem, name, copy->n_tries, name + stem);
}

static void
start_copy (Copy *copy)
{
  g_autofree char *name = NULL;
  g_autoptr(GFile) target = NULL;

  copy->n_tries++;
  name = build_name (copy);
  target = g_file_get_child (copy->folder, name);
  g_file_copy_async (copy->file, target, G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT,
                     NULL, NULL, NULL, copied_cb, copy);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Copy) copy = user_data;
  g_autoptr(GError) error = NULL;

  g_file_copy_finish (G_FILE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) && copy->n_tries < MAX_TRIES)
    {
      start_copy (g_steal_pointer (&copy));
      return;
    }

  set_n_pending (copy->self, copy->self->n_pending - 1);
  if (error != NULL)
    {
      g_autoptr(GError) wrapped = dio_error_from_io (error, "The result could not be copied");

      g_signal_emit (copy->self, signals[FAILED], 0, wrapped);
    }
}

static void
copy_result (DioResultCopier *self,
             DioResult       *result)
{
  const char *folder = dio_settings_get_result_folder (self->settings);
  Copy *copy;

  if (*folder == '\0' || dio_result_get_created (result) < self->start)
    return;

  copy = g_new0 (Copy, 1);
  copy->self = g_object_ref (self);
  copy->file = g_file_new_for_path (dio_result_get_path (result));
  copy->folder = g_file_new_for_uri (folder);
  set_n_pending (self, self->n_pending + 1);
  start_copy (copy);
}

static void
dio_result_copier_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == PROP_N_PENDING)
    g_value_set_uint (value, DIO_RESULT_COPIER (object)->n_pending);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dio_result_copier_finalize (GObject *object)
{
  DioResultCopier *self = DIO_RESULT_COPIER (object);

  g_clear_object (&self->library);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (dio_result_copier_parent_class)->finalize (object);
}

static void
dio_result_copier_class_init (DioResultCopierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_result_copier_get_property;
  object_class->finalize = dio_result_copier_finalize;

  properties[PROP_N_PENDING] =
    g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FAILED] = g_signal_new ("failed", DIO_TYPE_RESULT_COPIER, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
dio_result_copier_init (DioResultCopier *self)
{
  self->start = g_get_real_time ();
}

/**
 * dio_result_copier_new:
 * @library: whose results
 * @settings: name the folder, which may become another at any time
 *
 * Returns: (transfer full): what copies from now on
 */
DioResultCopier *
dio_result_copier_new (DioLibrary  *library,
                       DioSettings *settings)
{
  DioResultCopier *self;

  g_return_val_if_fail (DIO_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (DIO_IS_SETTINGS (settings), NULL);

  self = g_object_new (DIO_TYPE_RESULT_COPIER, NULL);
  self->library = g_object_ref (library);
  self->settings = g_object_ref (settings);
  g_signal_connect_object (library, "result-added", G_CALLBACK (copy_result), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * dio_result_copier_get_n_pending:
 * @self: a copier
 *
 * Returns: how many results are being copied
 */
guint
dio_result_copier_get_n_pending (DioResultCopier *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_COPIER (self), 0);

  return self->n_pending;
}
