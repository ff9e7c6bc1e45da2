/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The photos of a composition, in the order in which they are sent: a card for
 * each, a spinner for each that is being read, and the tile to add more. */

#include "config.h"

#include "dio-strip.h"

#include "dio-composition-watch.h"
#include "dio-reference-card.h"
#include "dio-words.h"

#include <glib/gi18n.h>

/* Dropping fifty photos needs no fifty spinners. */
#define MAX_SPINNERS 3

struct _DioStrip
{
  GtkWidget parent_instance;

  /* Owned */
  DioComposition      *composition;
  DioCompositionWatch *watch;
  DioImporter         *importer;

  DioReference        *focus_next; /* (unowned): moved while its card had the focus */
  GtkWidget           *newest;     /* (unowned): card to be scrolled to, or NULL */
  guint                tick_id;    /* tick callback that waits for its place */

  /* Template children */
  GtkScrolledWindow *scrolled;
  GtkWidget         *box;
  GtkWidget         *cards;
  GtkWidget         *pending;
  GtkWidget         *add_button;
  GtkDropTarget     *drop_target;
};

G_DEFINE_FINAL_TYPE (DioStrip, dio_strip, GTK_TYPE_WIDGET)

static GListModel *
get_references (DioStrip *self)
{
  return dio_composition_get_references (self->composition);
}

static GtkWidget *
get_card (DioStrip *self,
          guint     position)
{
  GtkWidget *card = gtk_widget_get_first_child (self->cards);

  for (; card != NULL && position > 0; position--)
    card = gtk_widget_get_next_sibling (card);

  return card;
}

static char *
get_status (DioStrip     *self,
            DioReference *reference,
            gboolean      is_sent)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);

  if (!dio_reference_get_enabled (reference))
    /* Translators: under a photo that was switched off. */
    return g_strdup (_("Not used"));
  if (!is_sent)
    return dio_format_benched (model, dio_reference_get_role (reference));

  return NULL;
}

static void
update_card (DioStrip         *self,
             DioReferenceCard *card,
             GPtrArray        *sent)
{
  DioReference *reference = dio_reference_card_get_reference (card);
  g_autofree char *status = NULL;
  guint number = 0;

  if (g_ptr_array_find (sent, reference, &number))
    number++;

  status = get_status (self, reference, number > 0);
  dio_reference_card_set_number (card, number);
  dio_reference_card_set_status (card, status);
  dio_reference_card_set_place (card,
                                gtk_widget_get_prev_sibling (GTK_WIDGET (card)) == NULL,
                                gtk_widget_get_next_sibling (GTK_WIDGET (card)) == NULL);
}

static void
update_cards (DioStrip *self)
{
  DioModelInfo *model = dio_composition_get_model (self->composition);
  g_autoptr(GPtrArray) sent = NULL;

  if (model == NULL)
    return;

  sent = dio_model_info_select (model, get_references (self), NULL);
  for (GtkWidget *card = get_card (self, 0); card != NULL; card = gtk_widget_get_next_sibling (card))
    update_card (self, DIO_REFERENCE_CARD (card), sent);
}

static void
composition_changed_cb (DioStrip *self)
{
  update_cards (self);

  for (GtkWidget *card = get_card (self, 0); card != NULL; card = gtk_widget_get_next_sibling (card))
    if (dio_reference_card_get_reference (DIO_REFERENCE_CARD (card)) == self->focus_next)
      gtk_widget_grab_focus (card);

  self->focus_next = NULL;
}

/* A card has no place before it was laid out, which is after this was called
 * for the first time. */
static gboolean
reveal_tick_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  DioStrip *self = DIO_STRIP (widget);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scrolled);
  graphene_rect_t bounds;

  if (self->newest != NULL && gtk_widget_get_width (self->newest) == 0)
    return G_SOURCE_CONTINUE;

  if (self->newest != NULL && gtk_widget_compute_bounds (self->newest, GTK_WIDGET (self->scrolled), &bounds))
    {
      double start = gtk_adjustment_get_value (adjustment) + bounds.origin.x;

      gtk_adjustment_clamp_page (adjustment, start, start + bounds.size.width);
    }

  self->newest = NULL;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_reveal (DioStrip *self)
{
  if (self->newest != NULL && self->tick_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_tick_cb, NULL, NULL);
}

static void
stop_reveal (DioStrip *self)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
}

static void
add_card (DioStrip *self,
          guint     position)
{
  g_autoptr(DioReference) reference = g_list_model_get_item (get_references (self), position);
  GtkWidget *card = dio_reference_card_new (self->composition, reference);

  gtk_box_insert_child_after (GTK_BOX (self->cards), card,
                              position > 0 ? get_card (self, position - 1) : NULL);
  self->newest = card;
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* The focus goes to a neighbour, and comes back if this was half of a move. */
static void
remove_card (DioStrip *self,
             guint     position)
{
  GtkWidget *card = get_card (self, position);
  GtkWidget *neighbour = gtk_widget_get_next_sibling (card);

  if (neighbour == NULL)
    neighbour = gtk_widget_get_prev_sibling (card);

  if (has_focus (card))
    {
      self->focus_next = dio_reference_card_get_reference (DIO_REFERENCE_CARD (card));
      gtk_widget_grab_focus (neighbour != NULL ? neighbour : self->add_button);
    }

  if (card == self->newest)
    self->newest = NULL;
  gtk_box_remove (GTK_BOX (self->cards), card);
}

static void
references_changed_cb (DioStrip *self,
                       guint     position,
                       guint     removed,
                       guint     added)
{
  for (guint i = 0; i < removed; i++)
    remove_card (self, position);
  for (guint i = 0; i < added; i++)
    add_card (self, position + i);

  gtk_widget_set_visible (self->cards, gtk_widget_get_first_child (self->cards) != NULL);
  queue_reveal (self);
}

static GtkWidget *
make_spinner (void)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *spinner = gtk_spinner_new ();

  gtk_widget_set_size_request (frame, 120, 109);
  gtk_widget_set_valign (frame, GTK_ALIGN_START);
  gtk_widget_add_css_class (frame, "pending-tile");
  gtk_widget_set_size_request (spinner, 24, 24);
  gtk_widget_set_hexpand (spinner, TRUE);
  gtk_widget_set_vexpand (spinner, TRUE);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Reading a photo"),
                                  -1);
  gtk_box_append (GTK_BOX (frame), spinner);
  return frame;
}

static void
pending_changed_cb (DioStrip *self)
{
  guint n = MIN (dio_importer_get_n_pending (self->importer), MAX_SPINNERS);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->pending)) != NULL)
    gtk_box_remove (GTK_BOX (self->pending), child);
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (self->pending), make_spinner ());

  gtk_widget_set_visible (self->pending, n > 0);
}

static void
mark_place (DioStrip *self,
            guint     position)
{
  GtkWidget *last = gtk_widget_get_last_child (self->cards);
  guint i = 0;

  for (GtkWidget *card = get_card (self, 0); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      gtk_widget_remove_css_class (card, "insert-before");
      gtk_widget_remove_css_class (card, "insert-after");
      if (i++ == position)
        gtk_widget_add_css_class (card, "insert-before");
    }

  if (last != NULL && i == position)
    gtk_widget_add_css_class (last, "insert-after");
}

static GdkDragAction
drag_motion_cb (DioStrip *self,
                double    x,
                double    y)
{
  double strip_x;
  double strip_y;

  gtk_widget_translate_coordinates (self->box, GTK_WIDGET (self), x, y, &strip_x, &strip_y);
  mark_place (self, dio_strip_get_position_at (self, strip_x, strip_y));
  return GDK_ACTION_MOVE;
}

static void
drag_left_cb (DioStrip *self)
{
  mark_place (self, G_MAXUINT);
}

static gboolean
dropped_cb (DioStrip     *self,
            const GValue *value,
            double        x,
            double        y)
{
  DioReference *reference = g_value_get_object (value);
  double strip_x;
  double strip_y;
  guint position;
  guint old;

  mark_place (self, G_MAXUINT);

  /* Dragged over from another window. */
  if (!g_list_store_find (G_LIST_STORE (get_references (self)), reference, &old))
    return FALSE;

  gtk_widget_translate_coordinates (self->box, GTK_WIDGET (self), x, y, &strip_x, &strip_y);
  position = dio_strip_get_position_at (self, strip_x, strip_y);
  dio_composition_move_reference (self->composition, reference, position > old ? position - 1 : position);
  return TRUE;
}

/* A picture used again from the large view comes while the strip is hidden. */
static void
dio_strip_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dio_strip_parent_class)->map (widget);
  queue_reveal (DIO_STRIP (widget));
}

static void
dio_strip_unmap (GtkWidget *widget)
{
  stop_reveal (DIO_STRIP (widget));
  GTK_WIDGET_CLASS (dio_strip_parent_class)->unmap (widget);
}

static void
dio_strip_dispose (GObject *object)
{
  DioStrip *self = DIO_STRIP (object);

  g_clear_object (&self->watch);
  g_clear_object (&self->importer);
  g_clear_object (&self->composition);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIO_TYPE_STRIP);

  G_OBJECT_CLASS (dio_strip_parent_class)->dispose (object);
}

static void
dio_strip_class_init (DioStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dio_strip_dispose;
  widget_class->map = dio_strip_map;
  widget_class->unmap = dio_strip_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/diorama/Diorama/strip/dio-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, DioStrip, scrolled);
  gtk_widget_class_bind_template_child (widget_class, DioStrip, box);
  gtk_widget_class_bind_template_child (widget_class, DioStrip, cards);
  gtk_widget_class_bind_template_child (widget_class, DioStrip, pending);
  gtk_widget_class_bind_template_child (widget_class, DioStrip, add_button);
  gtk_widget_class_bind_template_child (widget_class, DioStrip, drop_target);
  gtk_widget_class_bind_template_callback (widget_class, drag_motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_cb);
}

static void
dio_strip_init (DioStrip *self)
{
  GType type = DIO_TYPE_REFERENCE;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (self->drop_target, &type, 1);
}

void
dio_strip_set_composition (DioStrip       *self,
                           DioComposition *composition)
{
  GListModel *references = dio_composition_get_references (composition);

  g_return_if_fail (self->composition == NULL);

  self->composition = g_object_ref (composition);
  g_signal_connect_object (references, "items-changed", G_CALLBACK (references_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->watch = dio_composition_watch_new (composition);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (composition_changed_cb),
                           self, G_CONNECT_SWAPPED);
  references_changed_cb (self, 0, 0, g_list_model_get_n_items (references));
}

void
dio_strip_set_importer (DioStrip    *self,
                        DioImporter *importer)
{
  g_return_if_fail (self->importer == NULL);

  self->importer = g_object_ref (importer);
  g_signal_connect_object (importer, "notify::n-pending", G_CALLBACK (pending_changed_cb),
                           self, G_CONNECT_SWAPPED);
}

/* Between which photos a point of the strip lies: 0 before the first. */
guint
dio_strip_get_position_at (DioStrip *self,
                           double    x,
                           double    y)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint position = 0;

  for (GtkWidget *card = get_card (self, 0); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      double middle;

      gtk_widget_translate_coordinates (card, GTK_WIDGET (self),
                                        gtk_widget_get_width (card) / 2.0, 0, &middle, NULL);
      if (is_rtl ? x > middle : x < middle)
        break;
      position++;
    }

  return position;
}
