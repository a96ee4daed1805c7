# The gates that are not opinions: no warning, nothing to reformat.

install_packages curl=curl jq=jq setsid=util-linux
check "restores" dotnet restore Marketing.sln
check "builds without a warning" dotnet build Marketing.sln --no-restore -warnaserror
check "is formatted" dotnet format Marketing.sln --no-restore --verify-no-changes
