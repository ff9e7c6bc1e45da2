/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields of a request against a table of what the documents allow. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  FIELD_STRING,
  FIELD_WORD,    /* one of @words */
  FIELD_URL,
  FIELD_NUMBER,  /* @min to @max */
  FIELD_INTEGER, /* @min to @max, a multiple of @step */
  FIELD_BOOLEAN,
  FIELD_OBJECT,  /* with members of @fields */
  FIELD_ARRAY,   /* @min to @max items */
} FieldType;

/**
 * Field:
 * @name: of the member
 * @type: of its value
 * @required: must be there
 * @nullable: may be null
 * @min: the least, of a text's length too
 * @max: the most, of a text's length too; 0 for no limit where @min is 0 too
 * @step: what an integer is a multiple of, or 0
 * @words: (nullable): what may be said
 * @fields: (nullable): the members of an object, ended by one without a name
 */
typedef struct _Field Field;
struct _Field
{
  const char        *name;
  FieldType          type;
  gboolean           required;
  gboolean           nullable;
  double             min;
  double             max;
  int                step;
  const char *const *words;
  const Field       *fields;
};

typedef enum
{
  PROBLEM_NONE,
  PROBLEM_MISSING,
  PROBLEM_UNKNOWN,
  PROBLEM_TYPE,
  PROBLEM_VALUE,
  PROBLEM_LENGTH,
  PROBLEM_CONFLICT,
  PROBLEM_IMAGE,
} ProblemKind;

/**
 * Problem:
 * @kind: what is wrong
 * @parameter: (owned): the path of the field
 * @message: (owned): a sentence
 */
typedef struct
{
  ProblemKind  kind;
  char        *parameter;
  char        *message;
} Problem;

gboolean problem_set   (Problem      *self,
                        ProblemKind   kind,
                        const char   *parameter,
                        const char   *format,
                        ...) G_GNUC_PRINTF (4, 5);
void     problem_clear (Problem      *self);

gboolean check_fields  (JsonObject   *object,
                        const Field  *fields,
                        Problem      *problem);
gboolean check_is_url  (const char   *text);
gboolean check_is_uuid (const char   *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Problem, problem_clear)

G_END_DECLS
