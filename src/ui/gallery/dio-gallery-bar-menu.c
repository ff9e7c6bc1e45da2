/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The menu of the bar: which results there are to choose from, in which orders, and
 * what of that is chosen. */

#include "config.h"

#include "dio-gallery-bar-private.h"

#include <glib/gi18n.h>

/* The lists of the menu, and where that of the tags is among them. */
#define N_LISTS 3
#define TAGS_AT 1

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
void
dio_gallery_bar_label_button (DioGalleryBar *self)
{
  DioProvider *provider = *self->maker != '\0' ? dio_studio_find_provider (self->studio, self->maker) : NULL;
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *label = NULL;
  g_autofree char *described = NULL;

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

  /* Translators: the name of a button for screen readers; %s is what is shown in the gallery. */
  described = g_strdup_printf (_("Filter and Sort: %s"), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, described, -1);
}

/* Has @query ask for what is chosen. */
void
dio_gallery_bar_ask_choices (DioGalleryBar  *self,
                             DioResultQuery *query)
{
  guint i = find_view (self->show);

  query->provider_id = *self->maker != '\0' ? g_strdup (self->maker) : NULL;
  query->tag = *self->tag != '\0' ? g_strdup (self->tag) : NULL;
  query->has_verdict = views[i].has_verdict;
  query->verdict = views[i].verdict;
  query->hides_rejected = views[i].hides_rejected;
  query->min_rating = views[i].min_rating;
  query->in_trash = views[i].in_trash;
  query->sort = find_sort (self->sort);
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

void
dio_gallery_bar_menu_init (DioGalleryBar *self)
{
  gtk_menu_button_set_create_popup_func (self->button, make_menu_cb, self, NULL);
}
