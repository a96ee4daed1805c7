#!/usr/bin/env bash
# programs.sh FOLDER: the images of the two programs on the base of the others, as `marketing-api:ci` and `marketing-ingest:ci`,
# from what `dotnet publish` wrote to FOLDER/api and FOLDER/ingest, with this SDK's own runtime.
set -euo pipefail
folder=$(cd "$1" && pwd)
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$folder/dotnet"
cp -r "$sdk/dotnet" "$sdk/host" "$sdk/shared" "$folder/dotnet/"
for program in Api Ingest; do
  name=${program,,}
  cat >"$folder/$name.Dockerfile" <<DOCKERFILE
FROM marketing-ci-base:bookworm
COPY dotnet /opt/dotnet
COPY $name /app
RUN mkdir --parents /home/app && chown 1654:1654 /home/app
USER 1654
ENV HTTP_PORTS=8080 HOME=/home/app
WORKDIR /app
ENTRYPOINT ["/opt/dotnet/dotnet", "Marketing.$program.dll"]
DOCKERFILE
  DOCKER_BUILDKIT=0 docker build --quiet --label marketing-ci=true --tag "marketing-$name:ci" --file "$folder/$name.Dockerfile" "$folder" 2>/dev/null
done
docker image prune --force --filter label=marketing-ci=true >/dev/null # those of the run before
