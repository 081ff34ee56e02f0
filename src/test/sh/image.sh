#!/bin/sh
# Builds the image with buildah and checks what docs/operating.md promises of it: no root, a root file system that may be
# read-only, a service that becomes healthy, a bill of materials.
#
#   src/test/sh/image.sh [JAR-FREE-BASE]
#
# Needs root, buildah, debootstrap, curl and unzip (Debian's), and a JDK 25 (JAVA_HOME). Where the name of an image is given, that is
# the base for building and running; else one is made on the spot: Debian's smallest system, curl, and this JDK.
# Maven fetches what it needs; a repository at ~/.m2 is used where there is one.
set -eu
cd "$(dirname "$0")/../../.."
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot
base=${1:-localhost/dyno-base}
image=localhost/dyno:test
work=$(mktemp -d)
container=''
finish() {
  if [ -n "$container" ]; then
    buildah rm "$container" > /dev/null
  fi
  rm -rf "$work"
}
trap finish EXIT

make_base() {
  echo "making a base image"
  debootstrap --variant=minbase --include=ca-certificates,curl,unzip bookworm "$work/root" > "$work/debootstrap.log" ||
    { tail "$work/debootstrap.log"; exit 1; }
  mkdir -p "$work/root/opt/java"
  cp -a "$(readlink -f "$JAVA_HOME")/." "$work/root/opt/java/"
  # A distribution's JDK has but a link to the certificates that it trusts.
  cp --remove-destination -L "$JAVA_HOME/lib/security/cacerts" "$work/root/opt/java/lib/security/cacerts"
  container=$(buildah from scratch)
  buildah add -q "$container" "$work/root" / > /dev/null
  buildah config --env JAVA_HOME=/opt/java --env PATH=/opt/java/bin:/usr/local/bin:/usr/bin:/bin "$container"
  buildah commit -q "$container" "$base" > /dev/null
  buildah rm "$container" > /dev/null
  container=''
  rm -rf "$work/root"
}

[ -n "${1:-}" ] || make_base

echo "building the image"
mkdir -p "$HOME/.m2"
buildah bud -q --format docker --layers=false --volume "$HOME/.m2:/root/.m2:rw" --build-arg "BUILD_IMAGE=$base" --build-arg "RUN_IMAGE=$base" \
  --build-arg "GIT_COMMIT=$(git rev-parse HEAD)" --tag "$image" . > /dev/null

container=$(buildah from "$image")
root=$(buildah mount "$container")

check() {
  if eval "$2"; then echo "ok: $1"; else echo "NOT OK: $1" >&2; exit 1; fi
}
check "runs as user 10001" \
  '[ "$(buildah inspect --format "{{.OCIv1.Config.User}}" "$container")" = 10001:10001 ]'
check "has a health check" 'buildah inspect "$container" | grep -q healthy'
check "owns nothing but /data" \
  '[ "$(find "$root" -xdev -user 10001 | sed "s:^$root::")" = /data ]'
check "holds no sources and no repository" '[ -z "$(find "$root/opt/dyno" -name "*.java" -o -name .git)" ]'
check "has a bill of materials with licences" \
  'unzip -p "$root/opt/dyno/dyno.jar" META-INF/sbom/application.cdx.json | grep -q "\"license"'
check "knows its commit" \
  'unzip -p "$root/opt/dyno/dyno.jar" git.properties | grep -q "git.commit.id=$(git rev-parse HEAD)"'

# As the runtime would with --read-only: the image's root bound read-only, /data and /tmp of their own, user 10001.
mkdir -p "$work/data" "$work/tmp"
chown 10001:10001 "$work/data"
chmod 1777 "$work/tmp"
port=18080
cat > "$work/run.sh" <<RUN
set -eu
mount --bind "$root" "$root"
mount --bind "$work/data" "$root/data"
mount --bind "$work/tmp" "$root/tmp"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"
exec chroot --userspec=10001:10001 "$root" /usr/bin/env -i \
  PATH=/opt/java/bin:/opt/java/openjdk/bin:/usr/local/bin:/usr/bin:/bin HOME=/data \
  DYNO_DATA=/data DYNO_PORT=$port sh -c 'cd /data; ! touch /opt/dyno/x 2> /dev/null || exit 9; exec dyno serve'
RUN
unshare --mount --propagation private sh "$work/run.sh" > "$work/service.log" 2>&1 &
service=$!
healthy=no
for _ in $(seq 120); do
  if curl -fs --max-time 5 -o /dev/null "http://127.0.0.1:$port/actuator/health/readiness"; then healthy=yes; break; fi
  kill -0 "$service" 2> /dev/null || break
  sleep 1
done
[ "$healthy" = yes ] || { cat "$work/service.log"; kill "$service" 2> /dev/null || true; exit 1; }
echo "ok: becomes healthy as user 10001 on a read-only root"
status=0
if [ "${BENCH:-yes}" = yes ]; then
  ./dyno bench quick --server "http://127.0.0.1:$port" || status=$?
  [ "$status" = 0 ] && echo "ok: ./dyno bench quick against it works"
fi
kill "$service"
wait "$service" || true
exit "$status"
