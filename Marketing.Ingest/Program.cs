using System.CommandLine;
using Marketing.Ingest.Generate;
using Marketing.Ingest.Import;

namespace Marketing.Ingest;

/// <summary>Not in the global namespace: there the API's is, which tests start.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var command = new RootCommand("Brings interactions into the log, and from there to where they are searched.")
        {
            ImportCommand.Create(),
            GenerateCommand.Create(),
        };
        command.TreatUnmatchedTokensAsErrors = false; // settings of the worker, such as --urls=http://localhost:5090
        command.SetAction((parsed, cancellationToken) => Worker.RunAsync([.. parsed.UnmatchedTokens], cancellationToken));
        var arguments = command.Parse(args);
        var exit = await arguments.InvokeAsync();
        return arguments.Errors.Count > 0 ? ImportExit.WrongSetting : exit;
    }
}
