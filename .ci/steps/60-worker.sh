# The worker without servers exits with a message; an invalid setting is reported in one sentence.

said=$(dotnet run --no-build --project Marketing.Ingest 2>&1 </dev/null)
expect "the worker without servers ends with an error" "$([ $? -ne 0 ] && echo yes)" yes
expect_in "and says who hosts the projector" "$said" "the API hosts the projector"
said=$(Storage__DataDirectory=/proc/nowhere dotnet run --no-build --project Marketing.Api 2>&1 </dev/null)
expect "a data folder that cannot be ends with an error" "$([ $? -ne 0 ] && echo yes)" yes
expect_in "and names the setting" "$said" "Storage:DataDirectory"
