/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialect of Runware: the answers that are not about a picture. */

#include "config.h"

#include "runware/dio-runware-wire.h"

#include "runware/dio-runware-problem-private.h"

#include "dio-json.h"

#include <math.h>
#include <string.h>

static gboolean
fail (GError     **error,
      guint        status,
      const char  *message)
{
  DioError code = status >= 400 ? dio_wire_classify_status (status) : DIO_ERROR_REPLY;

  g_set_error_literal (error, DIO_ERROR, code, message);

  return FALSE;
}

static gboolean
fail_with_problems (GPtrArray  *problems,
                    GError    **error)
{
  if (problems->len == 0)
    return FALSE;

  g_propagate_error (error, dio_runware_problem_to_error (g_ptr_array_index (problems, 0)));

  return TRUE;
}

/* The items of a reply; one that stands alone is an array of one. */
static JsonArray *
ref_items (JsonNode *root)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *data = object != NULL ? json_object_get_member (object, "data") : root;
  JsonArray *items;

  if (data != NULL && JSON_NODE_HOLDS_ARRAY (data))
    return json_array_ref (json_node_get_array (data));

  items = json_array_new ();
  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    json_array_add_object_element (items, json_object_ref (json_node_get_object (data)));

  return items;
}

static JsonObject *
get_item (JsonArray *items,
          guint      i)
{
  JsonNode *node = json_array_get_element (items, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* What follows is put into requests as it is. */
static char *
dup_media (JsonObject *item)
{
  static const char *const ids[] = { "mediaUUID", "imageUUID" };
  static const char *const addresses[] = { "mediaURL", "imageURL" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      const char *id = dio_json_get_string (item, ids[i]);

      if (id != NULL && g_uuid_string_is_valid (id))
        return g_strdup (id);
    }

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      const char *address = dio_json_get_string (item, addresses[i]);

      if (address != NULL && g_str_has_prefix (address, "https://") && g_uri_is_valid (address, G_URI_FLAGS_NONE, NULL))
        return g_strdup (address);
    }

  return NULL;
}

/**
 * dio_runware_read_upload:
 * @reply: the answer to dio_runware_make_upload()
 * @error: return location for an error of %DIO_ERROR
 *
 * Returns: (transfer full): what stands for the photo in a create: the server's
 *   id of it, or its address
 */
char *
dio_runware_read_upload (const DioHttpReply  *reply,
                         GError             **error)
{
  g_autoptr(JsonNode) root = dio_wire_parse (reply, error);
  g_autoptr(JsonArray) items = NULL;
  g_autoptr(GPtrArray) problems = NULL;

  if (root == NULL)
    return NULL;

  items = ref_items (root);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      char *media = dup_media (get_item (items, i));

      if (media != NULL)
        return media;
    }

  problems = dio_runware_read_problems (root, NULL, reply->status);
  if (!fail_with_problems (problems, error))
    fail (error, reply->status, "the answer to an upload names no medium");

  return NULL;
}

/**
 * dio_runware_read_cost:
 * @reply: the answer to dio_runware_make_dry_run()
 * @cost: (out): in US dollars, of all that the request makes
 * @error: return location for an error of %DIO_ERROR, which the create would
 *   meet as well
 *
 * Returns: whether it was told
 */
gboolean
dio_runware_read_cost (const DioHttpReply  *reply,
                       double              *cost,
                       GError             **error)
{
  g_autoptr(JsonNode) root = dio_wire_parse (reply, error);
  g_autoptr(JsonArray) items = NULL;
  g_autoptr(GPtrArray) problems = NULL;
  double sum = 0;
  guint n = 0;

  if (root == NULL)
    return FALSE;

  problems = dio_runware_read_problems (root, NULL, reply->status);
  if (fail_with_problems (problems, error))
    return FALSE;

  items = ref_items (root);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      double of_item = dio_wire_get_number (get_item (items, i), "cost", -1);

      if (of_item >= 0)
        {
          sum += of_item;
          n++;
        }
    }

  if (n == 0)
    return fail (error, reply->status, "the answer to a dry run tells no cost");

  *cost = sum;

  return TRUE;
}

/* An object in the client libraries, a mere number on the vendor's page. */
static gboolean
read_item_balance (JsonObject        *item,
                   DioRunwareBalance *balance)
{
  JsonObject *object = dio_json_get_object (item, "balance");
  const char *currency = dio_json_get_string (object, "currency");
  double amount = object != NULL ? dio_wire_get_number (object, "amount", NAN) : dio_wire_get_number (item, "balance", NAN);

  if (isnan (amount))
    return FALSE;

  balance->amount = amount;
  balance->free_amount = MAX (dio_wire_get_number (object, "freeBalance", 0), 0);
  g_strlcpy (balance->currency,
             currency != NULL && strlen (currency) == 3 && g_str_is_ascii (currency) ? currency : "USD",
             sizeof balance->currency);

  return TRUE;
}

/**
 * dio_runware_read_balance:
 * @reply: the answer to dio_runware_make_account_details()
 * @balance: (out caller-allocates): what is left
 * @error: return location for an error of %DIO_ERROR, which repeats nothing of
 *   the answer
 *
 * Returns: whether it was told
 */
gboolean
dio_runware_read_balance (const DioHttpReply  *reply,
                          DioRunwareBalance   *balance,
                          GError             **error)
{
  g_autoptr(JsonNode) root = dio_wire_parse (reply, error);
  g_autoptr(JsonArray) items = NULL;
  g_autoptr(GPtrArray) problems = NULL;

  if (root == NULL)
    return FALSE;

  items = ref_items (root);
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      if (read_item_balance (get_item (items, i), balance))
        return TRUE;
    }

  problems = dio_runware_read_problems (root, NULL, reply->status);
  if (!fail_with_problems (problems, error))
    fail (error, reply->status, "the answer tells no balance");

  return FALSE;
}

/**
 * dio_runware_read_key:
 * @reply: the answer to dio_runware_make_account_details()
 *
 * Returns: what it says of the key
 */
DioKeyVerdict
dio_runware_read_key (const DioHttpReply *reply)
{
  g_autoptr(GError) error = NULL;
  DioRunwareBalance balance;

  if (dio_runware_read_balance (reply, &balance, &error))
    return DIO_KEY_ACCEPTED;

  return g_error_matches (error, DIO_ERROR, DIO_ERROR_AUTH) ? DIO_KEY_REFUSED : DIO_KEY_UNKNOWN;
}
