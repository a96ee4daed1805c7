using System.CommandLine;

namespace Marketing.Ingest.Backup;

/// <summary>The command <c>backup</c>.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var directory = new Argument<string?>("DIR")
        {
            Description = "The folder of the backups; each gets a folder of its own in it. Default: Backup:Directory.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var keep = new Option<int?>("--keep") { Description = "Deletes all but this many of the newest backups. Default: keeps all." };
        keep.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--keep must be greater than zero.");
            }
        });
        var command = new Command("backup", "Copies the embedded log while the product runs.") { directory, keep };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync<BackupRun>(
            run => run.RunAsync(parsed.GetValue(directory), parsed.GetValue(keep), cancellationToken), cancellationToken));
        return command;
    }
}
