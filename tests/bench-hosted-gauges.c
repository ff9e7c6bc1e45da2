/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time, processor time and memory of this process. */

#include "config.h"

#include "bench-hosted.h"

#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

/* Microseconds between two samples. */
#define INTERVAL 1000

struct _BenchSampler
{
  GThread     *thread; /* (owned) */
  int          is_over;
  BenchMemory  peak;   /* each its own */
};

BenchMemory
bench_memory_read (void)
{
  FILE *file = fopen ("/proc/self/statm", "r");
  long page = sysconf (_SC_PAGESIZE);
  long size, resident, shared;
  BenchMemory memory = { 0 };

  if (file == NULL)
    return memory;

  if (fscanf (file, "%ld %ld %ld", &size, &resident, &shared) == 3)
    memory = (BenchMemory) { (gint64) resident * page, (gint64) (resident - shared) * page };
  fclose (file);

  return memory;
}

gint64
bench_memory_read_high_water (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? g_strstr_len (status, -1, "VmHWM:") : NULL;

  return line != NULL ? g_ascii_strtoll (line + 6, NULL, 10) * 1024 : 0;
}

void
bench_memory_report (const BenchMemory *self,
                     const char        *name,
                     JsonBuilder       *report)
{
  json_builder_set_member_name (report, name);
  json_builder_begin_object (report);
  json_builder_set_member_name (report, "rss");
  json_builder_add_int_value (report, self->rss);
  json_builder_set_member_name (report, "anon");
  json_builder_add_int_value (report, self->anon);
  json_builder_end_object (report);
}

static gpointer
sample (gpointer data)
{
  BenchSampler *self = data;

  while (!g_atomic_int_get (&self->is_over))
    {
      BenchMemory now = bench_memory_read ();

      self->peak.rss = MAX (self->peak.rss, now.rss);
      self->peak.anon = MAX (self->peak.anon, now.anon);
      g_usleep (INTERVAL);
    }

  return NULL;
}

BenchSampler *
bench_sampler_new (void)
{
  BenchSampler *self = g_new0 (BenchSampler, 1);

  self->thread = g_thread_new ("sampler", sample, self);

  return self;
}

/* Returns: the most there was; nothing where @self is NULL */
BenchMemory
bench_sampler_stop (BenchSampler *self)
{
  BenchMemory peak = { 0 };

  if (self == NULL)
    return peak;

  g_atomic_int_set (&self->is_over, TRUE);
  g_thread_join (self->thread);
  peak = self->peak;
  g_free (self);

  return peak;
}

static double
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

BenchClock
bench_clock_start (void)
{
  return (BenchClock) { g_get_monotonic_time (), get_cpu () };
}

void
bench_clock_report (const BenchClock *self,
                    JsonBuilder      *report)
{
  json_builder_set_member_name (report, "seconds");
  json_builder_add_double_value (report, (g_get_monotonic_time () - self->started) / 1e6);
  json_builder_set_member_name (report, "cpu");
  json_builder_add_double_value (report, get_cpu () - self->cpu);
}
