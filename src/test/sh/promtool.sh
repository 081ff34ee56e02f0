#!/bin/sh
# Fetches Debian's package prometheus and unpacks it into target/promtool, where the tests look for promtool. Nothing is
# installed and no service starts. Does nothing where a promtool is on the PATH; needs a Debian whose lists are fresh.
set -eu
cd "$(dirname "$0")/../../.."
if command -v promtool > /dev/null || [ -x target/promtool/usr/bin/promtool ]; then
  exit 0
fi
mkdir -p target/promtool
cd target/promtool
apt-get -q download prometheus > /dev/null ||
  { apt-get -q update > /dev/null && apt-get -q download prometheus > /dev/null; }
dpkg-deb -x prometheus_*.deb .
rm prometheus_*.deb
./usr/bin/promtool --version
