/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What would be sent for a composition, before it is sent: the prompt as the
 * model reads it, the photos as they were made to fit, the price, and every
 * request word by word, without the key. Nothing is sent for it. */

#include "config.h"

#include "dio-request-window.h"

#include "dio-error-text.h"
#include "dio-money-words.h"
#include "dio-picture-loader.h"
#include "dio-words.h"

#include <glib/gi18n.h>

#define THUMBNAIL 64

struct _DioRequestWindow
{
  AdwWindow parent_instance;

  /* Owned */
  GCancellable        *cancellable;
  DioPreview          *preview; /* (nullable): until it is there */

  /* Template children */
  AdwToastOverlay     *toasts;
  GtkStack            *stack;
  AdwStatusPage       *failed;
  GtkLabel            *prompt;
  AdwPreferencesGroup *photos;
  GtkLabel            *price;
  AdwPreferencesGroup *requests;
};

G_DEFINE_FINAL_TYPE (DioRequestWindow, dio_request_window, ADW_TYPE_WINDOW)

static void
copy_text (DioRequestWindow *self,
           const char       *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Copied, without the key")));
}

static void
copy_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  DioRequestWindow *self = DIO_REQUEST_WINDOW (widget);
  guint position = g_variant_get_uint32 (parameter);
  g_autofree char *text = NULL;

  if (self->preview == NULL || position >= self->preview->requests->len)
    return;

  text = dio_http_request_to_curl (g_ptr_array_index (self->preview->requests, position));
  copy_text (self, text);
}

static void
copy_all_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  DioRequestWindow *self = DIO_REQUEST_WINDOW (widget);
  g_autoptr(GString) text = g_string_new (NULL);

  if (self->preview == NULL)
    return;

  for (guint i = 0; i < self->preview->requests->len; i++)
    {
      g_autofree char *line = dio_http_request_to_curl (g_ptr_array_index (self->preview->requests, i));

      g_string_append_printf (text, "%s\n", line);
    }

  copy_text (self, text->str);
}

static void
thumbnail_loaded_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(GtkImage) image = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = dio_load_picture_finish (result, &error);

  if (texture != NULL)
    gtk_image_set_from_paintable (image, GDK_PAINTABLE (texture));
}

static GtkWidget *
make_thumbnail (DioRequestWindow *self,
                DioPreviewPhoto  *photo)
{
  GtkWidget *image = gtk_image_new_from_icon_name ("image-x-generic-symbolic");
  int side = THUMBNAIL * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  gtk_image_set_pixel_size (GTK_IMAGE (image), THUMBNAIL);
  gtk_widget_set_margin_top (image, 8);
  gtk_widget_set_margin_bottom (image, 8);
  if (photo->file != NULL)
    dio_load_file_async (photo->file, side, self->cancellable, thumbnail_loaded_cb, g_object_ref (image));

  return image;
}

static char *
describe_photo (DioPreviewPhoto *photo)
{
  g_autofree char *size = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *changes = NULL;

  if (photo->file == NULL)
    /* Translators: a photo that a provider fetches by itself; %s is its address. */
    return g_strdup_printf (_("Fetched by the provider from %s"), photo->address);

  size = dio_format_size (photo->width, photo->height);
  bytes = g_format_size (photo->size);
  kind = g_content_type_get_description (photo->mime_type);
  changes = dio_format_changes (photo->changes);
  /* Translators: a photo as it is sent: size in pixels, kind of file, its length, what is
   * different in it: “2048 × 1536 · JPEG image · 1.2 MB\nScaled down, written anew”. */
  return g_strdup_printf (_("%1$s · %2$s · %3$s\n%4$s"), size, kind, bytes, changes);
}

static void
add_photo (DioRequestWindow *self,
           DioPreviewPhoto  *photo,
           guint             number)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = NULL;
  g_autofree char *description = describe_photo (photo);

  /* Translators: a photo as it is sent: its number and its name: “Image 2, watch”. */
  title = g_strdup_printf (_("Image %1$u, %2$s"), number, photo->name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), description);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), make_thumbnail (self, photo));
  adw_preferences_group_add (self->photos, row);
}

static GtkWidget *
make_body (DioHttpRequest *request)
{
  g_autoptr(JsonNode) node = dio_http_request_to_json (request);
  g_autofree char *text = json_to_string (node, TRUE);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "detail-row");
  return label;
}

static void
add_request (DioRequestWindow *self,
             guint             position)
{
  DioHttpRequest *request = g_ptr_array_index (self->preview->requests, position);
  GtkWidget *row = adw_expander_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  GtkWidget *body = gtk_list_box_row_new ();
  g_autoptr(GUri) uri = g_uri_parse (request->url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *title = NULL;

  /* Translators: a request: %1$s is its method, such as POST, %2$s the server. */
  title = g_strdup_printf (_("%1$s to %2$s"), request->method, uri != NULL ? g_uri_get_host (uri) : "");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Copy as curl"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy as curl"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", position);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "request.copy");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), uri != NULL ? g_uri_get_path (uri) : "");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (body), make_body (request));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (body), FALSE);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (row), body);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), position + 1 == self->preview->requests->len);
  adw_preferences_group_add (self->requests, row);
}

static void
show_preview (DioRequestWindow *self)
{
  g_autofree char *price = dio_price_to_sentence (&self->preview->price);

  gtk_label_set_label (self->prompt, self->preview->prompt != NULL ? self->preview->prompt : "");
  gtk_label_set_label (self->price, price);
  gtk_widget_set_visible (GTK_WIDGET (self->photos), self->preview->photos->len > 0);
  for (guint i = 0; i < self->preview->photos->len; i++)
    add_photo (self, g_ptr_array_index (self->preview->photos, i), i + 1);
  for (guint i = 0; i < self->preview->requests->len; i++)
    add_request (self, i);

  gtk_stack_set_visible_child_name (self->stack, "preview");
}

static void
show_failure (DioRequestWindow *self,
              const GError     *error)
{
  DioErrorText text = dio_error_text (error);
  g_autofree char *escaped = g_markup_escape_text (text.sentence, -1);

  g_message ("%s", error->message);
  adw_status_page_set_title (self->failed, text.title);
  adw_status_page_set_description (self->failed, escaped);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
previewed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DioRequestWindow *self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(DioPreview) preview = dio_studio_preview_finish (DIO_STUDIO (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (preview == NULL)
    {
      show_failure (self, error);
      return;
    }

  self->preview = g_steal_pointer (&preview);
  show_preview (self);
}

static void
dio_request_window_dispose (GObject *object)
{
  DioRequestWindow *self = DIO_REQUEST_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_REQUEST_WINDOW);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->preview, dio_preview_free);

  G_OBJECT_CLASS (dio_request_window_parent_class)->dispose (object);
}

static void
dio_request_window_class_init (DioRequestWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dio_request_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/window/dio-request-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DioRequestWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DioRequestWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DioRequestWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, DioRequestWindow, prompt);
  gtk_widget_class_bind_template_child (widget_class, DioRequestWindow, photos);
  gtk_widget_class_bind_template_child (widget_class, DioRequestWindow, price);
  gtk_widget_class_bind_template_child (widget_class, DioRequestWindow, requests);

  gtk_widget_class_install_action (widget_class, "request.copy", "u", copy_action);
  gtk_widget_class_install_action (widget_class, "request.copy-all", NULL, copy_all_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dio_request_window_init (DioRequestWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
dio_request_window_show (GtkWindow        *parent,
                         DioStudio        *studio,
                         DioComposition   *composition,
                         const DioAccount *account)
{
  DioRequestWindow *self = g_object_new (DIO_TYPE_REQUEST_WINDOW, "transient-for", parent, NULL);

  dio_studio_preview_async (studio, composition, account, self->cancellable, previewed_cb, self);
  gtk_window_present (GTK_WINDOW (self));
}
