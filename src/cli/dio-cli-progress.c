/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a job is, on stderr: on a terminal one line, drawn again in place;
 * elsewhere, as in a log, a line for each step. */

#include "config.h"

#include "dio-cli-progress.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_WIDTH 30
#define MIN_BAR_WIDTH 8

struct _DioCliProgress
{
  DioJob   *job;         /* (owned) */
  gboolean  is_terminal;
  char     *drawn;       /* (owned) (nullable): the last line, to draw changes only */
};

static gboolean
is_terminal (void)
{
  const char *term = g_getenv ("TERM");

  return isatty (STDERR_FILENO) && term != NULL && *term != '\0' && !g_str_equal (term, "dumb");
}

static int
get_terminal_width (void)
{
  struct winsize size;

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return 80;

  return size.ws_col;
}

static char *
format_bar (double progress,
            int    width)
{
  GString *bar = g_string_new ("[");
  int filled = (int) (CLAMP (progress, 0, 1) * width);

  for (int i = 0; i < width; i++)
    g_string_append_c (bar, i < filled ? '#' : '-');
  g_string_append_printf (bar, "] %3d %%  ", (int) (CLAMP (progress, 0, 1) * 100));

  return g_string_free (bar, FALSE);
}

/* One column stays free: some terminals wrap when the last one is written. */
static char *
format_line (double      progress,
             const char *step,
             int         width)
{
  /* A provider that cannot tell how far it is gets no bar. */
  int bar_width = progress >= 0 ? MIN (BAR_WIDTH, width - 30) : 0;
  g_autofree char *bar = bar_width >= MIN_BAR_WIDTH ? format_bar (progress, bar_width) : g_strdup ("");
  g_autofree char *line = g_strconcat (bar, step, NULL);

  return g_utf8_substring (line, 0, CLAMP (width - 1, 1, g_utf8_strlen (line, -1)));
}

static void
draw_line (DioCliProgress *self,
           const char     *step)
{
  g_autofree char *line = format_line (dio_job_get_progress (self->job), step, get_terminal_width ());

  if (g_strcmp0 (line, self->drawn) == 0)
    return;

  fprintf (stderr, "\r%s\033[K", line);
  fflush (stderr);
  g_free (self->drawn);
  self->drawn = g_steal_pointer (&line);
}

static void
log_step (DioCliProgress *self,
          const char     *step)
{
  if (g_strcmp0 (step, self->drawn) == 0)
    return;

  fprintf (stderr, "%s\n", step);
  g_free (self->drawn);
  self->drawn = g_strdup (step);
}

/* What is being done, with how much of it is through where that is known. */
static char *
dup_step_with_bytes (DioJob     *job,
                     const char *step)
{
  g_autofree char *through = NULL;
  g_autofree char *all = NULL;
  gint64 done;
  gint64 total;

  if (!dio_job_get_bytes (job, &done, &total))
    return g_strdup (step);

  through = g_format_size (done);
  if (total <= 0)
    /* Translators: what a job does, and how much of it is through: “Downloading · 12.4 MB”. */
    return g_strdup_printf (_("%1$s · %2$s"), step, through);

  all = g_format_size (total);
  /* Translators: what a job does, how much of it is through, and of how much: “Downloading · 12.4 MB of 80.0 MB”. */
  return g_strdup_printf (_("%1$s · %2$s of %3$s"), step, through, all);
}

static void
job_changed_cb (DioCliProgress *self)
{
  const char *step = dio_job_get_step (self->job);
  g_autofree char *line = NULL;

  if (dio_job_state_is_over (dio_job_get_state (self->job)) || step == NULL || *step == '\0')
    return;

  if (!self->is_terminal)
    {
      log_step (self, _(step));
      return;
    }

  line = dup_step_with_bytes (self->job, _(step));
  draw_line (self, line);
}

/**
 * dio_cli_progress_new:
 * @job: a job
 *
 * Returns: (transfer full): shows how far @job is until it is freed
 */
DioCliProgress *
dio_cli_progress_new (DioJob *job)
{
  DioCliProgress *self = g_new0 (DioCliProgress, 1);

  self->job = g_object_ref (job);
  self->is_terminal = is_terminal ();
  g_signal_connect_swapped (job, "notify::progress", G_CALLBACK (job_changed_cb), self);
  g_signal_connect_swapped (job, "notify::step", G_CALLBACK (job_changed_cb), self);

  return self;
}

/**
 * dio_cli_progress_free:
 * @self: a progress
 *
 * Leaves the terminal as it was.
 */
void
dio_cli_progress_free (DioCliProgress *self)
{
  g_signal_handlers_disconnect_by_data (self->job, self);

  if (self->is_terminal && self->drawn != NULL)
    {
      fputs ("\r\033[K", stderr);
      fflush (stderr);
    }

  g_object_unref (self->job);
  g_free (self->drawn);
  g_free (self);
}
