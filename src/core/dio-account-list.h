/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person's accounts, at all providers. */

#pragma once

#include "dio-account.h"

G_BEGIN_DECLS

#define DIO_TYPE_ACCOUNT_LIST (dio_account_list_get_type ())
G_DECLARE_FINAL_TYPE (DioAccountList, dio_account_list, DIO, ACCOUNT_LIST, GObject)

DioAccountList   *dio_account_list_new    (void);
guint             dio_account_list_get_n  (DioAccountList   *self);
const DioAccount *dio_account_list_get    (DioAccountList   *self,
                                           guint             index);
const DioAccount *dio_account_list_find   (DioAccountList   *self,
                                           const char       *provider_id,
                                           const char       *name);

/* For the store that keeps them. */
void              dio_account_list_put    (DioAccountList   *self,
                                           const DioAccount *account);
void              dio_account_list_remove (DioAccountList   *self,
                                           const char       *provider_id,
                                           const char       *name);

G_END_DECLS
