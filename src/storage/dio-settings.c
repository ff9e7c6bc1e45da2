/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program remembers of its window and what was chosen. Its properties
 * are bound to GSettings; where no schema is installed they are there all the
 * same, for as long as the program runs. */

#include "config.h"

#include "dio-settings.h"

struct _DioSettings
{
  GObject    parent_instance;

  /* Construct-only */
  char      *schema_folder; /* (owned) (nullable) */

  /* Owned */
  GSettings *settings;   /* (nullable): NULL without a schema */
  char      *last_model;    /* "" for none */
  char      *default_model; /* "" for the last one */
  char      *result_folder; /* a URI; "" for none */
  char      *photo_folder;  /* the same */

  int        window_width;
  int        window_height;
  gboolean   window_maximized;
  gboolean   show_parameters;
  gboolean   notify_of_jobs;
  gboolean   work_in_background;
};

G_DEFINE_FINAL_TYPE (DioSettings, dio_settings, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_SCHEMA_FOLDER,

  /* The keys, each named as its property. */
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  PROP_SHOW_PARAMETERS,
  PROP_LAST_MODEL,
  PROP_DEFAULT_MODEL,
  PROP_RESULT_FOLDER,
  PROP_PHOTO_FOLDER,
  PROP_NOTIFY_OF_JOBS,
  PROP_WORK_IN_BACKGROUND,
  N_PROPS
};

#define FIRST_KEY PROP_WINDOW_WIDTH

static GParamSpec *properties[N_PROPS];

static GSettingsSchema *
find_schema (const char *folder)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchemaSource) built = NULL;
  GSettingsSchema *schema = NULL;

  if (installed != NULL)
    schema = g_settings_schema_source_lookup (installed, APPLICATION_ID, TRUE);
  if (schema != NULL || folder == NULL)
    return schema;

  built = g_settings_schema_source_new_from_directory (folder, installed, FALSE, NULL);
  if (built == NULL)
    return NULL;

  return g_settings_schema_source_lookup (built, APPLICATION_ID, FALSE);
}

static void
set_int (DioSettings *self,
         guint        id,
         int         *field,
         int          value)
{
  if (*field == value)
    return;

  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
set_string (DioSettings  *self,
            guint         id,
            char        **field,
            const char   *value)
{
  const char *text = value != NULL ? value : "";

  if (g_strcmp0 (*field, text) == 0)
    return;

  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[id]);
}

static void
dio_settings_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DioSettings *self = DIO_SETTINGS (object);

  switch (id)
    {
    case PROP_WINDOW_WIDTH:
      g_value_set_int (value, self->window_width);
      break;

    case PROP_WINDOW_HEIGHT:
      g_value_set_int (value, self->window_height);
      break;

    case PROP_WINDOW_MAXIMIZED:
      g_value_set_boolean (value, self->window_maximized);
      break;

    case PROP_SHOW_PARAMETERS:
      g_value_set_boolean (value, self->show_parameters);
      break;

    case PROP_LAST_MODEL:
      g_value_set_string (value, self->last_model);
      break;

    case PROP_DEFAULT_MODEL:
      g_value_set_string (value, self->default_model);
      break;

    case PROP_RESULT_FOLDER:
      g_value_set_string (value, self->result_folder);
      break;

    case PROP_PHOTO_FOLDER:
      g_value_set_string (value, self->photo_folder);
      break;

    case PROP_NOTIFY_OF_JOBS:
      g_value_set_boolean (value, self->notify_of_jobs);
      break;

    case PROP_WORK_IN_BACKGROUND:
      g_value_set_boolean (value, self->work_in_background);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_settings_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DioSettings *self = DIO_SETTINGS (object);

  switch (id)
    {
    case PROP_SCHEMA_FOLDER:
      self->schema_folder = g_value_dup_string (value);
      break;

    case PROP_WINDOW_WIDTH:
      set_int (self, id, &self->window_width, g_value_get_int (value));
      break;

    case PROP_WINDOW_HEIGHT:
      set_int (self, id, &self->window_height, g_value_get_int (value));
      break;

    case PROP_WINDOW_MAXIMIZED:
      set_int (self, id, &self->window_maximized, g_value_get_boolean (value));
      break;

    case PROP_SHOW_PARAMETERS:
      set_int (self, id, &self->show_parameters, g_value_get_boolean (value));
      break;

    case PROP_LAST_MODEL:
      set_string (self, id, &self->last_model, g_value_get_string (value));
      break;

    case PROP_DEFAULT_MODEL:
      set_string (self, id, &self->default_model, g_value_get_string (value));
      break;

    case PROP_RESULT_FOLDER:
      set_string (self, id, &self->result_folder, g_value_get_string (value));
      break;

    case PROP_PHOTO_FOLDER:
      set_string (self, id, &self->photo_folder, g_value_get_string (value));
      break;

    case PROP_NOTIFY_OF_JOBS:
      set_int (self, id, &self->notify_of_jobs, g_value_get_boolean (value));
      break;

    case PROP_WORK_IN_BACKGROUND:
      set_int (self, id, &self->work_in_background, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_settings_constructed (GObject *object)
{
  DioSettings *self = DIO_SETTINGS (object);
  g_autoptr(GSettingsSchema) schema = find_schema (self->schema_folder);

  G_OBJECT_CLASS (dio_settings_parent_class)->constructed (object);

  for (guint i = FIRST_KEY; i < N_PROPS; i++)
    g_object_set_property (object, properties[i]->name, g_param_spec_get_default_value (properties[i]));

  if (schema == NULL)
    {
      g_info ("No settings schema %s: nothing will be remembered", APPLICATION_ID);
      return;
    }

  self->settings = g_settings_new_full (schema, NULL, NULL);
  for (guint i = FIRST_KEY; i < N_PROPS; i++)
    {
      const char *name = properties[i]->name;

      /* A schema of another version may be installed; binding to a key that it
       * lacks would abort. */
      if (g_settings_schema_has_key (schema, name))
        g_settings_bind (self->settings, name, self, name, G_SETTINGS_BIND_DEFAULT);
    }
}

static void
dio_settings_finalize (GObject *object)
{
  DioSettings *self = DIO_SETTINGS (object);

  g_clear_object (&self->settings);
  g_free (self->schema_folder);
  g_free (self->last_model);
  g_free (self->default_model);
  g_free (self->result_folder);
  g_free (self->photo_folder);

  G_OBJECT_CLASS (dio_settings_parent_class)->finalize (object);
}

static void
dio_settings_class_init (DioSettingsClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_settings_get_property;
  object_class->set_property = dio_settings_set_property;
  object_class->constructed = dio_settings_constructed;
  object_class->finalize = dio_settings_finalize;

  properties[PROP_SCHEMA_FOLDER] =
    g_param_spec_string ("schema-folder", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /* Defaults and ranges as in the schema; a test compares them. */
  properties[PROP_WINDOW_WIDTH] = g_param_spec_int ("window-width", NULL, NULL, 1, G_MAXINT16, 1360, flags);
  properties[PROP_WINDOW_HEIGHT] = g_param_spec_int ("window-height", NULL, NULL, 1, G_MAXINT16, 860, flags);
  properties[PROP_WINDOW_MAXIMIZED] = g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, flags);
  properties[PROP_SHOW_PARAMETERS] = g_param_spec_boolean ("show-parameters", NULL, NULL, TRUE, flags);
  properties[PROP_LAST_MODEL] = g_param_spec_string ("last-model", NULL, NULL, "", flags);
  properties[PROP_DEFAULT_MODEL] = g_param_spec_string ("default-model", NULL, NULL, "", flags);
  properties[PROP_RESULT_FOLDER] = g_param_spec_string ("result-folder", NULL, NULL, "", flags);
  properties[PROP_PHOTO_FOLDER] = g_param_spec_string ("photo-folder", NULL, NULL, "", flags);
  properties[PROP_NOTIFY_OF_JOBS] = g_param_spec_boolean ("notify-of-jobs", NULL, NULL, TRUE, flags);
  properties[PROP_WORK_IN_BACKGROUND] = g_param_spec_boolean ("work-in-background", NULL, NULL, TRUE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_settings_init (DioSettings *self)
{
}

/**
 * dio_settings_new:
 * @schema_folder: (nullable): where a compiled schema is, for a program that
 *   runs from its build folder; an installed one comes first
 *
 * Returns: (transfer full): settings with the values of last time, or with
 *   their defaults
 */
DioSettings *
dio_settings_new (const char *schema_folder)
{
  return g_object_new (DIO_TYPE_SETTINGS, "schema-folder", schema_folder, NULL);
}

/**
 * dio_settings_is_kept:
 * @self: settings
 *
 * Returns: %FALSE without a schema: what is set is forgotten at the end
 */
gboolean
dio_settings_is_kept (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), FALSE);

  return self->settings != NULL;
}

int
dio_settings_get_window_width (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), 0);

  return self->window_width;
}

int
dio_settings_get_window_height (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), 0);

  return self->window_height;
}

/**
 * dio_settings_set_window_size:
 * @self: settings
 * @width: in pixels
 * @height: in pixels
 *
 * Remembers a size; one that no window can have is not taken over.
 */
void
dio_settings_set_window_size (DioSettings *self,
                              int          width,
                              int          height)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  if (width < 1 || height < 1 || width > G_MAXINT16 || height > G_MAXINT16)
    return;

  set_int (self, PROP_WINDOW_WIDTH, &self->window_width, width);
  set_int (self, PROP_WINDOW_HEIGHT, &self->window_height, height);
}

gboolean
dio_settings_get_window_maximized (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), FALSE);

  return self->window_maximized;
}

void
dio_settings_set_window_maximized (DioSettings *self,
                                   gboolean     maximized)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_int (self, PROP_WINDOW_MAXIMIZED, &self->window_maximized, !!maximized);
}

gboolean
dio_settings_get_show_parameters (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), TRUE);

  return self->show_parameters;
}

void
dio_settings_set_show_parameters (DioSettings *self,
                                  gboolean     show)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_int (self, PROP_SHOW_PARAMETERS, &self->show_parameters, !!show);
}

/**
 * dio_settings_get_last_model:
 * @self: settings
 *
 * Returns: id of the model that was used last, perhaps one that is no longer
 *   there; empty for none
 */
const char *
dio_settings_get_last_model (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), NULL);

  return self->last_model;
}

void
dio_settings_set_last_model (DioSettings *self,
                             const char  *model_id)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_string (self, PROP_LAST_MODEL, &self->last_model, model_id);
}

/**
 * dio_settings_get_default_model:
 * @self: settings
 *
 * Returns: id of the model that a new composition begins with, perhaps one that
 *   is no longer there; empty for the one that was used last
 */
const char *
dio_settings_get_default_model (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), NULL);

  return self->default_model;
}

void
dio_settings_set_default_model (DioSettings *self,
                                const char  *model_id)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_string (self, PROP_DEFAULT_MODEL, &self->default_model, model_id);
}

/**
 * dio_settings_get_result_folder:
 * @self: settings
 *
 * Returns: URI of a folder that each new result is copied to; empty for none
 */
const char *
dio_settings_get_result_folder (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), NULL);

  return self->result_folder;
}

void
dio_settings_set_result_folder (DioSettings *self,
                                const char  *uri)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_string (self, PROP_RESULT_FOLDER, &self->result_folder, uri);
}

/**
 * dio_settings_get_notify_of_jobs:
 * @self: settings
 *
 * Returns: whether to tell of the end of a job where no window is looked at
 */
gboolean
dio_settings_get_notify_of_jobs (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), TRUE);

  return self->notify_of_jobs;
}

void
dio_settings_set_notify_of_jobs (DioSettings *self,
                                 gboolean     notify)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_int (self, PROP_NOTIFY_OF_JOBS, &self->notify_of_jobs, !!notify);
}

/**
 * dio_settings_get_work_in_background:
 * @self: settings
 *
 * Returns: whether jobs go on when the last window is closed
 */
gboolean
dio_settings_get_work_in_background (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), FALSE);

  return self->work_in_background;
}

void
dio_settings_set_work_in_background (DioSettings *self,
                                     gboolean     work)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_int (self, PROP_WORK_IN_BACKGROUND, &self->work_in_background, work);
}

/**
 * dio_settings_get_photo_folder:
 * @self: settings
 *
 * Returns: the URI of the folder that photos were last chosen from, or ""
 */
const char *
dio_settings_get_photo_folder (DioSettings *self)
{
  g_return_val_if_fail (DIO_IS_SETTINGS (self), NULL);

  return self->photo_folder;
}

void
dio_settings_set_photo_folder (DioSettings *self,
                               const char  *uri)
{
  g_return_if_fail (DIO_IS_SETTINGS (self));

  set_string (self, PROP_PHOTO_FOLDER, &self->photo_folder, uri);
}
