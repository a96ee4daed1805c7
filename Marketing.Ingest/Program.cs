using System.CommandLine;
using Marketing.Ingest;
using Marketing.Ingest.Generate;
using Marketing.Ingest.Import;

var command = new RootCommand("Brings interactions into the log, and from there to where they are searched.")
{
    ImportCommand.Create(),
    GenerateCommand.Create(),
};
command.TreatUnmatchedTokensAsErrors = false; // settings of the worker, such as --urls=http://localhost:5090
command.SetAction((parsed, cancellationToken) => Worker.RunAsync([.. parsed.UnmatchedTokens], cancellationToken));
return await command.Parse(args).InvokeAsync();
