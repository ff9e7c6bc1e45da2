/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of a job, as a provider tells of them over several answers. What
 * one answer says of a picture may come again in the next, in another order and
 * under a new address; each is fetched once. */

#include "config.h"

#include "hosted/dio-hosted-pictures.h"

#include "dio-json.h"

/* More than were asked for would be a surprise, but paid all the same. */
#define MAX_EXTRA 8

static const char *const kind_nicks[] = { "url", "base64", "base64-url" };

static void
picture_free (gpointer data)
{
  DioHostedPicture *picture = data;

  g_free (picture->data);
  g_free (picture->id);
  g_free (picture);
}

DioHostedPictures *
dio_hosted_pictures_new (void)
{
  DioHostedPictures *self = g_new0 (DioHostedPictures, 1);

  self->list = g_ptr_array_new_with_free_func (picture_free);

  return self;
}

void
dio_hosted_pictures_free (DioHostedPictures *self)
{
  g_ptr_array_unref (self->list);
  g_free (self->currency);
  g_free (self->before);
  g_free (self);
}

static DioHostedPicture *
find_index (DioHostedPictures *self,
            guint              index)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (self->list, i);

      if (picture->index == index)
        return picture;
    }

  return NULL;
}

static gboolean
has_address (const DioHostedPicture *picture,
             const DioWirePicture   *told)
{
  return picture->kind == told->kind && told->kind != DIO_WIRE_PICTURE_BASE64 &&
         g_strcmp0 (picture->data, told->data) == 0;
}

/* What could not be read in an earlier answer has moved the places of the others. */
static gboolean
is_of_another (const DioHostedPicture *picture,
               DioWireReply           *reply)
{
  for (guint i = 0; i < reply->pictures->len; i++)
    {
      if (has_address (picture, g_ptr_array_index (reply->pictures, i)))
        return TRUE;
    }

  return FALSE;
}

/* By the provider's id where both have one, else by the address, else by the
 * place: an address may be signed anew for each answer. */
static DioHostedPicture *
find_same (DioHostedPictures    *self,
           DioWireReply         *reply,
           const DioWirePicture *told)
{
  DioHostedPicture *same = NULL;

  for (guint i = 0; i < self->list->len; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (self->list, i);

      if (picture->id != NULL && told->id != NULL && g_str_equal (picture->id, told->id))
        return picture;
      if (has_address (picture, told))
        same = picture;
    }

  if (same != NULL)
    return same;

  same = find_index (self, told->index);
  if (same != NULL && is_of_another (same, reply))
    return NULL;

  return same != NULL && (same->id == NULL || told->id == NULL) ? same : NULL;
}

/* A place that is taken, or beyond the last, is that of the first free one. */
static guint
choose_index (DioHostedPictures *self,
              guint              told,
              guint              n_wanted)
{
  guint index = told;

  if (told < n_wanted && find_index (self, index) == NULL)
    return index;

  for (index = 0; find_index (self, index) != NULL; index++)
    ;

  return index;
}

static DioHostedPicture *
add_picture (DioHostedPictures *self,
             guint              index)
{
  DioHostedPicture *picture = g_new0 (DioHostedPicture, 1);

  picture->index = index;
  picture->seed = -1;
  picture->cost = -1;
  g_ptr_array_add (self->list, picture);

  return picture;
}

/* Takes the data, which may be a whole picture. */
static void
take_told (DioHostedPicture *picture,
           DioWirePicture   *told)
{
  if (picture->id == NULL)
    picture->id = g_strdup (told->id);
  if (told->seed >= 0)
    picture->seed = told->seed;
  if (told->cost >= 0)
    picture->cost = told->cost;

  /* Lost under one address, it may be found under another. */
  if (picture->state == DIO_HOSTED_LOST && !has_address (picture, told))
    picture->state = DIO_HOSTED_TOLD;

  /* The newest address lives the longest. */
  if (picture->state == DIO_HOSTED_TOLD)
    {
      g_free (picture->data);
      picture->data = g_steal_pointer (&told->data);
      picture->kind = told->kind;
    }
}

/**
 * dio_hosted_pictures_merge:
 * @self: what is known
 * @reply: an answer; its pictures lose their data
 * @n_wanted: how many pictures were asked for
 *
 * Returns: how many pictures were not known before
 */
guint
dio_hosted_pictures_merge (DioHostedPictures *self,
                           DioWireReply      *reply,
                           guint              n_wanted)
{
  guint n_new = 0;

  if (reply->currency != NULL && self->currency == NULL)
    self->currency = g_strdup (reply->currency);

  for (guint i = 0; i < reply->pictures->len; i++)
    {
      DioWirePicture *told = g_ptr_array_index (reply->pictures, i);
      DioHostedPicture *picture = find_same (self, reply, told);

      if (picture == NULL && self->list->len >= n_wanted + MAX_EXTRA)
        continue;
      if (picture == NULL)
        {
          picture = add_picture (self, choose_index (self, told->index, n_wanted));
          n_new++;
        }

      take_told (picture, told);
    }

  return n_new;
}

/**
 * dio_hosted_pictures_mark_here:
 * @self: what is known
 * @index: of a picture that is in the library
 */
void
dio_hosted_pictures_mark_here (DioHostedPictures *self,
                               guint              index)
{
  DioHostedPicture *picture = find_index (self, index);

  if (picture == NULL)
    picture = add_picture (self, index);

  picture->state = DIO_HOSTED_HERE;
  picture->fraction = 1;
}

guint
dio_hosted_pictures_count (DioHostedPictures     *self,
                           DioHostedPictureState  state)
{
  guint n = 0;

  for (guint i = 0; i < self->list->len; i++)
    n += ((DioHostedPicture *) g_ptr_array_index (self->list, i))->state == state;

  return n;
}

/**
 * dio_hosted_pictures_sum_costs:
 * @self: what is known
 * @sum: (out): what they cost together
 *
 * Returns: whether a cost was told
 */
gboolean
dio_hosted_pictures_sum_costs (DioHostedPictures *self,
                               double            *sum)
{
  gboolean is_told = FALSE;

  *sum = 0;
  for (guint i = 0; i < self->list->len; i++)
    {
      DioHostedPicture *picture = g_ptr_array_index (self->list, i);

      if (picture->cost < 0)
        continue;
      *sum += picture->cost;
      is_told = TRUE;
    }

  return is_told;
}

static void
add_json (JsonBuilder            *builder,
          const DioHostedPicture *picture)
{
  json_builder_begin_object (builder);
  dio_json_add_string (builder, "kind", kind_nicks[picture->kind]);
  /* A picture that came inside an answer is no text for a database. */
  if (picture->kind != DIO_WIRE_PICTURE_BASE64)
    dio_json_add_string (builder, "address", picture->data);
  dio_json_add_string (builder, "id", picture->id);
  dio_json_add_integer (builder, "index", picture->index);
  dio_json_add_integer (builder, "seed", picture->seed);
  dio_json_add_number (builder, "cost", picture->cost);
  json_builder_end_object (builder);
}

/**
 * dio_hosted_pictures_to_data:
 * @self: what is known
 *
 * Returns: (transfer full): JSON to go on with after a restart
 */
char *
dio_hosted_pictures_to_data (DioHostedPictures *self)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  dio_json_add_string (builder, "before", self->before);
  dio_json_add_string (builder, "currency", self->currency);
  dio_json_add_boolean (builder, "complete", self->is_complete);
  json_builder_set_member_name (builder, "pictures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->list->len; i++)
    add_json (builder, g_ptr_array_index (self->list, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static DioWirePictureKind
read_kind (JsonObject *object)
{
  const char *nick = dio_json_get_string (object, "kind");

  for (guint i = 0; nick != NULL && i < G_N_ELEMENTS (kind_nicks); i++)
    {
      if (g_str_equal (nick, kind_nicks[i]))
        return i;
    }

  return DIO_WIRE_PICTURE_URL;
}

static void
load_picture (DioHostedPictures *self,
              JsonObject        *object)
{
  gint64 index = dio_json_get_integer (object, "index", -1);
  DioHostedPicture *picture;

  if (index < 0 || index > G_MAXUINT16 || find_index (self, index) != NULL)
    return;

  picture = add_picture (self, index);
  picture->kind = read_kind (object);
  picture->data = g_strdup (dio_json_get_string (object, "address"));
  picture->id = g_strdup (dio_json_get_string (object, "id"));
  picture->seed = dio_json_get_integer (object, "seed", -1);
  picture->cost = dio_json_get_number (object, "cost", -1);
}

/**
 * dio_hosted_pictures_load_data:
 * @self: nothing is known
 * @data: (nullable): what dio_hosted_pictures_to_data() made, perhaps by another
 *   version
 */
void
dio_hosted_pictures_load_data (DioHostedPictures *self,
                               const char        *data)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, data != NULL ? strlen (data) : 0);
  g_autoptr(JsonNode) node = dio_json_parse (bytes, NULL);
  JsonObject *root = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *array = dio_json_get_array (root, "pictures");
  guint n = array != NULL ? json_array_get_length (array) : 0;

  self->before = g_strdup (dio_json_get_string (root, "before"));
  self->currency = g_strdup (dio_json_get_string (root, "currency"));
  self->is_complete = dio_json_get_boolean (root, "complete", FALSE);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (element))
        load_picture (self, json_node_get_object (element));
    }
}
