#!/bin/sh
# Builds the jar of this checkout twice, in two folders of its own, and compares them byte by byte. By hand; takes minutes.
# usage: packaging/reproducible.sh [further arguments of Maven]
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for each in first second; do
    mkdir "$work/$each"
    git archive HEAD | tar -x -C "$work/$each"
    (cd "$work/$each" && mvn -q -B package -DskipTests -DskipAnalysers -Dspotless.check.skip "$@")
done
first=$(ls "$work"/first/target/rollcall*.jar)
second=$(ls "$work"/second/target/rollcall*.jar)
if cmp "$first" "$second"; then
    sha256sum "$first" | sed "s| .*/|  |"
    echo "Both builds give the same bytes."
else
    for each in first second; do
        mkdir "$work/$each.content"
        unzip -q "$work/$each"/target/rollcall*.jar -d "$work/$each.content"
    done
    diff -rq "$work/first.content" "$work/second.content" || true
    exit 1
fi
