/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person's accounts, at all providers, in the order in which they were
 * added: a provider's first is the one that is used unless another is named. */

#include "config.h"

#include "dio-account-list.h"

struct _DioAccountList
{
  GObject    parent_instance;

  GPtrArray *accounts; /* (owned) (element-type DioAccount) */
};

G_DEFINE_FINAL_TYPE (DioAccountList, dio_account_list, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
dio_account_list_finalize (GObject *object)
{
  DioAccountList *self = DIO_ACCOUNT_LIST (object);

  g_clear_pointer (&self->accounts, g_ptr_array_unref);

  G_OBJECT_CLASS (dio_account_list_parent_class)->finalize (object);
}

static void
dio_account_list_class_init (DioAccountListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dio_account_list_finalize;

  /**
   * DioAccountList::changed:
   * @self: the list
   *
   * An account was added, changed or removed.
   */
  signals[CHANGED] =
    g_signal_new ("changed", DIO_TYPE_ACCOUNT_LIST, G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dio_account_list_init (DioAccountList *self)
{
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) dio_account_free);
}

DioAccountList *
dio_account_list_new (void)
{
  return g_object_new (DIO_TYPE_ACCOUNT_LIST, NULL);
}

guint
dio_account_list_get_n (DioAccountList *self)
{
  g_return_val_if_fail (DIO_IS_ACCOUNT_LIST (self), 0);

  return self->accounts->len;
}

/**
 * dio_account_list_get:
 * @self: a list
 * @index: below dio_account_list_get_n()
 *
 * Returns: (transfer none): an account, until the list changes
 */
const DioAccount *
dio_account_list_get (DioAccountList *self,
                      guint           index)
{
  g_return_val_if_fail (DIO_IS_ACCOUNT_LIST (self), NULL);
  g_return_val_if_fail (index < self->accounts->len, NULL);

  return g_ptr_array_index (self->accounts, index);
}

static gboolean
find_index (DioAccountList *self,
            const char     *provider_id,
            const char     *name,
            guint          *index)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const DioAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_str_equal (account->provider_id, provider_id) &&
          (name == NULL || g_str_equal (account->name, name)))
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * dio_account_list_find:
 * @self: a list
 * @provider_id: whose account
 * @name: (nullable): which of them; %NULL for the first
 *
 * Returns: (transfer none) (nullable): an account, until the list changes
 */
const DioAccount *
dio_account_list_find (DioAccountList *self,
                       const char     *provider_id,
                       const char     *name)
{
  guint index;

  g_return_val_if_fail (DIO_IS_ACCOUNT_LIST (self), NULL);
  g_return_val_if_fail (provider_id != NULL, NULL);

  if (!find_index (self, provider_id, name, &index))
    return NULL;

  return g_ptr_array_index (self->accounts, index);
}

/**
 * dio_account_list_put:
 * @self: a list
 * @account: copied; takes the place of one with its provider and name
 */
void
dio_account_list_put (DioAccountList   *self,
                      const DioAccount *account)
{
  DioAccount *copy;
  guint index;

  g_return_if_fail (DIO_IS_ACCOUNT_LIST (self));
  g_return_if_fail (account != NULL);

  copy = dio_account_copy (account);
  if (find_index (self, account->provider_id, account->name, &index))
    {
      dio_account_free (g_ptr_array_index (self->accounts, index));
      g_ptr_array_index (self->accounts, index) = copy;
    }
  else
    {
      g_ptr_array_add (self->accounts, copy);
    }

  g_signal_emit (self, signals[CHANGED], 0);
}

void
dio_account_list_remove (DioAccountList *self,
                         const char     *provider_id,
                         const char     *name)
{
  guint index;

  g_return_if_fail (DIO_IS_ACCOUNT_LIST (self));
  g_return_if_fail (provider_id != NULL && name != NULL);

  if (!find_index (self, provider_id, name, &index))
    return;

  g_ptr_array_remove_index (self->accounts, index);
  g_signal_emit (self, signals[CHANGED], 0);
}
