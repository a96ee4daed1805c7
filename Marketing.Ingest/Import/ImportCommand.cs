using System.CommandLine;

namespace Marketing.Ingest.Import;

/// <summary>The command <c>import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Interactions: NDJSON, JSON, CSV or other files with columns, compressed with gzip or not; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var campaigns = new Option<string[]>("--campaigns")
        {
            Description = "Campaigns as NDJSON or a list of JSON objects; imported before the interactions.",
            HelpName = "FILE",
        };
        var fields = new Option<string[]>("--field")
        {
            Description = "Fills a field from other columns, such as userId=household-{household_id}, type=view or type={event:transaction=convert,*=view}.",
            HelpName = "NAME=VALUE",
        };
        var format = new Option<string?>("--format")
        {
            Description = "What the files are, where their content is taken for something else.",
        }.AcceptOnlyFromAmong("ndjson", "json", "csv", "tsv");
        var separator = Text("--separator", "TEXT", "What is between two cells: tab, comma, semicolon, pipe or up to 8 characters. Default: as the first lines show.");
        var columns = Text("--columns", "NAMES", "The columns of files without a header, such as userId,movieId,rating,timestamp.");
        var encoding = Text("--encoding", "NAME", "What the text is in, such as utf-16, iso-8859-1 or windows-1252. Default: as the byte order mark says, or utf-8.");
        var timeFormat = Text("--time-format", "FORMAT", "How times are written: iso, epoch-s, epoch-ms, epoch-us, epoch-ns or a pattern such as 'MM/dd/yyyy HH:mm'. Default: as the first lines show.");
        var timeZone = Text("--time-zone", "ZONE", "Whose clock shows times without an offset, such as Europe/Berlin or +02:00. Default: UTC.");
        var keepDecimals = new Option<bool>("--keep-decimals") { Description = "Ids such as 12.0 stay as they are, also where all are written so." };
        var command = new Command("import", "Takes files into the log. An interrupted import goes on where it was when it is run again.")
        {
            files, campaigns, fields, format, separator, columns, encoding, timeFormat, timeZone, keepDecimals,
        };
        command.Validators.Add(result =>
        {
            // Otherwise a misspelled option and its value would be read as file names.
            if (result.GetValue(files)?.FirstOrDefault(static file => file.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            {
                result.AddError($"{unknown} is not an option of import; a file of that name is ./{unknown}.");
            }

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
                    parsed.GetValue(format))
                {
                    Separator = parsed.GetValue(separator),
                    Columns = parsed.GetValue(columns),
                    Encoding = parsed.GetValue(encoding),
                    TimeFormat = parsed.GetValue(timeFormat),
                    TimeZone = parsed.GetValue(timeZone),
                    KeepDecimals = parsed.GetValue(keepDecimals),
                },
                cancellationToken),
            cancellationToken));
        return command;
    }

    private static Option<string?> Text(string name, string help, string description) => new(name) { Description = description, HelpName = help };
}
