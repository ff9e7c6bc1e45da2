/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A library in a folder of its own, with every operation waited for. */

#pragma once

#include "dio-result-list.h"

G_BEGIN_DECLS

typedef struct
{
  char       *folder;  /* (owned) */
  DioLibrary *library; /* (owned) (nullable) */
} LibraryFixture;

void       library_fixture_set_up        (LibraryFixture *self,
                                          gconstpointer   data);
void       library_fixture_tear_down     (LibraryFixture *self,
                                          gconstpointer   data);
void       library_fixture_open          (LibraryFixture *self);
void       library_fixture_close         (LibraryFixture *self);
void       library_fixture_add_rows      (LibraryFixture *self,
                                          guint           n);
char      *library_fixture_query         (LibraryFixture *self,
                                          const char     *sql);
guint      library_fixture_count         (LibraryFixture *self,
                                          const char     *folder,
                                          const char     *prefix);

/* Operations that must go well. */
guint      library_fixture_get_n_results (LibraryFixture *self);
DioResult *library_fixture_get_result    (LibraryFixture *self,
                                          guint           position);
DioJob    *library_fixture_add_job       (LibraryFixture *self,
                                          const char     *prompt);
DioResult *library_fixture_add_bytes     (LibraryFixture *self,
                                          DioJob         *job,
                                          guint           index,
                                          GBytes         *bytes);
void       library_test_assert_file      (DioResult      *result,
                                          GBytes         *bytes);

void       library_test_remove_tree      (const char     *path);
DioJob    *library_test_make_job         (const char     *provider_id,
                                          const char     *title,
                                          const char     *prompt,
                                          GBytes         *photo);
GBytes    *library_test_make_bytes       (guint           number,
                                          gsize           size);
GBytes    *library_test_read_file        (const char     *path);

void       library_test_finished_cb      (GObject        *object,
                                          GAsyncResult   *result,
                                          gpointer        user_data);
void       library_test_wait_for         (GAsyncResult  **finished);
gboolean   library_test_open             (DioLibrary     *library,
                                          GError        **error);
gboolean   library_test_add_job          (DioLibrary     *library,
                                          DioJob         *job,
                                          GError        **error);
gboolean   library_test_update_job       (DioLibrary     *library,
                                          DioJob         *job,
                                          GError        **error);
DioResult *library_test_add_picture      (DioLibrary     *library,
                                          DioJob         *job,
                                          DioPicture     *picture,
                                          GError        **error);
DioResult *library_test_add_bytes        (DioLibrary     *library,
                                          DioJob         *job,
                                          guint           index,
                                          GBytes         *bytes,
                                          GError        **error);
gboolean   library_test_delete           (DioLibrary     *library,
                                          DioResult      *result,
                                          GError        **error);
gboolean   library_test_restore          (DioLibrary     *library,
                                          DioResult      *result,
                                          GError        **error);
DioResultList *library_test_list         (DioLibrary     *library);
void       library_test_wait_for_list    (DioResultList  *list);
DioResult *library_test_read             (DioResultList  *list,
                                          guint           position);

/* Jobs that are sent and paid. */
DioJob    *library_fixture_add_hosted    (LibraryFixture *self,
                                          DioPriceSource  source,
                                          double          amount,
                                          const char     *currency);
void       library_fixture_send          (LibraryFixture *self,
                                          DioJob         *job);
void       library_fixture_update        (LibraryFixture *self,
                                          DioJob         *job);
void       library_fixture_set_cap       (LibraryFixture *self,
                                          const char     *currency,
                                          double          amount);
gboolean   library_test_begin_sending    (DioLibrary     *library,
                                          DioJob         *job,
                                          GError        **error);
GPtrArray *library_test_take_open        (DioLibrary     *library,
                                          GError        **error);
DioJob    *library_test_take_job         (DioLibrary     *library,
                                          const char     *id,
                                          GError        **error);
GStrv      library_test_list_remote_ids  (DioLibrary     *library,
                                          const char     *provider_id,
                                          GError        **error);
gboolean   library_test_save_account     (DioLibrary     *library,
                                          DioAccount     *account,
                                          GError        **error);
gboolean   library_test_remove_account   (DioLibrary     *library,
                                          const char     *provider_id,
                                          const char     *name,
                                          GError        **error);
gboolean   library_test_check_cap        (DioLibrary     *library,
                                          const DioPrice *price,
                                          GError        **error);
GPtrArray *library_test_load_spend       (DioLibrary     *library,
                                          DioSpendPeriod  period);
GPtrArray *library_test_load_jobs        (DioLibrary     *library,
                                          guint           offset,
                                          guint           n);

G_END_DECLS
