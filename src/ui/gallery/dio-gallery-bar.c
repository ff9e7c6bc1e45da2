/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of the library is shown. The bar makes a query of what a person chooses;
 * whoever listens to "query-changed" runs it, and to "day-chosen" goes there. */

#include "config.h"

#include "dio-gallery-bar.h"

#include "dio-day-chooser.h"

#include <glib/gi18n.h>

/* The lists of the menu, and where that of the tags is among them. */
#define N_LISTS 3
#define TAGS_AT 1

struct _DioGalleryBar
{
  GtkWidget parent_instance;

  /* Owned */
  DioResultQuery *query;
  char           *show;     /* an id of views[] */
  char           *maker;    /* a provider's id, or "" */
  char           *tag;      /* one of the library's, or "" */
  char           *sort;     /* an id of sorts[] */
  DioStudio      *studio;
  GMenu          *more;     /* lists of the menu, that of the tags among them where there are any */
  GStrv           listed;   /* (nullable): the tags in it */

  /* Template children */
  GtkSearchEntry *entry;
  GtkMenuButton  *button;
  GtkLabel       *button_label;
  GtkMenuButton  *days_button;
};

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

static const struct
{
  const char *id;
  const char *label; /* in the menu, and on the button while it is chosen */
  gboolean    has_verdict;
  DioVerdict  verdict;
  gboolean    hides_rejected;
  guint       min_rating;
  gboolean    in_trash;
} views[] = {
  { .id = "all", .label = N_("All results") },
  { .id = "picked", .label = N_("Picked"), .has_verdict = TRUE, .verdict = DIO_VERDICT_PICK },
  { .id = "open", .label = N_("Not yet judged"), .has_verdict = TRUE, .verdict = DIO_VERDICT_NONE },
  { .id = "kept", .label = N_("Not rejected"), .hides_rejected = TRUE },
  { .id = "rejected", .label = N_("Rejected"), .has_verdict = TRUE, .verdict = DIO_VERDICT_REJECT },
  { .id = "starred", .label = N_("Starred"), .min_rating = 1 },
  { .id = "trash", .label = N_("Trash"), .in_trash = TRUE },
};

static const struct
{
  const char    *id;
  const char    *label;
  DioResultSort  sort;
} sorts[] = {
  { "newest", N_("Newest First"), DIO_RESULT_SORT_NEWEST },
  { "oldest", N_("Oldest First"), DIO_RESULT_SORT_OLDEST },
  { "rating", N_("Most Stars First"), DIO_RESULT_SORT_RATING },
  { "name", N_("By File Name"), DIO_RESULT_SORT_NAME },
};

static guint
find_view (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      if (g_str_equal (views[i].id, id))
        return i;
    }

  return 0;
}

static DioResultSort
find_sort (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      if (g_str_equal (sorts[i].id, id))
        return sorts[i].sort;
    }

  return DIO_RESULT_SORT_NEWEST;
}

/* The button tells what is left out, so that nobody misses a picture. */
static void
label_button (DioGalleryBar *self)
{
  DioProvider *provider = *self->maker != '\0' ? dio_studio_find_provider (self->studio, self->maker) : NULL;
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *label = NULL;

  if (!g_str_equal (self->show, "all") || (provider == NULL && *self->tag == '\0'))
    g_ptr_array_add (parts, _(views[find_view (self->show)].label));
  if (provider != NULL)
    g_ptr_array_add (parts, _(dio_provider_get_display_name (provider)));
  if (*self->tag != '\0')
    g_ptr_array_add (parts, self->tag);
  g_ptr_array_add (parts, NULL);

  /* What is shown in the gallery: “Picked · Runware · client”. */
  label = g_strjoinv (" · ", (GStrv) parts->pdata);
  gtk_label_set_label (self->button_label, label);
}

static void
update (DioGalleryBar *self)
{
  guint i = find_view (self->show);
  g_autoptr(DioResultQuery) query = dio_result_query_new ();
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  query->text = *text != '\0' ? g_steal_pointer (&text) : NULL;
  query->provider_id = *self->maker != '\0' ? g_strdup (self->maker) : NULL;
  query->tag = *self->tag != '\0' ? g_strdup (self->tag) : NULL;
  query->has_verdict = views[i].has_verdict;
  query->verdict = views[i].verdict;
  query->hides_rejected = views[i].hides_rejected;
  query->min_rating = views[i].min_rating;
  query->in_trash = views[i].in_trash;
  query->sort = find_sort (self->sort);
  label_button (self);
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

static void
add_choice (GMenu      *menu,
            const char *label,
            const char *action,
            const char *target)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
add_tag (GMenu      *menu,
         const char *tag)
{
  /* One underscore would make a key of the letter after it. */
  g_auto(GStrv) parts = g_strsplit (tag, "_", -1);
  g_autofree char *label = g_strjoinv ("__", parts);

  add_choice (menu, label, "bar.tag", tag);
}

/* One may be chosen that nothing has any more. The menu is open by now: what is
 * right already is left alone. */
static void
fill_tags (DioGalleryBar      *self,
           const char * const *tags)
{
  g_autoptr(GMenu) choices = g_menu_new ();

  if (self->listed != NULL && g_strv_equal (tags, (const char * const *) self->listed))
    return;

  g_strfreev (self->listed);
  self->listed = g_strdupv ((GStrv) tags);
  if (g_menu_model_get_n_items (G_MENU_MODEL (self->more)) == N_LISTS)
    g_menu_remove (self->more, TAGS_AT);
  if (tags[0] == NULL && *self->tag == '\0')
    return;

  add_choice (choices, _("Any Tag"), "bar.tag", "");
  if (*self->tag != '\0' && !g_strv_contains (tags, self->tag))
    add_tag (choices, self->tag);
  for (guint i = 0; tags[i] != NULL; i++)
    add_tag (choices, tags[i]);
  g_menu_insert_submenu (self->more, TAGS_AT, _("Tag"), G_MENU_MODEL (choices));
}

static void
tags_listed_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(DioGalleryBar) self = user_data;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) tags = dio_library_list_tags_finish (DIO_LIBRARY (source), result, &error);

  if (tags != NULL)
    fill_tags (self, (const char * const *) tags);
  else
    g_message ("The tags cannot be listed: %s", error->message);
}

static GMenuModel *
make_menu (DioGalleryBar *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) shown = g_menu_new ();
  g_autoptr(GMenu) makers = g_menu_new ();
  g_autoptr(GMenu) orders = g_menu_new ();
  GListModel *providers = dio_studio_get_providers (self->studio);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    add_choice (shown, _(views[i].label), "bar.show", views[i].id);

  add_choice (makers, _("All Providers"), "bar.maker", "");
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr(DioProvider) provider = g_list_model_get_item (providers, i);

      add_choice (makers, _(dio_provider_get_display_name (provider)), "bar.maker", dio_provider_get_id (provider));
    }

  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    add_choice (orders, _(sorts[i].label), "bar.sort", sorts[i].id);

  /* Lists of their own: all in one would be taller than a small screen. */
  g_menu_append_submenu (self->more, _("Made By"), G_MENU_MODEL (makers));
  g_menu_append_submenu (self->more, _("Order"), G_MENU_MODEL (orders));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (shown));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (self->more));

  return G_MENU_MODEL (menu);
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

/* GTK 4.8 leaves the focus in a list of the menu that is gone by then. */
static void
menu_closed_cb (DioGalleryBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->button));
}

/* The menu is made when it is opened first: it would hold up the first frame. What
 * the tags are is asked each time: they come and go. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  DioGalleryBar *self = user_data;
  g_autoptr(GMenuModel) menu = NULL;

  dio_library_list_tags_async (dio_studio_get_library (self->studio), tags_listed_cb, g_object_ref (self));
  if (gtk_menu_button_get_menu_model (button) != NULL)
    return;

  menu = make_menu (self);
  gtk_menu_button_set_menu_model (button, menu);
  g_signal_connect_object (gtk_menu_button_get_popover (button), "closed", G_CALLBACK (menu_closed_cb),
                           self, G_CONNECT_SWAPPED);
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
  gtk_menu_button_set_create_popup_func (self->button, make_menu_cb, self, NULL);
  gtk_menu_button_set_create_popup_func (self->days_button, show_days_cb, self, NULL);
  label_button (self);
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
