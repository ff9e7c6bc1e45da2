/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be typed after “diorama-cli compose”. */

#pragma once

#include "dio-cli-account.h"

G_BEGIN_DECLS

/**
 * DioCliPhoto:
 * @path: (owned): of the file, or where on the web it is
 * @is_address: whether it is on the web
 * @name: (owned) (nullable): what the prompt calls it; by its file where %NULL
 * @role: what it is for
 */
typedef struct
{
  char    *path;
  gboolean is_address;
  char    *name;
  DioRole  role;
} DioCliPhoto;

/**
 * DioCliComposeOptions:
 * @provider: (owned) (nullable): its id
 * @model: (owned) (nullable): its id
 * @document: (owned) (nullable): the file or folder to begin with
 * @recall: (owned) (nullable): a picture to make again, instead of @document
 * @photos: (owned) (element-type DioCliPhoto): in the order of typing
 * @prompt: (owned) (nullable): in UTF-8; %NULL where none was given
 * @roles: (owned) (nullable): in UTF-8; %NULL where none were given
 * @settings: (owned) (nullable): texts of “key=value”
 * @count: (owned) (nullable): how many pictures, as typed
 * @output: (owned) (nullable): the folder; there is one where pictures are made
 * @account: who pays
 * @dry_run: whether to print what would be sent, and to send nothing
 * @price: whether to print what it costs, and to send nothing
 * @ask_price: whether to have the provider tell what it costs
 * @yes: whether to pay without asking
 * @accept_unknown_price: whether to send it even if there is a cap and nobody
 *   knows what it costs
 * @json: whether to speak to a program
 * @quiet: whether to show no progress
 */
typedef struct
{
  char      *provider;
  char      *model;
  char      *document;
  char      *recall;
  GPtrArray *photos;
  char      *prompt;
  char      *roles;
  char     **settings;
  char      *count;
  char      *output;
  DioCliAccountOptions account;
  gboolean   dry_run;
  gboolean   price;
  gboolean   ask_price;
  gboolean   yes;
  gboolean   accept_unknown_price;
  gboolean   json;
  gboolean   quiet;
} DioCliComposeOptions;

DioCliComposeOptions *dio_cli_compose_options_new  (char                 ***arguments,
                                                    GError                **error);
void                  dio_cli_compose_options_free (DioCliComposeOptions   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DioCliComposeOptions, dio_cli_compose_options_free)

G_END_DECLS
