#!/usr/bin/env bash
# Makes the images that Marketing.AppHost asks for, under exactly their names, from the servers in a folder like
# ../shared/servers and Debian's packages: for machines that can pull from no registry. What is there already is left alone.
#   build.sh SERVERS      needs root, docker and debootstrap
#   build.sh --force SERVERS      makes those anew that stand on the base image
# Nothing here is what runs in production: FerretDB on PostgreSQL stands in for MongoDB, Kafka's own broker for Confluent's image of it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
force=
[ "${1-}" = --force ] && { force=1; shift; }
servers=$(cd "${1:?the folder of the servers is missing}" && pwd)
base=marketing-ci-base:bookworm
context=$(mktemp -d)
trap 'umount "$context/base" 2>/dev/null || true; rm -rf "$context"' EXIT

have() { docker image inspect "$1" >/dev/null 2>&1; }

# Debian with what the servers and the two programs need. DEBIAN_MIRROR: whence, else where debootstrap thinks right.
if ! have "$base"; then
  root="$context/base"
  mkdir "$root"
  mount -t tmpfs -o size=2g tmpfs "$root" 2>/dev/null || true # dpkg waits for the disk after every file
  debootstrap --variant=minbase \
    --include=ca-certificates,curl,libgomp1,libicu72,openjdk-17-jre-headless,postgresql-15,redis-server \
    bookworm "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$context/log" 2>&1 || { tail -n 20 "$context/log" >&2; exit 1; }
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}/*
  tar -C "$root" -c . | docker import - "$base" >/dev/null
  umount "$root" 2>/dev/null || true
  rm -rf "$root"
fi

# image FOLDER NAME [ARCHIVE [LEVELS]]: what the archive holds, without its first LEVELS folders, is in payload/ of the build.
image() {
  local folder=$1 name=$2 archive=${3-} levels=${4-0}
  [ -z "$force" ] && have "$name" && return
  rm -rf "$context/build"
  mkdir -p "$context/build/payload"
  cp "$here/$folder"/* "$context/build/"
  case $archive in
    *.tar.xz) tar -xJf "$servers/$archive" -C "$context/build/payload" --no-same-owner --strip-components="$levels" ;;
    *.xz) xz -dc "$servers/$archive" >"$context/build/payload/$(basename "${archive%%-*}")" && chmod 755 "$context"/build/payload/* ;;
  esac
  DOCKER_BUILDKIT=0 docker build --quiet --tag "$name" "$context/build" >/dev/null 2>"$context/log" || { cat "$context/log" >&2; exit 1; }
  echo "$name"
}

image mongo mongo:8.3 ferretdb/ferretdb-1.24.2-linux-amd64.xz
image neo4j neo4j:5.26-community neo4j/neo4j-5.26.30.tar.xz
image milvus milvusdb/milvus:v2.5.27 milvus/milvus-2.3.5-1.tar.xz 1
image redis redis:8.6
image kafka confluentinc/confluent-local:8.2.0 kafka/kafka-4.4.0.tar.xz
