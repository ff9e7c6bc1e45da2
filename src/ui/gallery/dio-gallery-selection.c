/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures that are selected. Of many that were selected at once most have
 * yet to be read: what is done with them waits for that, and can be called off. */

#include "config.h"

#include "dio-gallery-private.h"

#include "dio-toast.h"

#include <glib/gi18n.h>

/* Of fewer there is nothing to be told: they are read in no time. */
#define TOLD 1000

/* How many are let go of before the main loop has its turn. */
#define SLICE 500

typedef struct
{
  DioGallery     *gallery;     /* weak: NULL once it is gone */
  guint           n;
  GCancellable   *cancellable; /* (owned) */
  AdwToast       *toast;       /* (owned) (nullable) */
  DioGalleryFunc  func;
  char           *name;        /* (owned) */
  GVariant       *parameter;   /* (owned) (nullable) */
} Wait;

static void
wait_free (Wait *wait)
{
  g_clear_weak_pointer (&wait->gallery);
  g_object_unref (wait->cancellable);
  g_clear_object (&wait->toast);
  g_free (wait->name);
  g_clear_pointer (&wait->parameter, g_variant_unref);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static gboolean
let_go_cb (gpointer user_data)
{
  GPtrArray *results = user_data;

  g_ptr_array_set_size (results, results->len - MIN (results->len, SLICE));
  return results->len > 0;
}

/* Takes @results, which nobody else looks at: where they are many, to free them all
 * at once would be noticed. */
void
dio_gallery_let_go (GPtrArray *results)
{
  g_idle_add_full (G_PRIORITY_LOW, let_go_cb, results, (GDestroyNotify) g_ptr_array_unref);
}

static gpointer
ref_cb (gconstpointer result,
        gpointer      user_data)
{
  return g_object_ref ((gpointer) result);
}

static void
progress_cb (guint    n_done,
             gpointer user_data)
{
  Wait *wait = user_data;
  g_autofree char *text = NULL;

  if (wait->toast == NULL)
    return;

  /* Translators: a toast: how many of how many pictures that are selected are ready to be worked with. */
  text = g_strdup_printf (_("Reading %1$u of %2$u"), n_done, wait->n);
  adw_toast_set_title (wait->toast, text);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Wait) wait = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) results = dio_library_load_many_finish (DIO_LIBRARY (source), result, &error);

  if (wait->toast != NULL)
    adw_toast_dismiss (wait->toast);
  if (wait->gallery == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (results == NULL)
    dio_toast_show (GTK_WIDGET (wait->gallery), dio_toast_new_for_error (error));
  else if (results->len > 0)
    wait->func (wait->gallery, results, wait->name, wait->parameter);
  if (results != NULL)
    dio_gallery_let_go (g_ptr_array_copy (results, ref_cb, NULL));
}

static void
tell_of (Wait *wait)
{
  wait->toast = g_object_ref_sink (dio_toast_new (""));
  progress_cb (0, wait);
  adw_toast_set_timeout (wait->toast, 0);
  adw_toast_set_button_label (wait->toast, _("_Stop"));
  g_signal_connect_object (wait->toast, "button-clicked", G_CALLBACK (g_cancellable_cancel),
                           wait->cancellable, G_CONNECT_SWAPPED);
  dio_toast_show (GTK_WIDGET (wait->gallery), g_object_ref (wait->toast));
}

/* Returns: (transfer full) (nullable): the results with these numbers, where all of
 * them are at hand */
static GPtrArray *
dup_read (DioGallery *self,
          GArray     *numbers)
{
  g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < numbers->len; i++)
    {
      DioResultSlot *slot = dio_result_list_peek (self->results, g_array_index (numbers, gint64, i));

      if (slot == NULL || dio_result_slot_get_result (slot) == NULL)
        return NULL;

      g_ptr_array_add (results, g_object_ref (dio_result_slot_get_result (slot)));
    }

  return g_steal_pointer (&results);
}

static void
read_and_call (DioGallery     *self,
               GArray         *numbers,
               const char     *name,
               GVariant       *parameter,
               DioGalleryFunc  func)
{
  Wait *wait = g_new0 (Wait, 1);

  g_set_weak_pointer (&wait->gallery, self);
  wait->n = numbers->len;
  wait->cancellable = g_cancellable_new ();
  wait->func = func;
  wait->name = g_strdup (name);
  wait->parameter = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  g_signal_connect_object (self, "destroy", G_CALLBACK (g_cancellable_cancel), wait->cancellable, G_CONNECT_SWAPPED);

  if (wait->n > TOLD)
    tell_of (wait);
  dio_library_load_many_async (dio_studio_get_library (self->studio), numbers, progress_cb, wait,
                               wait->cancellable, loaded_cb, wait);
}

/* Calls @func with the selected results: at once, or when all of them are read. */
void
dio_gallery_with_selected (DioGallery     *self,
                           const char     *name,
                           GVariant       *parameter,
                           DioGalleryFunc  func)
{
  g_autoptr(GArray) numbers = dio_selection_dup_numbers (self->selection);
  g_autoptr(GPtrArray) results = dup_read (self, numbers);

  if (results == NULL)
    read_and_call (self, numbers, name, parameter, func);
  else if (results->len > 0)
    func (self, results, name, parameter);
}

/* Borrowed; the first that is selected, NULL if it is a job or yet to be read. */
DioResult *
dio_gallery_get_selected (DioGallery *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr(GObject) item = NULL;

  if (gtk_bitset_is_empty (selected))
    return NULL;

  item = g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_minimum (selected));
  return DIO_IS_RESULT_SLOT (item) ? dio_result_slot_get_result (DIO_RESULT_SLOT (item)) : NULL;
}

/* How many pictures are selected: jobs come before them. */
guint
dio_gallery_count_selected (DioGallery *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return gtk_bitset_get_size_in_range (selected, g_list_model_get_n_items (G_LIST_MODEL (self->jobs)), G_MAXUINT - 1);
}

/* Borrowed from a slot in sight; NULL where it is not. */
DioResult *
dio_gallery_find_result (DioGallery *self,
                         gint64      number)
{
  g_autoptr(DioResultSlot) slot = NULL;
  guint position;

  if (!dio_result_list_find (self->results, number, &position))
    return NULL;

  slot = g_list_model_get_item (G_LIST_MODEL (self->results), position);
  return dio_result_slot_get_result (slot);
}

/* (transfer container): the whole selection where @result is part of it, as far
 * as it is read, or @result alone. */
GPtrArray *
dio_gallery_dup_dragged (DioGallery *self,
                         DioResult  *result)
{
  g_autoptr(GArray) numbers = dio_selection_dup_numbers (self->selection);
  GPtrArray *results = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_selected = FALSE;

  for (guint i = 0; i < numbers->len; i++)
    {
      gint64 number = g_array_index (numbers, gint64, i);
      DioResultSlot *slot = dio_result_list_peek (self->results, number);

      is_selected = is_selected || number == dio_result_get_number (result);
      if (slot != NULL && dio_result_slot_get_result (slot) != NULL)
        g_ptr_array_add (results, g_object_ref (dio_result_slot_get_result (slot)));
    }

  if (!is_selected)
    {
      g_ptr_array_set_size (results, 0);
      g_ptr_array_add (results, g_object_ref (result));
    }

  return results;
}
