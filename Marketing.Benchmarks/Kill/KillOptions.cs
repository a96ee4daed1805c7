namespace Marketing.Benchmarks.Kill;

/// <summary>How a kill run goes.</summary>
/// <param name="Count">Kills in all.</param>
/// <param name="CheckEvery">Kills between two consistency checks.</param>
/// <param name="Writers">Clients that post interactions at the same time.</param>
/// <param name="Port">Loopback port of the API.</param>
/// <param name="Seed">Seed of the load and of the moments of death.</param>
internal sealed record KillOptions(int Count, int CheckEvery, int Writers, int Port, int Seed)
{
    /// <summary>Reads <c>--count 1000 --check-every 100 --writers 3 --port 25081 --seed 1</c>.</summary>
    public static KillOptions Parse(string[] args)
    {
        int Value(string name, int fallback) =>
            Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1]) : fallback;

        return new KillOptions(
            Value("--count", 100), Value("--check-every", 100), Value("--writers", 3), Value("--port", 25_081), Value("--seed", 1));
    }
}
