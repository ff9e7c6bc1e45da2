/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions that are compiled for several processors. */

#pragma once

#include <glib.h>

/* The best one is taken when the program starts. What comes out is the same bit by
 * bit: wider registers, and no other arithmetic. */
#if defined (__x86_64__) && defined (__ELF__) && g_macro__has_attribute (target_clones)
#define DIO_CLONES __attribute__ ((target_clones ("avx2", "default")))
#else
#define DIO_CLONES
#endif
