# shellcheck shell=bash disable=SC2154
# The container image, built from its Dockerfile by buildah, which needs no daemon, and run as `docker run -v "$PWD:/src"` does.
needs buildah
uses "$(buildah --version | cut -d ' ' -f 1-3)"
export STORAGE_DRIVER=vfs BUILDAH_ISOLATION=chroot BUILDAH_FORMAT=docker
store=(buildah --root "$PWD/storage" --runroot "$PWD/run")
"${store[@]}" version >/dev/null || skip "buildah does not run here"
case $arch in x86_64) container_arch=amd64 ;; aarch64) container_arch=arm64 ;; esac
"${store[@]}" build --build-arg "TARGETARCH=$container_arch" --tag "fnlint:$version" "$packages_folder/docker"
"${store[@]}" inspect --type image "fnlint:$version" >inspected
grep -q '"/fnlint"' inspected
grep -q "\"org.opencontainers.image.version\": \"$version\"" inspected
grep -q '"User": "65532:65532"' inspected
container=$("${store[@]}" from "fnlint:$version")
# buildah runs no entry point by itself.
finds "${store[@]}" run --volume "$project:/src" "$container" -- /fnlint
[[ $("${store[@]}" run "$container" -- /fnlint version) == "fnlint $version" ]]
