# A feed may lack any optional package, so mixes of them must compile without a warning: none of those that this feed serves, one half,
# and the other half without Aspire.

served=()
for package in $(sed -n 's/.*<FeedHas\([A-Za-z0-9]*\)>true<.*/\1/p' artifacts/feed-probe/*.props | sort -u); do
  [ "$package" = Aspire ] || served+=("$package")
done

git clone -q . "$work/mixes"
mkdir -p "$work/mixes/artifacts"
cp -r artifacts/feed-probe "$work/mixes/artifacts/"

# builds_without PACKAGE...: compiles a clone as if the feed lacked these packages.
builds_without() {
  [ "$#" -gt 0 ] || return 0
  check "builds without ${*#-p:Has}" dotnet build "$work/mixes/Marketing.sln" -v q -warnaserror "${@/%/=false}"
}

half=() other=()
for i in "${!served[@]}"; do
  if [ $((i % 2)) = 0 ]; then half+=("-p:Has${served[i]}"); else other+=("-p:Has${served[i]}"); fi
done
builds_without "${half[@]}" "${other[@]}"
builds_without "${half[@]}"
builds_without -p:HasAspire "${other[@]}"
rm -rf "$work/mixes"
