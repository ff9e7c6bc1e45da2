/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Kling's codes and words for a failure mean. The code comes before the
 * status of HTTP: an account without credit is 429 like one in a hurry. */

#include "config.h"

#include "kling/dio-kling-error-private.h"

#include "dio-json.h"

#include <string.h>

static const struct
{
  gint64         code;
  DioError       error;
  DioKlingAgain  again;
  const char    *message;
} rows[] = {
  { 1000, DIO_ERROR_AUTH, DIO_KLING_NEVER, "Authentication failed" },
  { 1001, DIO_ERROR_AUTH, DIO_KLING_NEVER, "No key was sent" },
  { 1002, DIO_ERROR_AUTH, DIO_KLING_NEVER, "The key is not valid" },
  { 1003, DIO_ERROR_AUTH, DIO_KLING_NEVER, "The token is not valid yet: the clock of this computer may be wrong" },
  { 1004, DIO_ERROR_AUTH, DIO_KLING_NEVER, "The token has expired: the clock of this computer may be wrong" },
  { 1100, DIO_ERROR_PERMISSION, DIO_KLING_NEVER, "The account is not in order" },
  { 1101, DIO_ERROR_CREDIT, DIO_KLING_NEVER, "The account is in arrears" },
  { 1102, DIO_ERROR_CREDIT, DIO_KLING_NEVER, "The resource pack is used up or has expired" },
  { 1103, DIO_ERROR_PERMISSION, DIO_KLING_NEVER, "The account may not use this model" },
  { 1200, DIO_ERROR_INVALID, DIO_KLING_NEVER, "A parameter is not valid" },
  { 1201, DIO_ERROR_INVALID, DIO_KLING_NEVER, "A parameter is not valid" },
  { 1202, DIO_ERROR_NOT_FOUND, DIO_KLING_NEVER, "The method is not known" },
  { 1203, DIO_ERROR_NOT_FOUND, DIO_KLING_NEVER, "The task or model does not exist" },
  { 1300, DIO_ERROR_REFUSED, DIO_KLING_NEVER, "Against the platform’s policy" },
  { 1301, DIO_ERROR_REFUSED, DIO_KLING_NEVER, "Refused by the check of content" },
  { 1302, DIO_ERROR_BUSY, DIO_KLING_LATER, "Too many requests" },
  { 1303, DIO_ERROR_BUSY, DIO_KLING_LATER, "Too many tasks at a time" },
  { 1304, DIO_ERROR_PERMISSION, DIO_KLING_NEVER, "The address of this computer is not allowed" },
  { 5000, DIO_ERROR_SERVER, DIO_KLING_ASK, "Internal error" },
  { 5001, DIO_ERROR_SERVER, DIO_KLING_LATER, "Under maintenance" },
  { 5002, DIO_ERROR_SERVER, DIO_KLING_ASK, "Internal time-out" },
};

/* Gateways of resellers have words for codes. The first that fits counts: a
 * "quota" may be that of a "token". */
static const struct
{
  const char    *word;
  DioError       error;
  DioKlingAgain  again;
} words_of_gateways[] = {
  { "quota", DIO_ERROR_CREDIT, DIO_KLING_NEVER },
  { "balance", DIO_ERROR_CREDIT, DIO_KLING_NEVER },
  { "credit", DIO_ERROR_CREDIT, DIO_KLING_NEVER },
  { "billing", DIO_ERROR_CREDIT, DIO_KLING_NEVER },
  { "rate_limit", DIO_ERROR_BUSY, DIO_KLING_LATER },
  { "too_many", DIO_ERROR_BUSY, DIO_KLING_LATER },
  { "concurren", DIO_ERROR_BUSY, DIO_KLING_LATER },
  { "api_key", DIO_ERROR_AUTH, DIO_KLING_NEVER },
  { "token", DIO_ERROR_AUTH, DIO_KLING_NEVER },
  { "unauthorized", DIO_ERROR_AUTH, DIO_KLING_NEVER },
  { "authentication", DIO_ERROR_AUTH, DIO_KLING_NEVER },
  { "permission", DIO_ERROR_PERMISSION, DIO_KLING_NEVER },
  { "policy", DIO_ERROR_REFUSED, DIO_KLING_NEVER },
  { "safety", DIO_ERROR_REFUSED, DIO_KLING_NEVER },
  { "sensitive", DIO_ERROR_REFUSED, DIO_KLING_NEVER },
  { "moderation", DIO_ERROR_REFUSED, DIO_KLING_NEVER },
  { "not_found", DIO_ERROR_NOT_FOUND, DIO_KLING_NEVER },
  { "not_exist", DIO_ERROR_NOT_FOUND, DIO_KLING_NEVER },
};

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* Whether @object has a code, and what it is: a number that is sometimes
 * written as text, or a word. */
static gboolean
read_code (JsonObject  *object,
           gint64      *number,
           const char **word)
{
  const char *text = dio_json_get_string (object, "code");

  *word = NULL;
  *number = dio_json_get_integer (object, "code", -1);
  if (text == NULL)
    return *number != -1;

  if (is_number (text))
    *number = g_ascii_strtoll (text, NULL, 10);
  else if (g_ascii_strcasecmp (text, "success") == 0 || g_ascii_strcasecmp (text, "succeed") == 0)
    *number = 0;
  else
    *word = text;

  return *text != '\0';
}

static void
classify_number (DioKlingFailure *failure)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].code == failure->code)
        {
          failure->error = rows[i].error;
          failure->again = rows[i].again;
          failure->message = rows[i].message;
        }
    }
}

static void
classify_word (DioKlingFailure *failure,
               const char      *word)
{
  g_autofree char *lower = word != NULL ? g_ascii_strdown (word, -1) : NULL;

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (words_of_gateways); i++)
    {
      if (strstr (lower, words_of_gateways[i].word) != NULL)
        {
          failure->error = words_of_gateways[i].error;
          failure->again = words_of_gateways[i].again;
          return;
        }
    }
}

static void
classify_status (DioKlingFailure *failure,
                 guint            status)
{
  failure->error = status >= 300 ? dio_wire_classify_status (status) : DIO_ERROR_SERVER;
  failure->message = "The provider reports a failure";

  if (status == 429)
    failure->again = DIO_KLING_LATER;
  else if (status == 408 || status >= 500)
    failure->again = DIO_KLING_ASK;
  else
    failure->again = DIO_KLING_NEVER;
}

static gboolean
has_task (JsonObject *root)
{
  g_autofree char *id = dio_wire_dup_text (root, "task_id");

  return id != NULL ||
         dio_json_get_string (root, "status") != NULL ||
         dio_json_get_object (root, "data") != NULL;
}

/**
 * dio_kling_find_failure:
 * @root: an answer
 * @status: of HTTP
 * @failure: (out): what it means
 *
 * Returns: whether the answer says that the request itself failed; a task that
 *   failed is another thing
 */
gboolean
dio_kling_find_failure (JsonObject      *root,
                        guint            status,
                        DioKlingFailure *failure)
{
  JsonObject *error = dio_json_get_object (root, "error");
  const char *word = NULL;
  gint64 number = 0;
  gboolean has_code = read_code (root, &number, &word);
  gboolean is_told;

  /* "error" in or beside a task tells why the task failed. */
  if (has_task (root))
    error = NULL;
  if (!has_code && error != NULL)
    read_code (error, &number, &word);

  *failure = (DioKlingFailure) { .code = MAX (number, 0) };
  is_told = error != NULL || word != NULL || (number > 0 && number != 200);
  /* Some repeat the status there, and answer with success. */
  classify_status (failure, number >= 400 && number < 600 ? (guint) number : status);
  if (error != NULL)
    classify_word (failure, dio_json_get_string (error, "type"));
  classify_word (failure, word);
  classify_number (failure);

  return is_told || status >= 300;
}

/**
 * dio_kling_dup_words:
 * @object: an answer, or the task in it
 *
 * Returns: (transfer full) (nullable): why it failed, in the provider's own
 *   words
 */
char *
dio_kling_dup_words (JsonObject *object)
{
  static const char *const members[] = { "task_status_msg", "fail_reason", "error", "message", "msg" };
  char *words = dio_wire_dup_text (dio_json_get_object (object, "error"), "message");

  for (guint i = 0; words == NULL && i < G_N_ELEMENTS (members); i++)
    words = dio_wire_dup_text (object, members[i]);

  return words;
}

/**
 * dio_kling_is_refusal:
 * @words: (nullable): why a task failed
 *
 * Returns: whether it was not for a fault but for what is to be seen
 */
gboolean
dio_kling_is_refusal (const char *words)
{
  static const char *const signs[] = {
    "risk", "policy", "policies", "safety", "content", "sensitive", "moderation", "violat", "prohibit", "nsfw",
    "审核", "敏感", "违规", "风险",
  };
  g_autofree char *lower = words != NULL ? g_utf8_strdown (words, -1) : NULL;

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (signs); i++)
    {
      if (strstr (lower, signs[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}
