/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: one composition, and what was made. It joins the parts and holds
 * what they share; each part shows and changes the composition by itself. */

#include "config.h"

#include "dio-window-private.h"

#include "dio-content-switch.h"
#include "dio-error-text.h"
#include "dio-toast.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (DioWindow, dio_window, ADW_TYPE_APPLICATION_WINDOW)

static char *
format_counts (DioWindow *self)
{
  guint n_references = g_list_model_get_n_items (dio_composition_get_references (self->composition));
  guint n_results = g_list_model_get_n_items (G_LIST_MODEL (dio_gallery_get_results (self->gallery)));
  DioModelInfo *model = dio_composition_get_model (self->composition);
  g_autofree char *references = NULL;
  g_autofree char *results = NULL;

  if (n_references == 0 && n_results == 0)
    return g_strdup (model != NULL ? _(dio_model_info_get_title (model)) : "");

  /* Translators: first half of “4 references · 8 results”. */
  references = g_strdup_printf (ngettext ("%u reference", "%u references", n_references), n_references);
  /* Translators: second half of “4 references · 8 results”. */
  results = g_strdup_printf (ngettext ("%u result", "%u results", n_results), n_results);
  /* Translators: “4 references · 8 results”. */
  return g_strdup_printf (_("%1$s · %2$s"), references, results);
}

static char *
format_subtitle (DioWindow *self)
{
  guint n_jobs = dio_job_queue_get_n_open (dio_studio_get_queue (self->studio));
  g_autofree char *counts = format_counts (self);
  g_autofree char *jobs = NULL;

  if (n_jobs == 0)
    return g_steal_pointer (&counts);

  /* Translators: second half of “4 references · 8 results · 2 jobs running”. */
  jobs = g_strdup_printf (ngettext ("%u job running", "%u jobs running", n_jobs), n_jobs);
  /* Translators: “4 references · 8 results · 2 jobs running”; %1$s may be a model’s name. */
  return g_strdup_printf (_("%1$s · %2$s"), counts, jobs);
}

/* The desktop’s list of windows tells of jobs too. */
static char *
format_title (DioWindow  *self,
              const char *title)
{
  guint n_jobs = dio_job_queue_get_n_open (dio_studio_get_queue (self->studio));

  if (n_jobs == 0)
    return g_strdup (title);

  /* Translators: title of a window: how many jobs are running, and what the composition is called. */
  return g_strdup_printf (_("(%1$u) %2$s"), n_jobs, title);
}

static void
update_title (DioWindow *self)
{
  const char *title = dio_composition_get_title (self->composition);
  g_autofree char *subtitle = format_subtitle (self);
  g_autofree char *marked = NULL;
  g_autofree char *window_title = NULL;

  if (title == NULL || *title == '\0')
    title = _("New Composition");

  /* Only where there is a file that is another. */
  if (dio_composition_get_file (self->composition) != NULL && self->history != NULL &&
      dio_composition_history_get_is_modified (self->history))
    /* Translators: title of a window whose composition has changes that are not saved. */
    title = marked = g_strdup_printf (_("• %s"), title);

  adw_window_title_set_title (self->title, title);
  adw_window_title_set_subtitle (self->title, subtitle);
  window_title = format_title (self, title);
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

static void
composition_changed_cb (DioWindow *self)
{
  update_title (self);
  dio_window_update_actions (self);
}

static void
model_changed_cb (DioWindow *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);

  if (model != NULL)
    dio_settings_set_last_model (self->settings, dio_model_info_get_id (model));
}

static void
failed_toast_dismissed_cb (DioWindow *self)
{
  self->failed_toast = NULL;
  self->n_failed = 0;
}

/* One toast for all, since each would be on show for some seconds, and many can
 * be dropped at once. */
static void
import_failed_cb (DioWindow    *self,
                  const char   *file_name,
                  const GError *error)
{
  g_autofree char *shown = g_filename_display_name (file_name);
  g_autofree char *text = NULL;

  g_message ("%s: %s", shown, error->message);
  self->n_failed++;

  if (self->failed_toast != NULL)
    {
      /* Translators: a toast: how many of the files dropped were no use. */
      text = g_strdup_printf (ngettext ("%u file could not be used", "%u files could not be used",
                                        self->n_failed),
                              self->n_failed);
      adw_toast_set_title (self->failed_toast, text);
      return;
    }

  /* Translators: a toast: the name of a file, and what is wrong with it. */
  text = g_strdup_printf (_("“%1$s”: %2$s"), shown, dio_error_text (error).sentence);
  self->failed_toast = dio_toast_new (text);
  g_signal_connect_object (self->failed_toast, "dismissed", G_CALLBACK (failed_toast_dismissed_cb),
                           self, G_CONNECT_SWAPPED);
  dio_toast_show (GTK_WIDGET (self->pages), self->failed_toast);
}

/* Jobs that are not over; those that failed are no less to be seen. */
static void
update_queue_button (DioWindow *self)
{
  guint n = dio_job_queue_get_n_open (dio_studio_get_queue (self->studio));
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *label = NULL;

  /* Translators: a button for screen readers. */
  label = g_strdup_printf (ngettext ("Show jobs: %u open", "Show jobs: %u open", n), n);
  gtk_label_set_label (self->queue_count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->queue_count), n > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->queue_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
n_jobs_changed_cb (DioWindow *self)
{
  update_queue_button (self);
  update_title (self);
}

static void
remember_size (DioWindow *self)
{
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  dio_settings_set_window_size (self->settings, width, height);
  dio_settings_set_window_maximized (self->settings, gtk_window_is_maximized (GTK_WINDOW (self)));

  /* Folded, the panel is hidden for want of room and not by choice. */
  if (!adw_flap_get_folded (self->flap))
    dio_settings_set_show_parameters (self->settings, adw_flap_get_reveal_flap (self->flap));
}

static gboolean
dio_window_close_request (GtkWindow *window)
{
  remember_size (DIO_WINDOW (window));
  dio_window_keep_or_forget (DIO_WINDOW (window));

  return GTK_WINDOW_CLASS (dio_window_parent_class)->close_request (window);
}

static void
dio_window_dispose (GObject *object)
{
  DioWindow *self = DIO_WINDOW (object);

  g_clear_handle_id (&self->fill_id, g_source_remove);
  /* It looks once more at what there is, and tells the title. */
  g_clear_object (&self->keeper);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->sample_cancellable);
  if (self->importer != NULL)
    dio_importer_cancel (self->importer);

  /* It holds the flap, and the action muxers of the flap’s children hold it. */
  g_action_map_remove_action (G_ACTION_MAP (self), "show-parameters");

  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_WINDOW);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->sample_cancellable);
  g_clear_object (&self->importer);
  g_clear_object (&self->compare_set);
  g_clear_object (&self->shown);
  g_clear_object (&self->history);
  g_clear_object (&self->watch);
  g_clear_object (&self->composition);
  g_clear_object (&self->settings);
  g_clear_object (&self->studio);

  G_OBJECT_CLASS (dio_window_parent_class)->dispose (object);
}

static void
dio_window_class_init (DioWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dio_window_close_request;

  g_type_ensure (DIO_TYPE_STRIP);
  g_type_ensure (DIO_TYPE_PROMPT_CARD);
  g_type_ensure (DIO_TYPE_CONTENT_SWITCH);
  g_type_ensure (DIO_TYPE_GALLERY_BAR);
  g_type_ensure (DIO_TYPE_GALLERY);
  g_type_ensure (DIO_TYPE_PARAMETER_PANEL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/window/dio-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DioWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, compose_page);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, title);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, prompt_card);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, content);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, gallery);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, panel);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, queue_button);
  gtk_widget_class_bind_template_child (widget_class, DioWindow, queue_count);
  gtk_widget_class_bind_template_callback (widget_class, dio_window_open_result);

  dio_window_class_actions_init (klass);
  dio_window_class_again_init (klass);
  dio_window_class_document_init (klass);
}

static void
dio_window_init (DioWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  if (g_str_equal (PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
}

static void
restore_size (DioWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               dio_settings_get_window_width (self->settings),
                               dio_settings_get_window_height (self->settings));
  if (dio_settings_get_window_maximized (self->settings))
    gtk_window_maximize (GTK_WINDOW (self));
  adw_flap_set_reveal_flap (self->flap, dio_settings_get_show_parameters (self->settings));
}

/* One that was chosen may be no longer there. */
static DioModelInfo *
find_first_model (DioWindow *self)
{
  DioModelInfo *model = dio_studio_find_model (self->studio, dio_settings_get_default_model (self->settings));

  return model != NULL ? model
                       : dio_studio_find_model (self->studio, dio_settings_get_last_model (self->settings));
}

static void
set_up_composition (DioWindow *self)
{
  DioModelInfo *model = find_first_model (self);

  self->composition = dio_composition_new ();
  if (model != NULL)
    dio_composition_set_model (self->composition, model);
  self->importer = dio_importer_new (self->studio, self->composition);
  self->watch = dio_composition_watch_new (self->composition);

  g_signal_connect_object (self->importer, "failed", G_CALLBACK (import_failed_cb), self, G_CONNECT_SWAPPED);
  dio_window_recall_init (self);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (composition_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->composition, "notify::model", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
set_up_parts (DioWindow *self)
{
  dio_prompt_card_set_composition (self->prompt_card, self->studio, self->composition);
  dio_strip_set_composition (self->strip, self->composition);
  dio_strip_set_importer (self->strip, self->importer);
  dio_gallery_set_studio (self->gallery, self->studio);
  dio_gallery_set_bar (self->gallery, self->search_bar);

  g_signal_connect_object (dio_studio_get_queue (self->studio), "notify::n-open",
                           G_CALLBACK (n_jobs_changed_cb), self, G_CONNECT_SWAPPED);
  update_queue_button (self);
  g_signal_connect_object (dio_gallery_get_results (self->gallery), "items-changed",
                           G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
}

DioWindow *
dio_window_new (AdwApplication *application,
                DioStudio      *studio,
                DioSettings    *settings)
{
  DioWindow *self = g_object_new (DIO_TYPE_WINDOW, "application", application, NULL);

  self->studio = g_object_ref (studio);
  self->settings = g_object_ref (settings);

  set_up_composition (self);
  set_up_parts (self);

  /* The parts have chosen a model where none was. */
  self->history = dio_composition_history_new (self->composition);
  g_signal_connect_object (self->history, "notify::is-modified", G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);
  self->keeper = dio_draft_keeper_new (dio_studio_get_draft_folder (studio), self->composition, self->history);
  dio_window_actions_init (self);
  dio_window_drop_init (self);
  dio_window_viewer_init (self);
  dio_window_compare_init (self);
  dio_window_later_init (self);
  restore_size (self);
  composition_changed_cb (self);

  return self;
}

DioComposition *
dio_window_get_composition (DioWindow *self)
{
  return self->composition;
}

/* What has happened, where there is no better place to say it. */
void
dio_window_tell (DioWindow  *self,
                 const char *text)
{
  dio_toast_show (GTK_WIDGET (self->pages), dio_toast_new (text));
}

/* What went wrong, where there is no better place to say it. */
void
dio_window_tell_error (DioWindow    *self,
                       const GError *error)
{
  g_message ("%s", error->message);
  dio_toast_show (GTK_WIDGET (self->pages), dio_toast_new_for_error (error));
}
