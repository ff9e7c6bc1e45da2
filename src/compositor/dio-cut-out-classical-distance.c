/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How hard it is to reach each pixel from the backdrop's seeds: Dijkstra's
 * shortest paths, where a step costs the fourth power of the gradient. By that
 * power soft shadows are cheap to cross and outlines dear; and what a wide blur
 * leaves of the gradient is taken off first, which is most of a shadow's and
 * little of an outline's. */

#include "config.h"

#include "dio-cut-out-classical-private.h"

/* What a step costs where nothing changes: between two ways of equal gradient
 * the shorter one. */
#define STEP_COST 0.004f

#define SOFT_SHARE 0.6f

/* Farther than this all is subject, however much farther. */
#define FARTHEST 5000.0f

/* Pixels between two looks at the cancellable. */
#define PATIENCE 8192

typedef struct
{
  float distance;
  int   place;
} Entry;

typedef struct
{
  Entry *entries; /* (owned) */
  gsize  n;
  gsize  size;
} Heap;

static void
heap_push (Heap *heap,
           Entry entry)
{
  gsize at = heap->n++;

  if (heap->n > heap->size)
    {
      heap->size *= 2;
      heap->entries = g_renew (Entry, heap->entries, heap->size);
    }

  while (at > 0)
    {
      gsize parent = (at - 1) / 2;

      if (heap->entries[parent].distance <= entry.distance)
        break;
      heap->entries[at] = heap->entries[parent];
      at = parent;
    }
  heap->entries[at] = entry;
}

static Entry
heap_pop (Heap *heap)
{
  Entry top = heap->entries[0];
  Entry last = heap->entries[--heap->n];
  gsize at = 0;

  for (;;)
    {
      gsize child = 2 * at + 1;

      if (child >= heap->n)
        break;
      if (child + 1 < heap->n && heap->entries[child + 1].distance < heap->entries[child].distance)
        child++;
      if (heap->entries[child].distance >= last.distance)
        break;
      heap->entries[at] = heap->entries[child];
      at = child;
    }
  heap->entries[at] = last;

  return top;
}

static float *
make_costs (const DioClassical *self)
{
  gsize n = (gsize) self->width * self->height;
  float *costs = g_new (float, n);
  float scale = 1.0f / self->unit;

  for (gsize i = 0; i < n; i++)
    {
      float sharp = MAX (0.0f, self->gradient[i] - SOFT_SHARE * self->wide_gradient[i]) * scale;
      float squared = sharp * sharp;

      costs[i] = squared * squared + STEP_COST;
    }

  return costs;
}

static void
plant (DioClassical *self,
       Heap         *heap)
{
  int n = self->width * self->height;

  for (int i = 0; i < n; i++)
    {
      Entry entry = { 0.0f, i };

      self->distance[i] = self->seed[i] ? 0.0f : FARTHEST;
      if (self->seed[i])
        heap_push (heap, entry);
    }
}

static void
visit_neighbours (DioClassical *self,
                  Heap         *heap,
                  const float  *costs,
                  Entry         from)
{
  int x = from.place % self->width;
  int y = from.place / self->width;

  for (int k = 0; k < 8; k++)
    {
      int u = x + dio_classical_across[k];
      int v = y + dio_classical_down[k];
      Entry entry;

      if (u < 0 || v < 0 || u >= self->width || v >= self->height)
        continue;

      entry.place = v * self->width + u;
      entry.distance = from.distance + costs[entry.place] * (k < 4 ? 1.0f : 1.414f);
      if (entry.distance < self->distance[entry.place])
        {
          self->distance[entry.place] = entry.distance;
          heap_push (heap, entry);
        }
    }
}

/* Sets distance. */
void
dio_classical_measure_distance (DioClassical *self)
{
  g_autofree float *costs = make_costs (self);
  Heap heap = { g_new (Entry, PATIENCE), 0, PATIENCE };

  plant (self, &heap);
  for (guint i = 0; heap.n > 0; i++)
    {
      Entry entry = heap_pop (&heap);

      if (i % PATIENCE == 0 && dio_workers_is_cancelled (self->workers))
        break;
      if (entry.distance <= self->distance[entry.place])
        visit_neighbours (self, &heap, costs, entry);
    }

  g_free (heap.entries);
}
