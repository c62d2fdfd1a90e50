#!/usr/bin/env bash
# tests/at-length.sh [KILLS] [CASES]: what the tests do a few times, hundreds of times, by hand:
# kill -9 in the midst of writing, typing, upgrading, setting, changing and removing the passphrase,
# backing up and restoring, plain and encrypted; and random actions and keys. It takes hours; what
# each came to is said at its end, and a failure names what to look at.
set -euo pipefail
cd "$(dirname "$0")/.."

export CONFIDANT_KILLS=${1:-300}
export CONFIDANT_CASES=${2:-5000}
# A busy machine is no failure.
export CONFIDANT_TEST_PATIENCE=${CONFIDANT_TEST_PATIENCE:-120}

# at_length FILTER...: these tests one after the other, with what they print.
at_length() {
  nice cargo test --locked -- --nocapture --test-threads 1 "$@"
}

printf '%s kills each\n' "$CONFIDANT_KILLS"
at_length kill
printf '%s cases each\n' "$CONFIDANT_CASES"
at_length two_writers_see_what_the_model_sees screens::random
