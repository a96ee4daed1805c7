using System.Text.RegularExpressions;

namespace Marketing.Benchmarks.Load;

/// <summary>Sends requests as fast as responses arrive.</summary>
/// <remarks>Because it waits for slow responses, use <see cref="Vegeta"/> for percentiles under load.</remarks>
internal static partial class Wrk
{
    private const int Threads = 2;

    /// <summary>Never repeats a request, so that nothing comes from the cache.</summary>
    public static Task<WrkResult> UncachedAsync(Uri address, LoadOptions options, int firstLimit) =>
        RunAsync(address, options, options.Users, firstLimit);

    /// <summary>Requests the same hundred users repeatedly.</summary>
    public static Task<WrkResult> CachedAsync(Uri address, LoadOptions options) => RunAsync(address, options, 100, 0);

    /// <param name="address">The address of the API.</param>
    /// <param name="options">The duration and the number of connections.</param>
    /// <param name="users">The number of users to request in turn.</param>
    /// <param name="firstLimit">The limit of the first round, increased by one in each round; 0 always uses the default.</param>
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
