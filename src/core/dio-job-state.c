/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a job is, and the stable names of that. */

#include "config.h"

#include "dio-job-state.h"

/* Stored in the database: never changed. */
static const GEnumValue state_values[] = {
  { DIO_JOB_DRAFT, "DIO_JOB_DRAFT", "draft" },
  { DIO_JOB_STORED, "DIO_JOB_STORED", "stored" },
  { DIO_JOB_WAITING, "DIO_JOB_WAITING", "waiting" },
  { DIO_JOB_SENDING, "DIO_JOB_SENDING", "sending" },
  { DIO_JOB_ACCEPTED, "DIO_JOB_ACCEPTED", "accepted" },
  { DIO_JOB_MAKING, "DIO_JOB_MAKING", "making" },
  { DIO_JOB_DOWNLOADING, "DIO_JOB_DOWNLOADING", "downloading" },
  { DIO_JOB_DONE, "DIO_JOB_DONE", "done" },
  { DIO_JOB_FAILED, "DIO_JOB_FAILED", "failed" },
  { DIO_JOB_OUTCOME_UNKNOWN, "DIO_JOB_OUTCOME_UNKNOWN", "outcome-unknown" },
  { DIO_JOB_CANCELLED, "DIO_JOB_CANCELLED", "cancelled" },
  { 0, NULL, NULL },
};

GType
dio_job_state_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("DioJobState", state_values));

  return type;
}

const char *
dio_job_state_get_nick (DioJobState state)
{
  g_return_val_if_fail ((guint) state < DIO_N_JOB_STATES, NULL);

  return state_values[state].value_nick;
}

gboolean
dio_job_state_from_nick (const char  *nick,
                         DioJobState *state)
{
  for (guint i = 0; nick != NULL && i < DIO_N_JOB_STATES; i++)
    {
      if (g_str_equal (nick, state_values[i].value_nick))
        {
          *state = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * dio_job_state_is_over:
 * @state: a state
 *
 * Returns: whether nothing more happens by itself in @state
 */
gboolean
dio_job_state_is_over (DioJobState state)
{
  return state >= DIO_JOB_DONE;
}
