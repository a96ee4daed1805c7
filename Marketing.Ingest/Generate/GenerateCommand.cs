using System.CommandLine;

namespace Marketing.Ingest.Generate;

/// <summary>The command <c>generate</c>.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var users = Positive<int>("--users", "Number of users.", 10_000);
        var campaigns = Positive<int>("--campaigns", "Number of campaigns.", 1_000);
        var interactions = Positive<long>("--interactions", "Total number of interactions.", 1_000_000);
        var seed = new Option<int>("--seed") { Description = "A different seed gives a different world.", DefaultValueFactory = _ => 1 };
        var days = Positive<int>("--days", "Days from the first to the last interaction.", 90);
        var share = new Option<double>("--chats")
        {
            Description = "Share of the interactions that are chats.",
            DefaultValueFactory = _ => 0.2,
            HelpName = "0..1",
        };
        var until = new Option<DateTimeOffset?>("--until")
        {
            Description = "When the world ends. Default: now for the log; for a file a fixed day, so that the file is always the same.",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Writes the interactions to this NDJSON file (compressed if it ends in .gz), and the campaigns next to it. Default: appends to the log.",
            HelpName = "FILE",
        };
        share.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() is < 0 or > 1)
            {
                result.AddError("--chats must be from 0 to 1.");
            }
        });
        var command = new Command("generate", "Generates a realistic world of any size. The same options give the same world.")
        {
            users, campaigns, interactions, seed, days, share, until, output,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(output);
            var end = parsed.GetValue(until) ?? (path is null ? TimeProvider.System.GetUtcNow() : WorldOptions.DefaultEnd);
            var world = new World(new WorldOptions(
                parsed.GetValue(users),
                parsed.GetValue(campaigns),
                parsed.GetValue(interactions),
                parsed.GetValue(seed),
                parsed.GetValue(share),
                TimeSpan.FromDays(parsed.GetValue(days)),
                end));
            return path is null
                ? CommandHost.RunAsync<WorldLoad>(load => load.RunAsync(world, parsed.GetValue(interactions), cancellationToken), cancellationToken)
                : WorldFile.WriteAsync(world, path, System.Console.Out, cancellationToken);
        });
        return command;
    }

    private static Option<T> Positive<T>(string name, string description, T value)
        where T : struct, IComparable<T>
    {
        var option = new Option<T>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>().CompareTo(default) <= 0)
            {
                result.AddError($"{name} must be greater than zero.");
            }
        });
        return option;
    }
}
