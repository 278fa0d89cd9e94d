#!/usr/bin/env bash
# Ends exactly the processes that `start.sh FOLDER` started.
set -uo pipefail
folder=$(realpath "$1")
for name in slurmd slurmctld munge/; do
  file="$folder/$name"
  [ "${name%/}" = "$name" ] && file="$file.pid" || file="${file}pid"
  [ -s "$file" ] && kill "$(cat "$file")" 2>/dev/null
done
exit 0
