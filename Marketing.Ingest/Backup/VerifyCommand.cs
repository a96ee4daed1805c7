using System.CommandLine;

namespace Marketing.Ingest.Backup;

/// <summary>The command <c>verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var directory = Directory("A backup, or a folder of backups, of which the newest is checked.");
        var command = new Command("verify", "Checks that a backup is complete and unchanged.") { directory };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync<VerifyRun>(
            static builder => builder.AddVerifyCommand(System.Console.Out),
            run => run.RunAsync(parsed.GetRequiredValue(directory), cancellationToken),
            cancellationToken));
        return command;
    }

    internal static Argument<string> Directory(string description) => new("DIR") { Description = description };
}
