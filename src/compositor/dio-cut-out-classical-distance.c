/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How hard it is to reach each pixel from where the backdrop is known: Dijkstra's
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

static void
plant (const DioClassical *self,
       const float        *distance,
       Heap               *heap)
{
  int n = self->width * self->height;

  for (int i = 0; i < n; i++)
    {
      Entry entry = { 0.0f, i };

      if (distance[i] == 0.0f)
        heap_push (heap, entry);
    }
}

static void
visit_neighbours (const DioClassical *self,
                  Heap               *heap,
                  const float        *costs,
                  float              *distance,
                  Entry               from)
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
      if (entry.distance < distance[entry.place])
        {
          distance[entry.place] = entry.distance;
          heap_push (heap, entry);
        }
    }
}

/* What a step onto @place costs, where gradients of @unit begin to count. */
float
dio_classical_get_cost (const DioClassical *self,
                        gsize               place,
                        float               unit)
{
  float sharp = MAX (0.0f, self->gradient[place] - SOFT_SHARE * self->wide_gradient[place]) / unit;
  float squared = sharp * sharp;

  return squared * squared + STEP_COST;
}

/* Lowers distance, which is zero where paths begin, and elsewhere what they may
 * cost at most. */
void
dio_classical_spread (DioClassical *self,
                      const float  *costs,
                      float        *distance)
{
  Heap heap = { g_new (Entry, PATIENCE), 0, PATIENCE };

  plant (self, distance, &heap);
  for (guint i = 0; heap.n > 0; i++)
    {
      Entry entry = heap_pop (&heap);

      if (i % PATIENCE == 0 && dio_workers_is_cancelled (self->workers))
        break;
      if (entry.distance <= distance[entry.place])
        visit_neighbours (self, &heap, costs, distance, entry);
    }

  g_free (heap.entries);
}

/* Sets distance. */
void
dio_classical_measure_distance (DioClassical *self)
{
  gsize n = (gsize) self->width * self->height;
  g_autofree float *costs = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      costs[i] = dio_classical_get_cost (self, i, self->unit);
      self->distance[i] = self->seed[i] ? 0.0f : FARTHEST;
    }

  dio_classical_spread (self, costs, self->distance);
}
