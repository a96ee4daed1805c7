using System.Text.RegularExpressions;

namespace Marketing.Benchmarks.Load;

/// <summary>Asks as fast as answers come. It waits for a slow answer before it asks again: for percentiles under load see <see cref="Vegeta"/>.</summary>
internal static partial class Wrk
{
    private const int Threads = 2;

    /// <summary>Every request another user, and none twice: nothing is answered from the cache.</summary>
    public static Task<WrkResult> UncachedAsync(Uri address, LoadOptions options, int firstLimit) =>
        RunAsync(address, options, options.Users, firstLimit);

    /// <summary>A hundred users over and over.</summary>
    public static Task<WrkResult> CachedAsync(Uri address, LoadOptions options) => RunAsync(address, options, 100, 0);

    /// <param name="address">Where the API is.</param>
    /// <param name="options">How long, and over how many connections.</param>
    /// <param name="users">Users that are asked for in turn.</param>
    /// <param name="firstLimit">The limit asked for in the first round, one more in each round after it; 0: always the default.</param>
    private static async Task<WrkResult> RunAsync(Uri address, LoadOptions options, int users, int firstLimit)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Load", "users.lua");
        var said = await ChildProcess.RunAsync("wrk",
        [
            $"-t{Threads}", $"-c{options.Connections}", $"-d{options.Seconds}s", "--latency", "-s", script, address.ToString(),
            "--", $"{users}", $"{firstLimit}", $"{Threads}",
        ]);
        return new WrkResult(
            double.Parse(Rate().Match(said).Groups[1].Value),
            P50().Match(said).Groups[1].Value,
            P99().Match(said).Groups[1].Value,
            Errors().Match(said) is { Success: true } errors ? long.Parse(errors.Groups[1].Value) : 0);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"50%\s+(\S+)")]
    private static partial Regex P50();

    [GeneratedRegex(@"99%\s+(\S+)")]
    private static partial Regex P99();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Errors();
}
