/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a prompt asks of the engine, in the engine's own terms. */

#pragma once

#include "dio-compositor.h"

G_BEGIN_DECLS

typedef enum
{
  DIO_COLUMN_ANY,
  DIO_COLUMN_LEFT,
  DIO_COLUMN_CENTRE,
  DIO_COLUMN_RIGHT,
} DioColumn;

typedef enum
{
  DIO_ROW_ANY,
  DIO_ROW_TOP,
  DIO_ROW_MIDDLE,
  DIO_ROW_BOTTOM,
} DioRow;

typedef enum
{
  DIO_DEPTH_ANY,
  DIO_DEPTH_FOREGROUND,
  DIO_DEPTH_NEAR,
  DIO_DEPTH_BACKGROUND,
  DIO_DEPTH_FAR,
} DioDepth;

typedef enum
{
  DIO_RELATION_NONE,
  DIO_RELATION_BESIDE,
  DIO_RELATION_LEFT_OF,
  DIO_RELATION_RIGHT_OF,
  DIO_RELATION_IN_FRONT,
  DIO_RELATION_BEHIND,
} DioRelation;

typedef enum
{
  DIO_STAND_ANY,
  DIO_STAND_GROUND,
  DIO_STAND_FLOATING,
} DioStand;

typedef enum
{
  DIO_LIGHT_ANY,
  DIO_LIGHT_LEFT,
  DIO_LIGHT_RIGHT,
  DIO_LIGHT_BEHIND,
  DIO_LIGHT_ABOVE,
  DIO_LIGHT_FRONT,
} DioLightFrom;

typedef enum
{
  DIO_LOOK_WARM = 1 << 0,
  DIO_LOOK_COOL = 1 << 1,
  DIO_LOOK_SUNSET = 1 << 2,
  DIO_LOOK_NIGHT = 1 << 3,
  DIO_LOOK_MOODY = 1 << 4,
  DIO_LOOK_BRIGHT = 1 << 5,
  DIO_LOOK_OVERCAST = 1 << 6,
  DIO_LOOK_HARD_SUN = 1 << 7,
  DIO_LOOK_MONOCHROME = 1 << 8,
  DIO_LOOK_MUTED = 1 << 9,
  DIO_LOOK_VIVID = 1 << 10,
  DIO_LOOK_SEPIA = 1 << 11,
  DIO_LOOK_GRAIN = 1 << 12,
  DIO_LOOK_HAZE = 1 << 13,
  DIO_LOOK_SOFT = 1 << 14,
  DIO_LOOK_CONTRAST = 1 << 15,
} DioLook;

/**
 * DioPlanSubject:
 * @column: where across
 * @row: where up and down
 * @corner: pushed into the corner
 * @depth: how far away
 * @relation: to another subject
 * @other: the input that @relation speaks of, or -1
 * @size: factor on the size it would have
 * @copies: how many of it, 1 to 5
 * @stand: on the ground or in the air
 * @flip: mirrored
 */
typedef struct
{
  DioColumn   column;
  DioRow      row;
  gboolean    corner;
  DioDepth    depth;
  DioRelation relation;
  int         other;
  double      size;
  guint       copies;
  DioStand    stand;
  gboolean    flip;
} DioPlanSubject;

/**
 * DioPlanBackdrop:
 * @named: a colour was named
 * @graded: runs from one tone to another
 * @first: sRGB, 0 to 1; the colour, or the upper of two
 * @second: the lower of two, or the same
 */
typedef struct
{
  gboolean named;
  gboolean graded;
  float    first[3];
  float    second[3];
} DioPlanBackdrop;

/**
 * DioPlan:
 * @subjects: (owned) (array length=n_subjects): one for each input, also for
 *   those that are no subjects
 * @light: where the light comes from
 * @looks: what is done to the whole picture
 * @shadow: factor on the request's
 * @grain: factor on the request's
 * @palette: factor on the request's
 * @texture: factor on the request's
 * @used: (owned): the words acted on, with the subject they act on
 * @unused: (owned): the words that mean nothing here
 */
typedef struct
{
  DioPlanSubject *subjects;
  guint           n_subjects;
  DioLightFrom    light;
  DioLook         looks;
  double          shadow;
  double          grain;
  double          palette;
  double          texture;
  DioPlanBackdrop backdrop;
  GStrv           used;
  GStrv           unused;
} DioPlan;

DioPlan *dio_plan_new  (guint    n_subjects);
void     dio_plan_free (DioPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioPlan, dio_plan_free)

G_END_DECLS
