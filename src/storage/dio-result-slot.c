/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place in a list of results, which is read when somebody looks at it. */

#include "config.h"

#include "dio-result-slot-private.h"

G_DEFINE_FINAL_TYPE (DioResultSlot, dio_result_slot, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RESULT,
  PROP_STARTS_DAY,
  PROP_STARTS_JOB,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
dio_result_slot_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DioResultSlot *self = DIO_RESULT_SLOT (object);

  switch (id)
    {
    case PROP_RESULT:
      g_value_set_object (value, self->result);
      break;
    case PROP_STARTS_DAY:
      g_value_set_boolean (value, self->starts_day);
      break;
    case PROP_STARTS_JOB:
      g_value_set_boolean (value, self->starts_job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dio_result_slot_dispose (GObject *object)
{
  DioResultSlot *self = DIO_RESULT_SLOT (object);

  if (self->gone != NULL)
    self->gone (self, self->gone_data);
  self->gone = NULL;
  g_clear_object (&self->result);

  G_OBJECT_CLASS (dio_result_slot_parent_class)->dispose (object);
}

static void
dio_result_slot_class_init (DioResultSlotClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dio_result_slot_get_property;
  object_class->dispose = dio_result_slot_dispose;

  properties[PROP_RESULT] = g_param_spec_object ("result", NULL, NULL, DIO_TYPE_RESULT, flags);
  properties[PROP_STARTS_DAY] = g_param_spec_boolean ("starts-day", NULL, NULL, FALSE, flags);
  properties[PROP_STARTS_JOB] = g_param_spec_boolean ("starts-job", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dio_result_slot_init (DioResultSlot *self)
{
  self->link.data = self;
}

/* Returns: (transfer full): a slot whose result is not read yet */
DioResultSlot *
_dio_result_slot_new (gint64                 number,
                      DioResultSlotGoneFunc  gone,
                      gpointer               user_data)
{
  DioResultSlot *self = g_object_new (DIO_TYPE_RESULT_SLOT, NULL);

  self->number = number;
  self->gone = gone;
  self->gone_data = user_data;

  return self;
}

void
_dio_result_slot_set_result (DioResultSlot *self,
                             DioResult     *result)
{
  if (g_set_object (&self->result, result))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RESULT]);
}

void
_dio_result_slot_set_starts (DioResultSlot *self,
                             gboolean       day,
                             gboolean       job)
{
  gboolean is_other_day = self->starts_day != day;
  gboolean is_other_job = self->starts_job != job;

  self->starts_day = day;
  self->starts_job = job;
  if (is_other_day)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARTS_DAY]);
  if (is_other_job)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARTS_JOB]);
}

/**
 * dio_result_slot_get_number:
 * @self: a slot
 *
 * Returns: the number of its result, also before that is read
 */
gint64
dio_result_slot_get_number (DioResultSlot *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_SLOT (self), 0);

  return self->number;
}

/**
 * dio_result_slot_get_result:
 * @self: a slot
 *
 * Returns: (transfer none) (nullable): its result; %NULL until that is read,
 *   which “notify::result” tells
 */
DioResult *
dio_result_slot_get_result (DioResultSlot *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_SLOT (self), NULL);

  return self->result;
}

/**
 * dio_result_slot_get_is_missing:
 * @self: a slot
 *
 * Returns: whether there was no such result any more when it was read last
 */
gboolean
dio_result_slot_get_is_missing (DioResultSlot *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_SLOT (self), FALSE);

  return self->is_missing;
}

/**
 * dio_result_slot_get_starts_day:
 * @self: a slot
 *
 * Returns: whether its result is of another day than the one before it, in a
 *   list in order of time
 */
gboolean
dio_result_slot_get_starts_day (DioResultSlot *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_SLOT (self), FALSE);

  return self->starts_day;
}

/**
 * dio_result_slot_get_starts_job:
 * @self: a slot
 *
 * Returns: whether its result is of another job than the one before it, in a
 *   list in order of time
 */
gboolean
dio_result_slot_get_starts_job (DioResultSlot *self)
{
  g_return_val_if_fail (DIO_IS_RESULT_SLOT (self), FALSE);

  return self->starts_job;
}
