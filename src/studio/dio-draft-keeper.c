/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeps a composition that is being edited: what was done is on the disk half a
 * second later, in a thread of its own. One in which there is nothing of a person’s
 * own is not kept. */

#include "config.h"

#include "dio-draft-keeper.h"

#include "dio-composition-json.h"
#include "dio-composition-watch.h"
#include "dio-storage-thread.h"

#include <string.h>

#define DELAY 500 /* milliseconds */

/* What the thread works on: nothing else touches it. */
typedef struct
{
  char     *folder; /* (owned) */
  DioDraft *draft;  /* (owned) (nullable): none before there is something to keep */
} Desk;

struct _DioDraftKeeper
{
  GObject parent_instance;

  /* Owned */
  DioComposition        *composition;
  DioCompositionHistory *history;
  DioCompositionWatch   *watch;
  Desk                  *desk;
  DioStorageThread      *thread;

  guint                  timeout_id;
};

G_DEFINE_FINAL_TYPE (DioDraftKeeper, dio_draft_keeper, G_TYPE_OBJECT)

static gboolean
keep_in_thread (gpointer   store,
                gpointer   task_data,
                GError   **error)
{
  Desk *desk = store;
  GBytes *bytes = task_data;

  if (bytes == NULL)
    {
      if (desk->draft != NULL)
        dio_draft_remove (desk->draft);
      return TRUE;
    }

  if (desk->draft == NULL)
    desk->draft = dio_draft_new (desk->folder, error);

  return desk->draft != NULL && dio_draft_write (desk->draft, bytes, error);
}

static gboolean
adopt_in_thread (gpointer   store,
                 gpointer   task_data,
                 GError   **error)
{
  Desk *desk = store;
  DioDraft **draft = task_data;

  g_clear_pointer (&desk->draft, dio_draft_free);
  desk->draft = g_steal_pointer (draft);

  return TRUE;
}

static void
done (GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

/* What could not be kept is kept with the next change, or a full disk will be
 * told of where it matters. */
static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("A composition is not kept: %s", error->message);
}

static GBytes *
describe (DioDraftKeeper *self)
{
  g_autoptr(JsonNode) root = dio_composition_to_json (self->composition);
  JsonObject *object = json_node_get_object (root);
  GFile *file = dio_composition_get_file (self->composition);
  char *text;

  if (file != NULL)
    {
      g_autofree char *uri = g_file_get_uri (file);

      json_object_set_string_member (object, "saved-in", uri);
      json_object_set_boolean_member (object, "modified", dio_composition_history_get_is_modified (self->history));
    }

  text = json_to_string (root, FALSE);

  return g_bytes_new_take (text, strlen (text));
}

static void
push (DioDraftKeeper *self,
      GBytes         *bytes)
{
  GTask *task = g_task_new (NULL, NULL, kept_cb, NULL);

  if (bytes != NULL)
    g_task_set_task_data (task, bytes, (GDestroyNotify) g_bytes_unref);
  dio_storage_thread_push (self->thread, task, keep_in_thread, done);
}

/* The sample, and what nobody has touched, can be had again. */
static gboolean
is_worth_keeping (DioDraftKeeper *self)
{
  return !dio_composition_is_empty (self->composition) &&
         (dio_composition_get_file (self->composition) != NULL ||
          dio_composition_history_get_is_modified (self->history));
}

static void
keep (DioDraftKeeper *self)
{
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  dio_composition_history_commit (self->history);
  push (self, is_worth_keeping (self) ? describe (self) : NULL);
}

static gboolean
timeout_cb (gpointer user_data)
{
  DioDraftKeeper *self = user_data;

  self->timeout_id = 0;
  keep (self);

  return G_SOURCE_REMOVE;
}

/* Not put off by the next one: a person may type for an hour. */
static void
changed_cb (DioDraftKeeper *self)
{
  if (self->timeout_id == 0)
    self->timeout_id = g_timeout_add (DELAY, timeout_cb, self);
}

static void
dio_draft_keeper_finalize (GObject *object)
{
  DioDraftKeeper *self = DIO_DRAFT_KEEPER (object);

  if (self->timeout_id != 0)
    keep (self);

  /* Waits until all is written. */
  dio_storage_thread_free (self->thread);
  g_clear_pointer (&self->desk->draft, dio_draft_free);
  g_free (self->desk->folder);
  g_free (self->desk);
  g_clear_object (&self->watch);
  g_clear_object (&self->history);
  g_clear_object (&self->composition);

  G_OBJECT_CLASS (dio_draft_keeper_parent_class)->finalize (object);
}

static void
dio_draft_keeper_class_init (DioDraftKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_draft_keeper_finalize;
}

static void
dio_draft_keeper_init (DioDraftKeeper *self)
{
  self->desk = g_new0 (Desk, 1);
  self->thread = dio_storage_thread_new (self->desk);
}

/**
 * dio_draft_keeper_new:
 * @folder: the folder of drafts
 * @composition: what to keep from now on
 * @history: of @composition
 *
 * Returns: (transfer full): a new keeper
 */
DioDraftKeeper *
dio_draft_keeper_new (const char            *folder,
                      DioComposition        *composition,
                      DioCompositionHistory *history)
{
  DioDraftKeeper *self = g_object_new (DIO_TYPE_DRAFT_KEEPER, NULL);

  self->desk->folder = g_strdup (folder);
  self->composition = g_object_ref (composition);
  self->history = g_object_ref (history);
  self->watch = dio_composition_watch_new (composition);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::is-modified", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

static void
draft_slot_free (gpointer data)
{
  DioDraft **slot = data;

  dio_draft_free (*slot);
  g_free (slot);
}

/**
 * dio_draft_keeper_adopt:
 * @self: a keeper
 * @draft: (transfer full): what the composition is kept in from now on
 */
void
dio_draft_keeper_adopt (DioDraftKeeper *self,
                        DioDraft       *draft)
{
  GTask *task = g_task_new (NULL, NULL, kept_cb, NULL);
  DioDraft **slot = g_new0 (DioDraft *, 1);

  *slot = draft;
  g_task_set_task_data (task, slot, draft_slot_free);
  dio_storage_thread_push (self->thread, task, adopt_in_thread, done);
}

/**
 * dio_draft_keeper_forget:
 * @self: a keeper
 *
 * What was kept is not needed any more, as long as nothing is changed.
 */
void
dio_draft_keeper_forget (DioDraftKeeper *self)
{
  g_return_if_fail (DIO_IS_DRAFT_KEEPER (self));

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  push (self, NULL);
}
