# No warnings, and no formatting changes.

install_packages curl=curl jq=jq setsid=util-linux
check "restores" dotnet restore Marketing.sln
check "builds without a warning" dotnet build Marketing.sln --no-restore -warnaserror
check "is formatted" dotnet format Marketing.sln --no-restore --verify-no-changes
