using System.CommandLine;

namespace Marketing.Ingest.Copy;

/// <summary>The command <c>copy</c>.</summary>
internal static class CopyCommand
{
    private const string Mongo = "mongodb";

    public static Command Create()
    {
        var to = new Option<string>("--to")
        {
            Description = "The target: mongodb, from the embedded log to ConnectionStrings:mongodb, or embedded, the other way.",
            Required = true,
        }.AcceptOnlyFromAmong(Mongo, "embedded");
        var command = new Command("copy", "Copies the log and everything stored with it between the embedded form and MongoDB. Run it again to continue or to catch up.") { to };
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync<CopyLogRun>(
            static builder => builder.AddCopyCommand(System.Console.Out),
            run => run.RunAsync(parsed.GetRequiredValue(to) == Mongo, cancellationToken),
            cancellationToken));
        return command;
    }
}
