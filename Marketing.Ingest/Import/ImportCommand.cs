using System.CommandLine;

namespace Marketing.Ingest.Import;

/// <summary>The command <c>import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Interactions: NDJSON, JSON, CSV or other files with columns, with or without gzip; - is standard input.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var campaigns = new Option<string[]>("--campaigns")
        {
            Description = "Campaigns as NDJSON or a JSON array; imported before the interactions.",
            HelpName = "FILE",
        };
        var fields = new Option<string[]>("--field")
        {
            Description = "Fills a field from other columns, such as userId=household-{household_id}, type=view or type={event:transaction=convert,*=view}.",
            HelpName = "NAME=VALUE",
        };
        var format = new Option<string?>("--format")
        {
            Description = "The format of the files, if it is not detected correctly.",
        }.AcceptOnlyFromAmong("ndjson", "json", "csv", "tsv");
        var separator = Text("--separator", "TEXT", "The separator of the cells: tab, comma, semicolon, pipe or up to 8 characters. Default: detected from the first lines.");
        var columns = Text("--columns", "NAMES", "The columns of files without a header, such as userId,movieId,rating,timestamp.");
        var encoding = Text("--encoding", "NAME", "The encoding of the text, such as utf-16, iso-8859-1 or windows-1252. Default: from the byte order mark, else utf-8.");
        var timeFormat = Text("--time-format", "FORMAT", "The format of times: iso, epoch-s, epoch-ms, epoch-us, epoch-ns or a pattern such as 'MM/dd/yyyy HH:mm'. Default: detected from the first lines.");
        var timeZone = Text("--time-zone", "ZONE", "The time zone of times without an offset, such as Europe/Berlin or +02:00. Default: UTC.");
        var keepDecimals = new Option<bool>("--keep-decimals") { Description = "Keeps ids such as 12.0 as they are, even if all ids look like that." };
        var command = new Command("import", "Imports files into the log. Run an interrupted import again to continue where it stopped.")
        {
            files, campaigns, fields, format, separator, columns, encoding, timeFormat, timeZone, keepDecimals,
        };
        command.Validators.Add(result =>
        {
            // Otherwise a misspelled option and its value would be read as file names.
            if (result.GetValue(files)?.FirstOrDefault(static file => file.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            {
                result.AddError($"{unknown} is not an option of import; write a file with that name as ./{unknown}.");
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
