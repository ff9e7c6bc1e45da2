/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the program keeps memory. */

#include "config.h"

#include "dio-memory.h"

#include <malloc.h>

/* Pictures, and files of them; little else that a program needs is that large. */
#define LARGE (1024 * 1024)

/**
 * dio_memory_set_up:
 *
 * For main(), before anything else. What large blocks took up goes back to the
 * system as soon as they are freed. Without this, the C library of GNU keeps blocks
 * of up to 32 megabytes for itself once it has seen one that large, and a program
 * that has had some photos open stays large.
 */
void
dio_memory_set_up (void)
{
#ifdef M_MMAP_THRESHOLD
  mallopt (M_MMAP_THRESHOLD, LARGE);
  mallopt (M_TRIM_THRESHOLD, LARGE);
#endif
}
