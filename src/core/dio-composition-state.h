/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A composition as it was at one moment. Photos are shared, so it is small. */

#pragma once

#include "dio-composition.h"

G_BEGIN_DECLS

/**
 * DioCompositionChanges:
 * @DIO_COMPOSITION_CHANGE_TITLE: the title
 * @DIO_COMPOSITION_CHANGE_REFERENCES: which photos, their order, names, roles
 * @DIO_COMPOSITION_CHANGE_PROMPT: the text of the prompt
 * @DIO_COMPOSITION_CHANGE_ROLES: the words on the roles
 * @DIO_COMPOSITION_CHANGE_MODEL: the chosen model
 * @DIO_COMPOSITION_CHANGE_VALUES: values, of any model
 * @DIO_COMPOSITION_CHANGE_FILE: where it is saved
 *
 * What is different between two states.
 */
typedef enum
{
  DIO_COMPOSITION_CHANGE_TITLE      = 1 << 0,
  DIO_COMPOSITION_CHANGE_REFERENCES = 1 << 1,
  DIO_COMPOSITION_CHANGE_PROMPT     = 1 << 2,
  DIO_COMPOSITION_CHANGE_ROLES      = 1 << 3,
  DIO_COMPOSITION_CHANGE_MODEL      = 1 << 4,
  DIO_COMPOSITION_CHANGE_VALUES     = 1 << 5,
  DIO_COMPOSITION_CHANGE_FILE       = 1 << 6,
} DioCompositionChanges;

typedef struct _DioCompositionState DioCompositionState;

DioCompositionState   *dio_composition_state_new        (DioComposition            *composition);
void                   dio_composition_state_free       (DioCompositionState       *self);
void                   dio_composition_state_restore    (const DioCompositionState *self,
                                                         DioComposition            *composition);
DioCompositionChanges  dio_composition_state_compare    (const DioCompositionState *self,
                                                         const DioCompositionState *other);
char                  *dio_composition_state_find_value (const DioCompositionState *self,
                                                         const DioCompositionState *other);
const char            *dio_composition_state_get_prompt (const DioCompositionState *self);
GFile                 *dio_composition_state_get_file   (const DioCompositionState *self);
void                   dio_composition_state_name       (DioCompositionState       *self,
                                                         const DioCompositionState *namesake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCompositionState, dio_composition_state_free)

G_END_DECLS
