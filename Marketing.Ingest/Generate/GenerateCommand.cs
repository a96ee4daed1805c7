using System.CommandLine;

namespace Marketing.Ingest.Generate;

/// <summary>The command <c>generate</c>.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var users = Positive<int>("--users", "People.", 10_000);
        var campaigns = Positive<int>("--campaigns", "Campaigns.", 1_000);
        var interactions = Positive<long>("--interactions", "Interactions of all people together.", 1_000_000);
        var seed = new Option<int>("--seed") { Description = "Another seed, another world.", DefaultValueFactory = _ => 1 };
        var days = Positive<int>("--days", "Days from the first to the last interaction.", 90);
        var share = new Option<double>("--chats")
        {
            Description = "Part of the interactions that are chats.",
            DefaultValueFactory = _ => 0.2,
            HelpName = "0..1",
        };
        var until = new Option<DateTimeOffset?>("--until")
        {
            Description = "When the world ends. By default a fixed day for a file, so that it is always the same, and now for the log.",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Writes NDJSON there (gzip when it ends in .gz), and the campaigns beside it; without it, all goes into the log.",
            HelpName = "FILE",
        };
        share.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() is < 0 or > 1)
            {
                result.AddError("--chats must be from 0 to 1.");
            }
        });
        var command = new Command("generate", "Makes a believable world of any size; the same options make the same world.")
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
                result.AddError($"{name} must be over zero.");
            }
        });
        return option;
    }
}
