/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was made once, made again, or to be changed from there. What costs nothing
 * is made at once; before anything is paid, the composition is made as it was, and
 * the button that sends it shows the price. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-composition-recall.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

typedef struct
{
  DioWindow *window;   /* (owned) */
  gboolean   is_again; /* not only recalled */
} Recall;

static void
recall_free (Recall *recall)
{
  g_object_unref (recall->window);
  g_free (recall);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recall, recall_free)

static gboolean
has_all_photos (DioRequest *request)
{
  for (guint i = 0; i < dio_request_get_n_references (request); i++)
    {
      const DioRequestReference *reference = dio_request_get_reference (request, i);

      if (reference->bytes == NULL && reference->address == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_free (DioWindow  *self,
         DioRequest *request)
{
  DioProvider *provider = dio_studio_find_provider (self->studio, dio_request_get_provider_id (request));

  return provider != NULL && dio_provider_is_local (provider);
}

static void
make_again (DioWindow  *self,
            DioRequest *request)
{
  g_autoptr(DioRequest) again = dio_request_new_again (request);
  g_autoptr(DioJob) job = dio_job_new (again);

  if (dio_job_queue_add (dio_studio_get_queue (self->studio), job))
    dio_window_tell (self, _("Making it again"));
}

/* The prompt is what a person is likely to change. On the page that is in sight the
 * focus stays: somebody may be at work there by now. */
static void
show_composition (DioWindow *self)
{
  if (gtk_stack_get_visible_child (self->pages) == self->compose_page)
    return;

  gtk_stack_set_visible_child (self->pages, self->compose_page);
  gtk_widget_grab_focus (GTK_WIDGET (self->prompt_card));
}

static void
recall (DioWindow  *self,
        DioRequest *request)
{
  DioModelInfo *model = dio_studio_find_model (self->studio, dio_request_get_model_id (request));
  g_autoptr(GError) error = NULL;
  AdwToast *toast;

  if (model == NULL)
    {
      dio_window_tell (self, _("This version of the program does not know the model"));
      return;
    }

  dio_composition_history_end_step (self->history);
  if (!dio_composition_recall (self->composition, request, model, &error))
    {
      dio_window_tell_error (self, error);
      return;
    }

  dio_composition_history_end_step (self->history);
  show_composition (self);
  toast = dio_toast_new (_("The composition is as it was then"));
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  dio_toast_show (GTK_WIDGET (self->pages), toast);
}

static void
request_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(Recall) recalling = user_data;
  DioWindow *self = recalling->window;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioRequest) request = dio_library_load_request_finish (DIO_LIBRARY (source), result, &error);

  /* The window may be gone by now. */
  if (self->studio == NULL)
    return;

  if (request == NULL)
    dio_window_tell_error (self, error);
  else if (recalling->is_again && is_free (self, request) && has_all_photos (request))
    make_again (self, request);
  else
    recall (self, request);
}

static void
recall_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  DioWindow *self = DIO_WINDOW (widget);
  Recall *recalling = g_new0 (Recall, 1);

  recalling->window = g_object_ref (self);
  recalling->is_again = g_str_equal (name, "win.make-again");
  if (!recalling->is_again && gtk_stack_get_visible_child (self->pages) == self->compose_page)
    gtk_widget_grab_focus (GTK_WIDGET (self->prompt_card));
  dio_library_load_request_async (dio_studio_get_library (self->studio), g_variant_get_string (parameter, NULL),
                                  request_loaded_cb, recalling);
}

/* Both take the id of a job. */
void
dio_window_class_again_init (DioWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_install_action (widget_class, "win.recall", "s", recall_action);
  gtk_widget_class_install_action (widget_class, "win.make-again", "s", recall_action);
}
