using System.CommandLine;
using Marketing.Ingest.Backup;
using Marketing.Ingest.Copy;
using Marketing.Ingest.Generate;
using Marketing.Ingest.Import;

namespace Marketing.Ingest;

/// <summary>The entry point.</summary>
/// <remarks>Not in the global namespace, which holds the API's <c>Program</c> that tests start.</remarks>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var command = new RootCommand("Imports interactions into the log, and projects them into the stores that serve recommendations.")
        {
            ImportCommand.Create(),
            GenerateCommand.Create(),
            BackupCommand.Create(),
            VerifyCommand.Create(),
            RestoreCommand.Create(),
            CopyCommand.Create(),
        };
        command.TreatUnmatchedTokensAsErrors = false; // Passes settings such as --urls=http://localhost:5090 to the worker.
        command.SetAction((parsed, cancellationToken) => Worker.RunAsync([.. parsed.UnmatchedTokens], cancellationToken));
        var arguments = command.Parse(args);
        var exit = await arguments.InvokeAsync();
        return arguments.Errors.Count > 0 ? ImportExit.WrongSetting : exit;
    }
}
