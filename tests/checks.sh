#!/usr/bin/env bash
# What the tests cannot see from inside: the state of the repository itself. One line each.
# (That no crate speaks to a network is held by tests/suite/offline.rs.)
set -euo pipefail
cd "$(dirname "$0")/.."

failed=0

# verdict WHAT FOUND: it is well when nothing was found.
verdict() {
  if [ -z "$2" ]; then
    printf 'ok    %s\n' "$1"
  else
    printf 'FAIL  %s:\n%s\n' "$1" "$2"
    failed=1
  fi
}

# A copy without git, or one that git does not trust, is looked at as it lies there.
files() {
  git ls-files 2>/dev/null || find . -type f ! -path './target/*' ! -path './.git/*' | sed 's|^\./||'
}

# found GREP-OPTIONS: lines of the files named on standard input; nothing is no error.
found() {
  while IFS= read -r file; do
    [ ! -f "$file" ] || grep -InH "$@" -- "$file" || true
  done
}

stale=$(cargo tree --locked --quiet 2>&1 >/dev/null) && stale=''
verdict 'Cargo.lock is fresh' "$stale"

twice=$(for name in ratatui-core crossterm; do
  count=$(grep -cx "name = \"$name\"" Cargo.lock || true)
  [ "$count" = 1 ] || echo "$name is in Cargo.lock $count times"
done)
verdict 'one ratatui, one crossterm' "$twice"

sources=$(grep '^source = ' Cargo.lock | sort -u)
foreign=$([ "$(wc -l <<<"$sources")" = 1 ] || printf '%s\n' "$sources")
foreign+=$(files | grep -vx 'tests/checks.sh' | found -E 'sparse\+|^\[(source|registries)[].]')
verdict 'crates come from one registry, by its ordinary name' "$foreign"

left=$(files | grep -E '^(src|tests)/.*\.rs$' | found -E 'dbg!|todo!|unimplemented!|FIXME|TODO|XXX')
verdict 'nothing is left for later' "$left"

paths=$(for place in "$PWD" "${HOME:-/}"; do
  case $place in
  / | //) ;;
  *) files | found -F "$place/" ;;
  esac
done)
verdict 'no path of this machine' "$paths"

stray=$(files | cut -d/ -f1 | sort -u | grep -vE '^\.|^(Cargo\.toml|Cargo\.lock|src|assets|tests|README\.md|LICENSE|CHANGELOG\.md)$' || true)
verdict 'the top level holds only what belongs there' "$stray"

exit "$failed"
