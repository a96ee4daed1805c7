# The worker without servers exits with a message; an invalid setting is reported in one sentence.

said=$(dotnet run --no-build --project Marketing.Ingest 2>&1 </dev/null)
expect "a worker without servers exits with an error" "$([ $? -ne 0 ] && echo yes)" yes
expect_in "the error says which process hosts the projector" "$said" "the API hosts the projector"
said=$(Storage__DataDirectory=/proc/nowhere dotnet run --no-build --project Marketing.Api 2>&1 </dev/null)
expect "an impossible data folder stops the program" "$([ $? -ne 0 ] && echo yes)" yes
expect_in "the error names the setting" "$said" "Storage:DataDirectory"
