#!/bin/sh
# Says which libraries and plugins have a newer patch release in Maven's repository, and which packages of the image's base a newer
# version in Debian's: most known vulnerabilities end in one of those. Databases of vulnerabilities are not asked; the image's bill of
# materials is what their scanners read.
#
#   src/test/sh/outdated.sh [ROOT]
#
# ROOT is the image's root file system, e.g. what `buildah mount` prints; without one the libraries alone are looked at. Needs network
# to the repositories, and for ROOT root's rights. Exit code 0 where everything is new, 1 where something is not.
set -eu
cd "$(dirname "$0")/../../.."
found=0

patches() {
  ./mvnw -B -ntp -Dstyle.color=never org.codehaus.mojo:versions-maven-plugin:2.21.0:"$1" -DprocessDependencyManagement=false \
    -DallowMajorUpdates=false -DallowMinorUpdates=false
}

for goal in display-dependency-updates display-plugin-updates; do
  said=$(patches "$goal") || { echo "$said" >&2; exit 2; }
  # A long name has its versions on the next line.
  newer=$(echo "$said" | sed -n -e '/ \.\.\.$/{N;s/\n\[INFO\] */ /;}' -e 's/^\[INFO\]   *\(.*[^ ] -> .*\)$/\1/p')
  if [ -n "$newer" ]; then
    found=1
    echo "$goal:"
    echo "$newer" | sed 's/^/  /'
  fi
done

if [ -n "${1:-}" ]; then
  chroot "$1" apt-get -qq update
  newer=$(chroot "$1" apt-get -s upgrade | sed -n 's/^Inst //p')
  if [ -n "$newer" ]; then
    found=1
    echo "packages of the image:"
    echo "$newer" | sed 's/^/  /'
  fi
fi
[ "$found" = 1 ] || echo "nothing is older than what the repositories offer"
exit "$found"
