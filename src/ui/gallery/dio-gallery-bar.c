/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the library is shown. The bar makes a query of what a person chooses;
 * whoever listens to "query-changed" runs it, and to "day-chosen" goes there. */

#include "config.h"

#include "dio-gallery-bar-private.h"

#include "dio-day-chooser.h"

G_DEFINE_FINAL_TYPE (DioGalleryBar, dio_gallery_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SHOW,
  PROP_MAKER,
  PROP_TAG,
  PROP_SORT,
  N_PROPS
};

enum
{
  QUERY_CHANGED,
  DAY_CHOSEN,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
update (DioGalleryBar *self)
{
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  query->text = *text != '\0' ? g_steal_pointer (&text) : NULL;
  dio_gallery_bar_ask_choices (self, query);
  dio_gallery_bar_label_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self->days_button),
                          query->sort == DIO_RESULT_SORT_NEWEST || query->sort == DIO_RESULT_SORT_OLDEST);
  if (dio_result_query_equal (query, self->query))
    return;

  dio_result_query_free (self->query);
  self->query = g_steal_pointer (&query);
  g_signal_emit (self, signals[QUERY_CHANGED], 0);
}

static void
changed_cb (DioGalleryBar *self)
{
  update (self);
}

static void
search_stopped_cb (DioGalleryBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static char **
get_choice (DioGalleryBar *self,
            guint          prop_id)
{
  switch (prop_id)
    {
    case PROP_SHOW:
      return &self->show;
    case PROP_MAKER:
      return &self->maker;
    case PROP_TAG:
      return &self->tag;
    default:
      return &self->sort;
    }
}

static void
dio_gallery_bar_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  g_value_set_string (value, *get_choice (DIO_GALLERY_BAR (object), prop_id));
}

static void
dio_gallery_bar_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DioGalleryBar *self = DIO_GALLERY_BAR (object);
  char **choice = get_choice (self, prop_id);
  const char *new = g_value_get_string (value);

  if (new == NULL || g_str_equal (*choice, new))
    return;

  g_free (*choice);
  *choice = g_strdup (new);
  update (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
dio_gallery_bar_dispose (GObject *object)
{
  DioGalleryBar *self = DIO_GALLERY_BAR (object);

  g_clear_object (&self->more);
  g_clear_object (&self->studio);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_GALLERY_BAR);

  G_OBJECT_CLASS (dio_gallery_bar_parent_class)->dispose (object);
}

static void
dio_gallery_bar_finalize (GObject *object)
{
  DioGalleryBar *self = DIO_GALLERY_BAR (object);

  dio_result_query_free (self->query);
  g_free (self->show);
  g_free (self->maker);
  g_free (self->tag);
  g_strfreev (self->listed);
  g_free (self->sort);

  G_OBJECT_CLASS (dio_gallery_bar_parent_class)->finalize (object);
}

static void
dio_gallery_bar_class_init (DioGalleryBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dio_gallery_bar_get_property;
  object_class->set_property = dio_gallery_bar_set_property;
  object_class->dispose = dio_gallery_bar_dispose;
  object_class->finalize = dio_gallery_bar_finalize;

  props[PROP_SHOW] = g_param_spec_string ("show", NULL, NULL, "all",
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_MAKER] = g_param_spec_string ("maker", NULL, NULL, "",
                                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_TAG] = g_param_spec_string ("tag", NULL, NULL, "",
                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SORT] = g_param_spec_string ("sort", NULL, NULL, "newest",
                                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[QUERY_CHANGED] = g_signal_new ("query-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /* With the number of its first result. */
  signals[DAY_CHOSEN] = g_signal_new ("day-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/gallery/dio-gallery-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DioGalleryBar, entry);
  gtk_widget_class_bind_template_child (widget_class, DioGalleryBar, button);
  gtk_widget_class_bind_template_child (widget_class, DioGalleryBar, button_label);
  gtk_widget_class_bind_template_child (widget_class, DioGalleryBar, days_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_install_property_action (widget_class, "bar.show", "show");
  gtk_widget_class_install_property_action (widget_class, "bar.maker", "maker");
  gtk_widget_class_install_property_action (widget_class, "bar.tag", "tag");
  gtk_widget_class_install_property_action (widget_class, "bar.sort", "sort");
}

static void
dio_gallery_bar_init (DioGalleryBar *self)
{
  self->query = dio_result_query_new ();
  self->show = g_strdup ("all");
  self->maker = g_strdup ("");
  self->tag = g_strdup ("");
  self->more = g_menu_new ();
  self->sort = g_strdup ("newest");
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
day_chosen_cb (DioGalleryBar *self,
               gint64         number)
{
  g_signal_emit (self, signals[DAY_CHOSEN], 0, number);
}

/* What the days are is asked each time: pictures come and go. */
static void
show_days_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  DioGalleryBar *self = user_data;
  GtkPopover *chooser = gtk_menu_button_get_popover (button);

  if (chooser == NULL)
    {
      chooser = GTK_POPOVER (dio_day_chooser_new ());
      g_signal_connect_object (chooser, "day-chosen", G_CALLBACK (day_chosen_cb), self, G_CONNECT_SWAPPED);
      gtk_menu_button_set_popover (button, GTK_WIDGET (chooser));
    }

  dio_day_chooser_load (DIO_DAY_CHOOSER (chooser), dio_studio_get_library (self->studio), self->query);
}

void
dio_gallery_bar_set_studio (DioGalleryBar *self,
                            DioStudio     *studio)
{
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  dio_gallery_bar_menu_init (self);
  gtk_menu_button_set_create_popup_func (self->days_button, show_days_cb, self, NULL);
  dio_gallery_bar_label_button (self);
}

const DioResultQuery *
dio_gallery_bar_get_query (DioGalleryBar *self)
{
  return self->query;
}

void
dio_gallery_bar_focus (DioGalleryBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* In everything, whatever was looked at before. */
void
dio_gallery_bar_search (DioGalleryBar *self,
                        const char    *text)
{
  g_object_set (self, "show", "all", "maker", "", NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  update (self);
  dio_gallery_bar_focus (self);
}

/* Everything again, in the order that was chosen. */
void
dio_gallery_bar_clear (DioGalleryBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_object_set (self, "show", "all", "maker", "", "tag", "", NULL);
  update (self);
}

/* Whether the query finds something that was made on a day. */
void
dio_gallery_bar_set_has_days (DioGalleryBar *self,
                              gboolean       has_days)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->days_button), has_days);
}
