/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that are over, sent once more. Where a cap is set and nobody knows what
 * some of them cost, the person is asked, once for all of these. */

#include "config.h"

#include "dio-job-retry.h"

#include "dio-unknown-price.h"
#include "dio-words.h"

#include <glib/gi18n.h>

/* Jobs that wait for an answer. */
typedef struct
{
  DioStudio *studio; /* (owned) */
  GPtrArray *over;   /* (owned) (element-type DioJob) */
  GPtrArray *again;  /* (owned) (element-type DioJob): what is sent in the place of each */
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->studio);
  g_ptr_array_unref (asking->over);
  g_ptr_array_unref (asking->again);
  g_free (asking);
}

static void
asking_gone_cb (gpointer  data,
                GClosure *closure)
{
  asking_free (data);
}

static void
replace (DioJobQueue *queue,
         DioJob      *over,
         DioJob      *again)
{
  dio_job_queue_remove (queue, over);
  dio_job_queue_add (queue, again);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Asking *asking = user_data;

  if (!g_str_equal (response, DIO_UNKNOWN_PRICE_SEND))
    return;

  for (guint i = 0; i < asking->again->len; i++)
    {
      DioJob *again = g_ptr_array_index (asking->again, i);

      dio_job_set_accepts_unknown_price (again, TRUE);
      replace (dio_studio_get_queue (asking->studio), g_ptr_array_index (asking->over, i), again);
    }
}

static char *
name_providers (Asking *asking)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < asking->again->len; i++)
    {
      DioRequest *request = dio_job_get_request (g_ptr_array_index (asking->again, i));
      DioProvider *provider = dio_studio_find_provider (asking->studio, dio_request_get_provider_id (request));
      const char *name = _(dio_provider_get_display_name (provider));

      if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  g_ptr_array_add (names, NULL);

  return dio_join_words ((const char * const *) names->pdata);
}

static void
ask (Asking    *asking,
     GtkWidget *near)
{
  g_autofree char *providers = name_providers (asking);
  AdwMessageDialog *dialog = dio_unknown_price_dialog_new (near, providers);

  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), asking, asking_gone_cb, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_to_be_asked (DioStudio *studio,
                 DioJob    *again)
{
  return dio_job_get_account (again) != NULL && !dio_price_is_known (dio_job_get_estimate (again)) &&
         dio_library_has_cap (dio_studio_get_library (studio));
}

/* @jobs: those that are over. Their order is kept. */
void
dio_job_retry (DioStudio *studio,
               GPtrArray *jobs,
               GtkWidget *near)
{
  DioJobQueue *queue = dio_studio_get_queue (studio);
  Asking *asking = g_new0 (Asking, 1);

  asking->studio = g_object_ref (studio);
  asking->over = g_ptr_array_new_with_free_func (g_object_unref);
  asking->again = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < jobs->len; i++)
    {
      DioJob *over = g_ptr_array_index (jobs, i);
      g_autoptr(DioJob) again = dio_job_queue_new_retry (queue, over);

      if (again == NULL)
        continue;

      if (!has_to_be_asked (studio, again))
        {
          replace (queue, over, again);
          continue;
        }
      g_ptr_array_add (asking->over, g_object_ref (over));
      g_ptr_array_add (asking->again, g_steal_pointer (&again));
    }

  if (asking->again->len > 0)
    ask (asking, near);
  else
    asking_free (asking);
}
