/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, in words that say what to do: the one place that turns a
 * DioError into text for the window. The message of the error is for the log. */

#include "config.h"

#include "dio-error-text.h"

#include "dio-error.h"

#include <glib/gi18n.h>

/* Errors that are not ours: they should have been wrapped on their way up, and
 * a person is told no less for it. */
static DioErrorText
unknown_error (void)
{
  return (DioErrorText) {
    /* Translators: title of a failure of which nothing more is known. */
    _("Something Went Wrong"),
    _("Trying again may help. The details are in the log."),
    DIO_REMEDY_RETRY,
  };
}

DioErrorText
dio_error_text (const GError *error)
{
  if (error == NULL || error->domain != DIO_ERROR)
    return unknown_error ();

  switch ((DioError) error->code)
    {
    /* Translators: each pair below is the title of a failure and a sentence that
     * says what can be done. The provider is whoever makes the picture. */
    case DIO_ERROR_OFFLINE:
      return (DioErrorText) { _("No Connection"),
                              _("The server could not be reached. Check the network and try again."),
                              DIO_REMEDY_RETRY };
    case DIO_ERROR_AUTH:
      return (DioErrorText) { _("Key Not Accepted"),
                              _("The provider needs a valid key. It is given in the preferences."),
                              DIO_REMEDY_PREFERENCES };
    case DIO_ERROR_PERMISSION:
      return (DioErrorText) { _("Not Allowed"),
                              _("This may not be read or used. Check its permissions."),
                              DIO_REMEDY_PREFERENCES };
    case DIO_ERROR_CREDIT:
      return (DioErrorText) { _("No Credit Left"),
                              _("Add credit to the account, or choose another provider."),
                              DIO_REMEDY_CREDIT };
    case DIO_ERROR_BUDGET:
      return (DioErrorText) { _("Budget Reached"),
                              _("This would go beyond the spending limit that was set."),
                              DIO_REMEDY_PREFERENCES };
    case DIO_ERROR_BUSY:
      return (DioErrorText) { _("Too Many Requests"),
                              _("The provider is busy. Try again in a while."),
                              DIO_REMEDY_RETRY };
    case DIO_ERROR_TIMEOUT:
      return (DioErrorText) { _("No Answer in Time"),
                              _("It took longer than is waited for. Try again."),
                              DIO_REMEDY_RETRY };
    case DIO_ERROR_REFUSED:
      return (DioErrorText) { _("Request Refused"),
                              _("The provider does not accept this prompt, photo or picture. Change it and try again."),
                              DIO_REMEDY_CHANGE };
    case DIO_ERROR_INVALID:
      return (DioErrorText) { _("Cannot Be Used"),
                              _("It is damaged, too large or of an unknown kind."),
                              DIO_REMEDY_CHANGE };
    case DIO_ERROR_NOT_FOUND:
      return (DioErrorText) { _("Not Found"),
                              _("It no longer exists at this place."),
                              DIO_REMEDY_RETRY };
    case DIO_ERROR_SERVER:
      return (DioErrorText) { _("The Provider Failed"),
                              _("The fault is not on this side. Try again later."),
                              DIO_REMEDY_RETRY };
    case DIO_ERROR_REPLY:
      return (DioErrorText) { _("Reply Not Understood"),
                              _("The provider answered in an unexpected way. Check the address of the account, or try again later."),
                              DIO_REMEDY_CHECK };
    case DIO_ERROR_EXPIRED:
      return (DioErrorText) { _("Picture No Longer Kept"),
                              _("The provider does not give it, or has already deleted it. Compose it anew."),
                              DIO_REMEDY_RETRY };
    case DIO_ERROR_STORAGE:
      return (DioErrorText) { _("Could Not Be Saved or Read"),
                              _("Check that the disk has space and can be written to."),
                              DIO_REMEDY_RETRY };
    case DIO_ERROR_OUTCOME_UNKNOWN:
      return (DioErrorText) { _("Outcome Unknown"),
                              _("The request may have arrived and may be billed. It is not repeated by itself."),
                              DIO_REMEDY_CHECK };
    case DIO_ERROR_NEWER:
      return (DioErrorText) { _("Made by a Newer Version"),
                              _("Update Diorama to use this file."),
                              DIO_REMEDY_CHANGE };
    case DIO_ERROR_UNTRUSTED:
      return (DioErrorText) { _("Server Not Trusted"),
                              _("The server’s certificate does not prove who it is, so nothing was sent to it. Check the address of the account, the clock and the network."),
                              DIO_REMEDY_PREFERENCES };
    default:
      return unknown_error ();
    }
}
