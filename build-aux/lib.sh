# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the scripts beside it: what is missing, and how to get it. Sourced.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() {
  printf '%s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}

# Packages of the given kinds that are not installed.
missing_packages() {
  local kinds=" $* " kind name

  while read -r kind name; do
    case "$kind" in ''|'#'*) continue ;; esac
    case "$kinds" in *" $kind "*) ;; *) continue ;; esac
    case "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" in
      installed) ;;
      *) echo "$name" ;;
    esac
  done < "$top/build-aux/packages"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

tell_other_system() {
  local tools='' name

  for name in cc meson ninja pkg-config msgfmt; do
    command -v "$name" >/dev/null 2>&1 || tools="$tools $name"
  done
  for name in gtk4 libadwaita-1 json-glib-1.0 libsoup-3.0 libsecret-1 sqlite3 lcms2 libjpeg libwebp nettle \
      gdk-pixbuf-2.0 pangocairo; do
    pkg-config --exists "$name" 2>/dev/null || tools="$tools $name"
  done
  [ -z "$tools" ] && return 0

  say "This system has no apt-get. These have to be installed by its own means:"
  say " $tools"
  say "The packages of Debian 12 are listed in build-aux/packages."
  exit 1
}

# Installs what is missing of the given kinds.
install_missing() {
  local missing

  if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
    tell_other_system
    return 0
  fi

  missing=$(missing_packages "$@")
  [ -z "$missing" ] && return 0

  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
    die "Missing packages, and neither root nor sudo to install them:" $missing
  fi

  say "Installing:" $missing
  as_root apt-get update -qq || die "apt-get update failed: is the network there?"
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2 ||
    die "Could not install:" $missing
}

# A build folder with the given options, made or brought up to date.
build_in() {
  local folder=$1
  shift

  if [ ! -f "$folder/build.ninja" ]; then
    meson setup "$folder" "$top" "$@" >"$folder.log" 2>&1 ||
      { cat "$folder.log" >&2; die "meson setup failed"; }
  fi
  ninja -C "$folder" >"$folder.log" 2>&1 ||
    { cat "$folder.log" >&2; die "The build failed"; }
}
