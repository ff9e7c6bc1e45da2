/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One picture in the library: what is known of how it was made. None of it
 * changes. */

#include "config.h"

#include "dio-result-private.h"

/**
 * dio_result_get_index:
 * @self: a result
 *
 * Returns: which picture of its job it is, from 0
 */
guint
dio_result_get_index (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->index;
}

int
dio_result_get_width (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->width;
}

int
dio_result_get_height (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->height;
}

/**
 * dio_result_get_seed:
 * @self: a result
 *
 * Returns: the seed that it was made with, or -1 where none is known
 */
gint64
dio_result_get_seed (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), -1);

  return self->picture->seed;
}

/**
 * dio_result_get_seconds:
 * @self: a result
 *
 * Returns: how long it took to make, or -1 where that is not known
 */
double
dio_result_get_seconds (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), -1);

  return self->picture->seconds;
}

/**
 * dio_result_get_used:
 * @self: a result
 *
 * Returns: (nullable): the words of the prompt that were acted on, where known
 */
const char * const *
dio_result_get_used (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return (const char * const *) self->picture->used;
}

/**
 * dio_result_get_unused:
 * @self: a result
 *
 * Returns: (nullable): the words of the prompt that were not, where known
 */
const char * const *
dio_result_get_unused (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return (const char * const *) self->picture->unused;
}

/**
 * dio_result_get_notes:
 * @self: a result
 *
 * Returns: (transfer none) (element-type DioNote): what to tell the person
 */
GPtrArray *
dio_result_get_notes (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->picture->notes;
}

/**
 * dio_result_get_remote_id:
 * @self: a result
 *
 * Returns: (nullable): the provider's name for it, where it has one
 */
const char *
dio_result_get_remote_id (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->picture->remote_id;
}

/**
 * dio_result_get_cost:
 * @self: a result
 *
 * Returns: what the provider says that this picture cost, in the currency of
 *   dio_result_get_currency(), or below 0 where it does not say
 */
double
dio_result_get_cost (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), -1);

  return self->picture->cost;
}

/**
 * dio_result_get_currency:
 * @self: a result
 *
 * Returns: (nullable): of its cost
 */
const char *
dio_result_get_currency (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), NULL);

  return self->picture->currency;
}

/**
 * dio_result_get_expires:
 * @self: a result
 *
 * Returns: when the provider's own copy goes, in microseconds since 1970, or 0
 *   where that is not known
 */
gint64
dio_result_get_expires (DioResult *self)
{
  g_return_val_if_fail (DIO_IS_RESULT (self), 0);

  return self->picture->expires;
}
