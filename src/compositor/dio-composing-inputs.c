/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first stage of a composition: from photos to what is placed and where. */

#include "config.h"

#include "dio-composing-private.h"

#include "dio-error.h"
#include "dio-image-header.h"

static void
add_note (DioComposing             *self,
          DioCompositorNoteKind     kind,
          const DioCompositorInput *input)
{
  DioCompositorNote note = { kind, g_strdup (input->name) };

  g_array_append_val (self->notes, note);
}

/* What a photo says of itself, also where what was made of it is kept. */
static void
note_header (DioComposing             *self,
             const DioCompositorInput *input)
{
  DioImageHeader header;

  if (!dio_image_header_read (input->bytes, &header, NULL))
    return;
  if (header.animated)
    add_note (self, DIO_COMPOSITOR_NOTE_FIRST_FRAME, input);
  if (header.cmyk)
    add_note (self, DIO_COMPOSITOR_NOTE_CMYK, input);
}

/* The first scene and the first style are used, and every subject. */
static gboolean
choose_inputs (DioComposing  *self,
               GError       **error)
{
  const DioCompositorRequest *request = self->request;
  guint n_subjects = 0;

  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];

      if (input->role == DIO_ROLE_SUBJECT)
        n_subjects++;
      else if (input->role == DIO_ROLE_SCENE && self->scene_input == NULL)
        self->scene_input = input;
      else if (input->role == DIO_ROLE_SCENE)
        add_note (self, DIO_COMPOSITOR_NOTE_SCENE_UNUSED, input);
      else if (self->style_input == NULL)
        self->style_input = input;
      else
        add_note (self, DIO_COMPOSITOR_NOTE_STYLE_UNUSED, input);
    }

  if (n_subjects == 0 && self->scene_input == NULL)
    {
      g_set_error_literal (error, DIO_ERROR, DIO_ERROR_INVALID, "At least one subject or scene is needed");
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_used (const DioComposing       *self,
         const DioCompositorInput *input)
{
  return input->role == DIO_ROLE_SUBJECT || input == self->scene_input || input == self->style_input;
}

/* In seconds of one computer, measured at four megapixels; only their relation
 * matters. */
static void
estimate_costs (DioComposing *self)
{
  const DioCompositorRequest *request = self->request;
  double size = (double) request->width * request->height / (2048.0 * 2048.0);
  double *costs = self->progress.costs;

  costs[DIO_COMPOSITOR_LAYOUT] = 0.1 * size;
  costs[DIO_COMPOSITOR_PALETTE] = dio_composing_get_palette (self) > 0.0 ? 0.1 + 0.4 * size : 0.0;
  costs[DIO_COMPOSITOR_TEXTURE] = dio_composing_get_texture (self) > 0.0 ? 1.3 + 0.9 * size : 0.0;
  costs[DIO_COMPOSITOR_LOOK] = (self->plan->looks != 0 ? 0.6 : 0.1) * size;
  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];
      gboolean made = input->role == DIO_ROLE_SUBJECT && dio_inputs_has_subject (self->inputs, input);

      if (!is_used (self, input))
        continue;
      costs[DIO_COMPOSITOR_DECODE] += made ? 0.0 : 0.15;
      if (input->role == DIO_ROLE_SUBJECT)
        {
          costs[DIO_COMPOSITOR_CUT_OUT] += made ? 0.0 : 1.1;
          costs[DIO_COMPOSITOR_LAYOUT] += 0.1 * size;
          costs[DIO_COMPOSITOR_SHADOWS] += 0.04;
          costs[DIO_COMPOSITOR_PLACE] += 0.2 * size;
        }
    }
}

static gboolean
decode_inputs (DioComposing  *self,
               GError       **error)
{
  const DioCompositorRequest *request = self->request;

  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];

      if (!is_used (self, input))
        continue;
      if (!dio_inputs_decode (self->inputs, input, request->width, request->height,
                              self->workers, self->cancellable, error))
        return FALSE;
      note_header (self, input);
      dio_progress_update (&self->progress, (i + 1.0) / request->n_inputs);
    }

  return TRUE;
}

static gboolean
cut_out_inputs (DioComposing  *self,
                GError       **error)
{
  const DioCompositorRequest *request = self->request;

  for (guint i = 0; i < request->n_inputs; i++)
    {
      const DioCompositorInput *input = &request->inputs[i];
      DioLayoutSubject subject = { .input = i };
      DioCutOut *cut_out;

      if (input->role != DIO_ROLE_SUBJECT)
        continue;
      cut_out = dio_inputs_get_subject (self->inputs, input, self->workers, self->cancellable, error);
      if (cut_out == NULL)
        return FALSE;

      g_ptr_array_add (self->cut_outs, cut_out);
      subject.aspect = (double) MAX (1, cut_out->box_width) / MAX (1, cut_out->box_height);
      g_array_append_val (self->subjects, subject);
      if (cut_out->flag == DIO_CUT_OUT_CHECK_EDGES)
        add_note (self, DIO_COMPOSITOR_NOTE_CHECK_EDGES, input);
      else if (cut_out->flag == DIO_CUT_OUT_BUSY_BACKDROP)
        add_note (self, DIO_COMPOSITOR_NOTE_BUSY_BACKDROP, input);
      dio_progress_update (&self->progress, (i + 1.0) / request->n_inputs);
    }

  return TRUE;
}

/**
 * dio_composing_prepare:
 * @self: a composition
 * @error: return location for an error, or %NULL
 *
 * Gets the photos ready: the scene, the style, and the subjects cut out.
 *
 * Returns: %FALSE with @error set when there is nothing to draw
 */
gboolean
dio_composing_prepare (DioComposing  *self,
                       GError       **error)
{
  if (!choose_inputs (self, error) || dio_composing_is_cancelled (self, error))
    return FALSE;

  estimate_costs (self);
  dio_progress_begin (&self->progress, DIO_COMPOSITOR_DECODE);
  if (!decode_inputs (self, error))
    return FALSE;
  dio_progress_begin (&self->progress, DIO_COMPOSITOR_CUT_OUT);

  return cut_out_inputs (self, error) && !dio_composing_is_cancelled (self, error);
}
