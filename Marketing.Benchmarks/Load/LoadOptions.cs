namespace Marketing.Benchmarks.Load;

/// <summary>What a load run is made of.</summary>
/// <param name="Users">People of the generated world; ten interactions each on average.</param>
/// <param name="Campaigns">Campaigns of the world.</param>
/// <param name="Seconds">Length of each wrk and vegeta run.</param>
/// <param name="Connections">Connections of wrk.</param>
/// <param name="Rates">Constant rates for vegeta, requests a second.</param>
/// <param name="Vegeta">The vegeta program; null: leave it out.</param>
/// <param name="Workers">
/// Numbers of worker processes to project with, one after the other, where the stores are servers
/// (<c>ConnectionStrings__…</c> in the environment, each empty); empty: the API projects for itself.
/// </param>
internal sealed record LoadOptions(
    int Users, int Campaigns, int Seconds, int Connections, IReadOnlyList<int> Rates, string? Vegeta, IReadOnlyList<int> Workers)
{
    /// <summary>Interactions of the world; a fifth are chats.</summary>
    public long Interactions => 10L * Users;

    /// <summary>Reads <c>--users 10000,100000</c> and the like; one set of options a size.</summary>
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
