/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the measurements of hosted jobs are made with. */

#pragma once

#include "dio-job.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BenchMemory:
 * @rss: bytes of this process that are in memory
 * @anon: those that belong to it alone
 *
 * The rest are pages of files, which the system takes back when it needs them.
 */
typedef struct
{
  gint64 rss;
  gint64 anon;
} BenchMemory;

typedef struct _BenchSampler BenchSampler;

typedef struct
{
  gint64 started;
  double cpu;
} BenchClock;

BenchMemory   bench_memory_read            (void);
gint64        bench_memory_read_high_water (void);
void          bench_memory_report          (const BenchMemory *self,
                                            const char        *name,
                                            JsonBuilder       *report);
BenchSampler *bench_sampler_new            (void);
BenchMemory   bench_sampler_stop           (BenchSampler      *self);
BenchClock    bench_clock_start            (void);
void          bench_clock_report           (const BenchClock  *self,
                                            JsonBuilder       *report);

void          bench_photos_make            (const char        *folder,
                                            int                n);
void          bench_bodies_write           (DioJob            *job,
                                            const DioAccount  *account,
                                            const char        *key,
                                            const char        *cache_folder,
                                            const char        *folder,
                                            JsonBuilder       *report);

G_END_DECLS
