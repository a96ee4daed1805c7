namespace Marketing.Benchmarks.Kill;

/// <summary>The options of a kill run.</summary>
/// <param name="Count">The total number of kills.</param>
/// <param name="CheckEvery">The kills between two consistency checks.</param>
/// <param name="Apis">The APIs behind one address; more than one need servers.</param>
/// <param name="Workers">The workers, if the stores are servers.</param>
/// <param name="Writers">The clients that post interactions concurrently.</param>
/// <param name="Readers">The clients that read recommendations concurrently.</param>
/// <param name="Port">The loopback port of the address; the APIs have the ports after it.</param>
/// <param name="Seed">The seed of the load and of the kill times.</param>
internal sealed record KillOptions(int Count, int CheckEvery, int Apis, int Workers, int Writers, int Readers, int Port, int Seed)
{
    /// <summary>
    /// Parses <c>--count 1000 --check-every 100 --apis 1 --workers 1 --writers 3 --readers 1 --port 25081 --seed 1</c>.
    /// </summary>
    public static KillOptions Parse(string[] args)
    {
        int Value(string name, int fallback) =>
            Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1]) : fallback;

        return new KillOptions(
            Value("--count", 100),
            Value("--check-every", 100),
            Value("--apis", 1),
            Value("--workers", 1),
            Value("--writers", 3),
            Value("--readers", 1),
            Value("--port", 25_081),
            Value("--seed", 1));
    }
}
