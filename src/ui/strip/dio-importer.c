/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos on their way into a composition: one at a time, so that they arrive
 * in the order in which they were given, and only one is held twice. */

#include "config.h"

#include "dio-importer.h"

#define NO_ROLE -1

typedef struct
{
  GFile    *file;      /* (nullable) (owned) */
  GBytes   *bytes;     /* (nullable) (owned) */
  char     *address;   /* (nullable) (owned): where on the web it is */
  char     *file_name; /* (owned) */
  guint     position;  /* among the references; G_MAXUINT for the end */
  gboolean  is_result; /* of the library: how it was made is known there */
  int       role;      /* DioRole, or NO_ROLE for what it begins with */
} Item;

struct _DioImporter
{
  GObject parent_instance;

  /* Construct-only; owned */
  DioStudio      *studio;
  DioComposition *composition;

  /* Owned */
  GQueue        items; /* Item; the head is under way */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (DioImporter, dio_importer, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_PENDING,
  N_PROPS
};

enum
{
  ARRIVED,
  FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void begin_next (DioImporter *self);

static void
item_free (Item *item)
{
  g_clear_object (&item->file);
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_free (item->address);
  g_free (item->file_name);
  g_free (item);
}

static void
add_reference (DioImporter  *self,
               Item         *item,
               DioReference *reference)
{
  guint n = g_list_model_get_n_items (dio_composition_get_references (self->composition));

  dio_reference_set_address (reference, item->address);
  if (item->role != NO_ROLE)
    dio_reference_set_role (reference, item->role);
  dio_composition_add_reference (self->composition, reference, MIN (item->position, n));
}

/* The places were counted before it was known that one stays empty. */
static void
close_gap (DioImporter *self,
           guint        position)
{
  for (GList *l = self->items.head; l != NULL; l = l->next)
    {
      Item *item = l->data;

      if (item->position != G_MAXUINT && item->position > position)
        item->position--;
    }
}

static void
photo_imported_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(DioImporter) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioReference) reference = dio_studio_import_finish (DIO_STUDIO (source), result, &error);
  Item *item;

  /* Emptied while this one was under way. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  item = g_queue_pop_head (&self->items);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);

  if (reference != NULL)
    {
      add_reference (self, item, reference);
      if (!item->is_result)
        g_signal_emit (self, signals[ARRIVED], 0, reference);
    }
  else
    {
      close_gap (self, item->position);
      g_signal_emit (self, signals[FAILED], 0, item->file_name, error);
    }

  item_free (item);
  begin_next (self);
}

static void
begin_next (DioImporter *self)
{
  Item *item = g_queue_peek_head (&self->items);

  if (item == NULL)
    return;

  if (item->file != NULL)
    dio_studio_import_file_async (self->studio, item->file, self->cancellable,
                                  photo_imported_cb, g_object_ref (self));
  else if (item->bytes == NULL)
    dio_studio_import_address_async (self->studio, item->address, self->cancellable,
                                     photo_imported_cb, g_object_ref (self));
  else
    dio_studio_import_bytes_async (self->studio, item->bytes, item->file_name, self->cancellable,
                                   photo_imported_cb, g_object_ref (self));
}

static void
push (DioImporter *self,
      Item        *item)
{
  g_queue_push_tail (&self->items, item);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);

  if (self->items.length == 1)
    begin_next (self);
}

static void
dio_importer_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DioImporter *self = DIO_IMPORTER (object);

  switch (id)
    {
    case PROP_N_PENDING:
      g_value_set_uint (value, self->items.length);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_importer_finalize (GObject *object)
{
  DioImporter *self = DIO_IMPORTER (object);

  g_queue_clear_full (&self->items, (GDestroyNotify) item_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->composition);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_importer_parent_class)->finalize (object);
}

static void
dio_importer_class_init (DioImporterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_importer_get_property;
  object_class->finalize = dio_importer_finalize;

  properties[PROP_N_PENDING] =
    g_param_spec_uint ("n-pending", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* A photo from elsewhere is a reference now. */
  signals[ARRIVED] =
    g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, DIO_TYPE_REFERENCE);

  /* A photo could not be read: its file name and the error. */
  signals[FAILED] =
    g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
dio_importer_init (DioImporter *self)
{
  g_queue_init (&self->items);
  self->cancellable = g_cancellable_new ();
}

DioImporter *
dio_importer_new (DioStudio      *studio,
                  DioComposition *composition)
{
  DioImporter *self = g_object_new (DIO_TYPE_IMPORTER, NULL);

  self->studio = g_object_ref (studio);
  self->composition = g_object_ref (composition);
  return self;
}

static void
add_file (DioImporter *self,
          GFile       *file,
          guint        position,
          gboolean     is_result)
{
  Item *item = g_new0 (Item, 1);

  item->file = g_object_ref (file);
  item->file_name = g_file_get_basename (file);
  item->position = position;
  item->is_result = is_result;
  item->role = NO_ROLE;
  push (self, item);
}

/* One of the library, to the end, for what it is to be. */
void
dio_importer_add_result_as (DioImporter *self,
                            GFile       *file,
                            DioRole      role)
{
  Item *item = g_new0 (Item, 1);

  item->file = g_object_ref (file);
  item->file_name = g_file_get_basename (file);
  item->position = G_MAXUINT;
  item->is_result = TRUE;
  item->role = role;
  push (self, item);
}

void
dio_importer_add_file (DioImporter *self,
                       GFile       *file,
                       guint        position)
{
  add_file (self, file, position, FALSE);
}

/* A picture of the library, to the end. */
void
dio_importer_add_result (DioImporter *self,
                         GFile       *file)
{
  add_file (self, file, G_MAXUINT, TRUE);
}

/* Without bytes they are fetched from the address. */
void
dio_importer_add_bytes (DioImporter *self,
                        GBytes      *bytes,
                        const char  *address,
                        const char  *file_name,
                        guint        position)
{
  Item *item = g_new0 (Item, 1);

  item->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  item->address = g_strdup (address);
  item->role = NO_ROLE;
  item->file_name = g_strdup (file_name);
  item->position = position;
  push (self, item);
}

guint
dio_importer_get_n_pending (DioImporter *self)
{
  return self->items.length;
}

/* Forgets what has not arrived yet. */
void
dio_importer_cancel (DioImporter *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_queue_clear_full (&self->items, (GDestroyNotify) item_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PENDING]);
}
