/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One parameter of a model, as data: it drives the panel, the command line,
 * the checks before sending and the documents. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DioParameterKind:
 * @DIO_PARAMETER_INTEGER: a whole number; its #GVariant is of type "x"
 * @DIO_PARAMETER_NUMBER: a number; "d"
 * @DIO_PARAMETER_SWITCH: on or off; "b"
 * @DIO_PARAMETER_CHOICE: one of some words; "s"
 * @DIO_PARAMETER_TEXT: words of the person's own; "s"
 */
typedef enum
{
  DIO_PARAMETER_INTEGER,
  DIO_PARAMETER_NUMBER,
  DIO_PARAMETER_SWITCH,
  DIO_PARAMETER_CHOICE,
  DIO_PARAMETER_TEXT,
} DioParameterKind;

/**
 * DioParameterFlags:
 * @DIO_PARAMETER_OPTIONAL: may be unset: not sent, the provider decides
 * @DIO_PARAMETER_SEED: drawn by us when unset as a request is frozen
 * @DIO_PARAMETER_COUNT: how many pictures one request makes
 * @DIO_PARAMETER_SOFT: beyond its limits it warns instead of refusing
 * @DIO_PARAMETER_PERCENT: shown as a strength of 0 to 100
 * @DIO_PARAMETER_PRIVATE: of the person's own systems, and of no use to others: it
 *   is not written into pictures
 * @DIO_PARAMETER_FILE_TYPE: which kind of file is to come
 * @DIO_PARAMETER_JOB_ID: where it is unset, the job's own id is sent
 */
typedef enum
{
  DIO_PARAMETER_OPTIONAL = 1 << 0,
  DIO_PARAMETER_SEED     = 1 << 1,
  DIO_PARAMETER_COUNT    = 1 << 2,
  DIO_PARAMETER_SOFT     = 1 << 3,
  DIO_PARAMETER_PERCENT  = 1 << 4,
  DIO_PARAMETER_PRIVATE  = 1 << 5,
  DIO_PARAMETER_FILE_TYPE = 1 << 6,
  DIO_PARAMETER_JOB_ID   = 1 << 7,
} DioParameterFlags;

typedef struct
{
  const char *value; /* as sent */
  const char *title; /* translatable, as shown */
} DioChoice;

/**
 * DioParameter:
 * @name: its documented name, as sent and as typed after --set
 * @kind: what it holds
 * @flags: how it is treated
 * @title: (nullable): translatable; @name where %NULL
 * @help: (nullable): translatable, one sentence
 * @group: translatable heading of the panel that it stands under
 * @minimum: smallest number, or length of a text in characters
 * @maximum: largest number, or length of a text in characters; 0 for a text of
 *   any length
 * @step: numbers are @minimum plus a multiple of it; 0 for any
 * @fallback: default of a number or switch
 * @fallback_text: (nullable): default of a choice or text
 * @choices: (array length=n_choices): what a choice can be
 */
typedef struct
{
  const char        *name;
  DioParameterKind   kind;
  DioParameterFlags  flags;
  const char        *title;
  const char        *help;
  const char        *group;
  double             minimum;
  double             maximum;
  double             step;
  double             fallback;
  const char        *fallback_text;
  const DioChoice   *choices;
  guint              n_choices;
} DioParameter;

const char *dio_parameter_get_title      (const DioParameter  *self);
GVariant   *dio_parameter_dup_default    (const DioParameter  *self);
gboolean    dio_parameter_check          (const DioParameter  *self,
                                          GVariant            *value,
                                          GError             **error);
GVariant   *dio_parameter_parse          (const DioParameter  *self,
                                          const char          *text,
                                          GError             **error);
char       *dio_parameter_format         (const DioParameter  *self,
                                          GVariant            *value);
char       *dio_parameter_describe_limit (const DioParameter  *self);

G_END_DECLS
