using System.CommandLine;

namespace Marketing.Ingest.Backup;

/// <summary>The command <c>restore</c>.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var directory = VerifyCommand.Directory("A backup, or a folder of backups, of which the newest is restored.");
        var to = new Option<string?>("--to") { Description = "The data directory. Default: Storage:DataDirectory.", HelpName = "DATA" };
        var replace = new Option<bool>("--replace") { Description = "Moves data that is there into a folder beside it. Without it, a directory with data is refused." };
        var command = new Command("restore", "Puts a backup into a data directory and applies the erasures made since.") { directory, to, replace };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync<RestoreRun>(
            builder => builder.AddRestoreCommand(parsed.GetValue(to), System.Console.Out),
            run => run.RunAsync(parsed.GetRequiredValue(directory), parsed.GetValue(replace), cancellationToken),
            cancellationToken));
        return command;
    }
}
