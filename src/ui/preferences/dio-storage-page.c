/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program keeps on the disk: counted each time the page is opened, and
 * what can be made again can be cleared. */

#include "config.h"

#include "dio-storage-page.h"

#include "dio-disk-use.h"
#include "dio-studio-caches.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

static const struct
{
  const char *title;
  const char *folder;   /* NULL for everything else in the cache */
  gboolean    is_cache;
} places[] = {
  { N_("Pictures"), "pictures", FALSE },
  { N_("References"), "references", FALSE },
  { N_("Cut-outs"), "cut-outs", TRUE },
  { N_("Photos prepared for providers"), "prepared", TRUE },
  { N_("Other"), NULL, TRUE },
};

static const char * const named_caches[] = { "cut-outs", "prepared", NULL };

struct _DioStoragePage
{
  AdwPreferencesPage parent_instance;

  /* Owned */
  DioStudio           *studio;
  GCancellable        *cancellable;  /* of what is being counted */

  guint64              n_cache_bytes;
  gboolean             tells_freed;  /* the next count follows a clearing */
  guint64              n_before;     /* bytes of caches, before that */
  guint                n_counting;

  /* Borrowed; the groups' */
  GtkLabel            *labels[G_N_ELEMENTS (places)];

  /* Template children */
  AdwPreferencesGroup *kept_group;
  AdwPreferencesGroup *cache_group;
  GtkWidget           *clear_button;
};

G_DEFINE_FINAL_TYPE (DioStoragePage, dio_storage_page, ADW_TYPE_PREFERENCES_PAGE)

typedef struct
{
  DioStoragePage *self; /* (unowned): there unless cancelled */
  guint           place;
} Counting;

static char *
format_use (guint64 n_bytes,
            guint   n_files)
{
  g_autofree char *size = NULL;
  g_autofree char *files = NULL;

  if (n_files == 0)
    return g_strdup (_("Nothing"));

  size = g_format_size (n_bytes);
  /* Translators: second half of “2.4 MB · 3 files”. */
  files = g_strdup_printf (ngettext ("%u file", "%u files", n_files), n_files);
  /* Translators: “2.4 MB · 3 files”. */
  return g_strdup_printf (_("%1$s · %2$s"), size, files);
}

static void
tell_freed (DioStoragePage *self)
{
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  self->tells_freed = FALSE;
  if (self->n_before <= self->n_cache_bytes)
    {
      dio_toast_show (GTK_WIDGET (self), dio_toast_new (_("Nothing could be freed")));
      return;
    }

  size = g_format_size (self->n_before - self->n_cache_bytes);
  /* Translators: a toast; %s is a size, such as “2.4 MB”. */
  text = g_strdup_printf (_("%s freed"), size);
  dio_toast_show (GTK_WIDGET (self), dio_toast_new (text));
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Counting *counting = user_data;
  g_autofree char *text = NULL;
  DioStoragePage *self;
  guint64 n_bytes;
  guint n_files;

  if (!dio_disk_use_measure_finish (result, &n_bytes, &n_files, NULL))
    return;

  self = counting->self;
  text = format_use (n_bytes, n_files);
  gtk_label_set_text (self->labels[counting->place], text);
  if (places[counting->place].is_cache)
    self->n_cache_bytes += n_bytes;

  self->n_counting--;
  if (self->n_counting == 0 && self->tells_freed)
    tell_freed (self);
}

static void
count_place (DioStoragePage *self,
             guint           place)
{
  const char *base = places[place].is_cache ? dio_studio_get_cache_folder (self->studio)
                                            : dio_library_get_folder (dio_studio_get_library (self->studio));
  g_autofree char *folder = g_build_filename (base, places[place].folder, NULL);
  Counting *counting = g_new0 (Counting, 1);

  counting->self = self;
  counting->place = place;
  self->n_counting++;
  dio_disk_use_measure_async (folder, places[place].folder == NULL ? named_caches : NULL,
                              self->cancellable, counted_cb, counting);
}

static void
count (DioStoragePage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  self->n_cache_bytes = 0;
  self->n_counting = 0;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    count_place (self, i);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(DioStoragePage) self = user_data;

  dio_studio_clear_caches_finish (DIO_STUDIO (source), result, NULL);
  if (self->studio == NULL)
    return;

  gtk_widget_set_sensitive (self->clear_button, TRUE);
  self->tells_freed = TRUE;
  count (self);
}

static void
clear_clicked_cb (DioStoragePage *self)
{
  gtk_widget_set_sensitive (self->clear_button, FALSE);
  self->n_before = self->n_cache_bytes;
  dio_studio_clear_caches_async (self->studio, cleared_cb, g_object_ref (self));
}

static void
open_clicked_cb (DioStoragePage *self)
{
  const char *folder = dio_library_get_folder (dio_studio_get_library (self->studio));
  g_autofree char *path = g_build_filename (folder, "pictures", NULL);
  g_autoptr(GFile) pictures = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (pictures);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

static void
dio_storage_page_map (GtkWidget *widget)
{
  DioStoragePage *self = DIO_STORAGE_PAGE (widget);

  GTK_WIDGET_CLASS (dio_storage_page_parent_class)->map (widget);

  if (self->studio != NULL)
    count (self);
}

static void
dio_storage_page_dispose (GObject *object)
{
  DioStoragePage *self = DIO_STORAGE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_STORAGE_PAGE);

  G_OBJECT_CLASS (dio_storage_page_parent_class)->dispose (object);
}

static void
dio_storage_page_class_init (DioStoragePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_storage_page_dispose;
  widget_class->map = dio_storage_page_map;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/preferences/dio-storage-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DioStoragePage, kept_group);
  gtk_widget_class_bind_template_child (widget_class, DioStoragePage, cache_group);
  gtk_widget_class_bind_template_child (widget_class, DioStoragePage, clear_button);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
}

static void
add_rows (DioStoragePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *label = gtk_label_new (_("Counting…"));

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "numeric");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(places[i].title));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
      adw_preferences_group_add (places[i].is_cache ? self->cache_group : self->kept_group, row);
      self->labels[i] = GTK_LABEL (label);
    }
}

static void
dio_storage_page_init (DioStoragePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
}

void
dio_storage_page_set_studio (DioStoragePage *self,
                             DioStudio      *studio)
{
  g_set_object (&self->studio, studio);
}
