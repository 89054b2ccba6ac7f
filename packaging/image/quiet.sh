#!/bin/sh
# Runs a program until it has been at rest for three seconds, then asks it to end: quiet.sh PROGRAM ARGUMENT...
set -eu
"$@" &
program=$!
trap 'kill "$program" 2>/dev/null || true' EXIT
before=-1
rest=0
for _ in $(seq 120); do
    sleep 1
    [ -r "/proc/$program/stat" ] || break
    now=$(cut -d ' ' -f 14 "/proc/$program/stat")
    # A window at rest takes a few hundredths of a second; one that starts, all that there is.
    if [ $((now - before)) -le 12 ]; then rest=$((rest + 1)); else rest=0; fi
    before=$now
    [ "$rest" -lt 3 ] || break
done
kill "$program"
wait "$program" || true
