/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a picture tells of how it was made to a composition: all of it, for
 * pictures of ours; of others, what the chosen model has a place for. */

#include "config.h"

#include "dio-studio-recall.h"

#include "dio-composition-recall.h"
#include "dio-error.h"

#define NEGATIVE_PROMPT "negative_prompt"

/* The task data of dio_studio_recall_async(). */
typedef struct
{
  DioComposition *composition; /* (owned) */
  char           *prompt;      /* (owned) (nullable) */
  char           *negative;    /* (owned) (nullable) */
  gint64          seed;
  int             width;
  int             height;
} Recall;

/* The task data of the thread. */
typedef struct
{
  DioLibrary *library; /* (owned) (nullable): where photos are kept */
  char       *recipe;  /* (owned) */
} Reading;

static void
recall_free (Recall *recall)
{
  g_object_unref (recall->composition);
  g_free (recall->prompt);
  g_free (recall->negative);
  g_free (recall);
}

static void
reading_free (Reading *reading)
{
  g_clear_object (&reading->library);
  g_free (reading->recipe);
  g_free (reading);
}

static GBytes *
load_photo_cb (const char *hash,
               gpointer    user_data)
{
  return dio_library_load_reference (user_data, hash, NULL);
}

static void
read_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  DioRequest *request = dio_request_new_from_recipe (reading->recipe, load_photo_cb, reading->library, &error);

  if (request != NULL)
    g_task_return_pointer (task, request, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
request_read_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GTask) task = g_steal_pointer (&user_data);
  Reading *reading = g_task_get_task_data (G_TASK (result));
  Recall *recall = g_task_get_task_data (task);
  g_autoptr(DioRequest) request = NULL;
  GError *error = NULL;
  DioModelInfo *model;

  /* The thread may be the last to hold its own task. */
  g_clear_object (&reading->library);
  request = g_task_propagate_pointer (G_TASK (result), &error);
  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  model = dio_studio_find_model (g_task_get_source_object (task), dio_request_get_model_id (request));
  if (dio_composition_recall (recall->composition, request, model, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What a model has no such parameter for, or does not take, stays as it is. */
static void
set_integer (DioComposition     *composition,
             DioModelInfo       *model,
             const DioParameter *parameter,
             gint64              number)
{
  if (parameter != NULL && parameter->kind == DIO_PARAMETER_INTEGER)
    dio_values_set (dio_composition_get_values (composition, model), parameter->name,
                    g_variant_new_int64 (number), NULL);
}

static void
set_sides (Recall       *recall,
           DioModelInfo *model)
{
  if (recall->width <= 0 || recall->height <= 0)
    return;

  set_integer (recall->composition, model, dio_model_info_find_parameter (model, "width"), recall->width);
  set_integer (recall->composition, model, dio_model_info_find_parameter (model, "height"), recall->height);
}

/* References stay: other programs know of none. */
static void
take_over (Recall *recall)
{
  DioModelInfo *model = dio_composition_get_model (recall->composition);

  if (recall->prompt != NULL)
    dio_prompt_set_text (dio_composition_get_prompt (recall->composition), recall->prompt);
  if (model == NULL)
    return;

  set_sides (recall, model);
  if (recall->seed >= 0)
    set_integer (recall->composition, model, dio_model_info_find_flagged (model, DIO_PARAMETER_SEED), recall->seed);
  if (recall->negative != NULL && dio_model_info_find_parameter (model, NEGATIVE_PROMPT) != NULL)
    dio_values_set_text (dio_composition_get_values (recall->composition, model), NEGATIVE_PROMPT,
                         recall->negative, NULL);
}

/**
 * dio_studio_recall_async:
 * @self: a studio; it need not be open
 * @metadata: what a picture tells
 * @composition: becomes what it was made from
 * @cancellable: (nullable): ends the reading
 * @callback: called when it is done
 * @user_data: data for @callback
 *
 * A picture of ours replaces everything, and its photos are found by their hashes.
 * One of another program gives its prompt, and what the chosen model takes of the
 * rest.
 */
void
dio_studio_recall_async (DioStudio                *self,
                         const DioPictureMetadata *metadata,
                         DioComposition           *composition,
                         GCancellable             *cancellable,
                         GAsyncReadyCallback       callback,
                         gpointer                  user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(GTask) work = NULL;
  Recall *recall = g_new0 (Recall, 1);
  Reading *reading;

  g_return_if_fail (DIO_IS_STUDIO (self));
  g_return_if_fail (metadata != NULL);
  g_return_if_fail (DIO_IS_COMPOSITION (composition));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dio_studio_recall_async);
  recall->composition = g_object_ref (composition);
  recall->prompt = g_strdup (metadata->prompt);
  recall->negative = g_strdup (metadata->negative_prompt);
  recall->seed = metadata->seed;
  recall->width = metadata->width;
  recall->height = metadata->height;
  g_task_set_task_data (task, recall, (GDestroyNotify) recall_free);

  if (metadata->recipe == NULL)
    {
      take_over (recall);
      g_task_return_boolean (task, TRUE);
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->library = g_object_ref (dio_studio_get_library (self));
  reading->recipe = g_strdup (metadata->recipe);
  work = g_task_new (NULL, cancellable, request_read_cb, g_object_ref (task));
  g_task_set_task_data (work, reading, (GDestroyNotify) reading_free);
  g_task_run_in_thread (work, read_thread);
}

/**
 * dio_studio_recall_finish:
 * @self: a studio
 * @result: what the callback was given
 * @error: return location for %DIO_ERROR_NOT_FOUND when photos are not here any
 *   more, which are named, and %DIO_ERROR_INVALID; all else is recalled
 *
 * Returns: whether the composition is the same in everything
 */
gboolean
dio_studio_recall_finish (DioStudio     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, dio_studio_recall_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
