/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies each new result to the folder that the settings name, under the name
 * that it has in the library; nothing that lies there is written over. */

#include "config.h"

#include "dio-result-copier.h"

#include "dio-error.h"
#include "dio-new-file.h"

#include <string.h>

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
  GFile *file;   /* (owned): in the library */
  GFile *folder; /* (owned) */
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->file);
  g_object_unref (copy->folder);
  g_free (copy);
}

static void
set_n_pending (DioResultCopier *self,
               guint            n)
{
  self->n_pending = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}

static gboolean
publish (Copy    *copy,
         GFile   *part,
         GError **error)
{
  g_autofree char *name = g_file_get_basename (copy->file);
  char *dot = strrchr (name, '.');

  if (dot == NULL)
    return dio_new_file_end (part, name, "", NULL, error);

  *dot = '\0';

  return dio_new_file_end (part, name, dot + 1, NULL, error);
}

static void
copy_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Copy *copy = task_data;
  g_autoptr(GFile) part = dio_new_file_begin (copy->folder);
  GError *error = NULL;

  dio_new_file_sweep (copy->folder);
  if (!g_file_copy (copy->file, part, G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL, &error))
    {
      g_file_delete (part, NULL, NULL);
      g_task_return_error (task, error);
    }
  else if (!publish (copy, part, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(DioResultCopier) self = user_data;
  g_autoptr(GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  set_n_pending (self, self->n_pending - 1);
  if (error != NULL)
    {
      g_autoptr(GError) wrapped = dio_error_from_io (error, "The result could not be copied");

      g_signal_emit (self, signals[FAILED], 0, wrapped);
    }
}

static void
copy_result (DioResultCopier *self,
             DioResult       *result)
{
  const char *folder = dio_settings_get_result_folder (self->settings);
  g_autoptr(GTask) task = NULL;
  Copy *copy;

  if (*folder == '\0' || dio_result_get_created (result) < self->start)
    return;

  copy = g_new0 (Copy, 1);
  copy->file = g_file_new_for_path (dio_result_get_path (result));
  copy->folder = g_file_new_for_uri (folder);
  set_n_pending (self, self->n_pending + 1);

  /* Not of the copier: a thread might be the last to hold it. */
  task = g_task_new (NULL, NULL, copied_cb, g_object_ref (self));
  g_task_set_source_tag (task, copy_result);
  g_task_set_task_data (task, copy, (GDestroyNotify) copy_free);
  g_task_run_in_thread (task, copy_thread);
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
