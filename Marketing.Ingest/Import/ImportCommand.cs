using System.CommandLine;

namespace Marketing.Ingest.Import;

/// <summary>The command <c>import</c>: its arguments, and what runs it.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Interactions: NDJSON, or CSV with a header, either of them compressed with gzip; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var campaigns = new Option<string[]>("--campaigns")
        {
            Description = "Campaigns as NDJSON; imported before the interactions.",
            HelpName = "FILE",
        };
        var fields = new Option<string[]>("--field")
        {
            Description = "For CSV: fills a field from other columns, such as userId=household-{household_id} or type=view.",
            HelpName = "NAME=VALUE",
        };
        var format = new Option<string?>("--format")
        {
            Description = "What the files are, when their names do not say so.",
        }.AcceptOnlyFromAmong("ndjson", "csv");
        var command = new Command("import", "Takes files into the log. An interrupted import goes on where it was when it is run again.")
        {
            files, campaigns, fields, format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(files) is not { Length: > 0 } && result.GetValue(campaigns) is not { Length: > 0 })
            {
                result.AddError("Name at least one FILE, or - for standard input.");
            }
        });
        command.SetAction((parsed, cancellationToken) => CommandHost.RunAsync<ImportRun>(
            run => run.RunAsync(
                new ImportOptions(
                    parsed.GetValue(files) ?? [],
                    parsed.GetValue(campaigns) ?? [],
                    parsed.GetValue(fields) ?? [],
                    parsed.GetValue(format)),
                cancellationToken),
            cancellationToken));
        return command;
    }
}
