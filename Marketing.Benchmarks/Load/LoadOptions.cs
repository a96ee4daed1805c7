namespace Marketing.Benchmarks.Load;

/// <summary>The options of a load run.</summary>
/// <param name="Users">The users of the generated world; ten interactions each on average.</param>
/// <param name="Campaigns">The campaigns of the world.</param>
/// <param name="Seconds">The length of each wrk and vegeta run.</param>
/// <param name="Connections">The connections of wrk.</param>
/// <param name="Rates">The constant rates for vegeta, in requests per second.</param>
/// <param name="Vegeta">The path of vegeta; null to skip it.</param>
/// <param name="Workers">
/// The numbers of worker processes to project with, one run after the other, when the stores are servers
/// (<c>ConnectionStrings__…</c> in the environment, each empty); empty when the API hosts the projector.
/// </param>
internal sealed record LoadOptions(
    int Users, int Campaigns, int Seconds, int Connections, IReadOnlyList<int> Rates, string? Vegeta, IReadOnlyList<int> Workers)
{
    /// <summary>The interactions of the world, a fifth of them chats.</summary>
    public long Interactions => 10L * Users;

    /// <summary>Parses options such as <c>--users 10000,100000</c>; returns one set for each size.</summary>
    public static IReadOnlyList<LoadOptions> Parse(string[] args)
    {
        string Value(string name, string fallback) =>
            Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : fallback;

        var vegeta = Value("--vegeta", string.Empty);
        return [.. Value("--users", "100000").Split(',').Select(users => new LoadOptions(
            int.Parse(users),
            int.Parse(Value("--campaigns", "1000")),
            int.Parse(Value("--seconds", "10")),
            int.Parse(Value("--connections", "32")),
            [.. Value("--rates", "500,2000").Split(',').Select(int.Parse)],
            vegeta.Length == 0 ? null : vegeta,
            [.. Value("--workers", string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]))];
    }
}
