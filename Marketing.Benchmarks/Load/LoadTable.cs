namespace Marketing.Benchmarks.Load;

/// <summary>Writes results as the Markdown tables of docs/performance.md.</summary>
internal static class LoadTable
{
    private static readonly (string Name, Func<LoadResult, string> Value)[] Rows =
    [
        ("interactions", r => $"{r.Options.Interactions:N0}"),
        ("generated to a file /s", r => $"{r.GenerateRate:N0}"),
        ("plain SQLite insert loop /s", r => $"{r.RawSqliteRate:N0}"),
        ("import into the log alone /s", r => $"{r.ImportRate:N0}"),
        ("… of the plain loop", r => $"{r.ImportRate / r.RawSqliteRate:0.00}×"),
        ("projected after an import /s", r => string.Join(", ", r.Projected.Select(p => p.Workers == 0 ? $"{p.Rate:N0}" : $"{p.Rate:N0} by {p.Workers}"))),
        ("POST NDJSON until acknowledged /s", r => $"{r.PostRate:N0}"),
        ("POST NDJSON until projected /s", r => $"{r.EndToEndRate:N0}"),
        ("start until healthy, s", r => $"{r.StartSeconds:0.0}"),
        ("memory after start, MB", r => $"{r.MemoryMegabytes:N0}"),
        ("… over an empty start, bytes per user", r => $"{(r.MemoryMegabytes - r.EmptyMemoryMegabytes) * 1e6 / r.Options.Users:N0}"),
        ("disk, MB", r => $"{r.DiskMegabytes:N0}"),
        ("wrk, uncached /s", r => $"{r.Uncached?.Rate:N0}"),
        ("wrk, uncached p50 / p99", r => $"{r.Uncached?.P50} / {r.Uncached?.P99}"),
        ("wrk, cached /s", r => $"{r.Cached?.Rate:N0}"),
        ("wrk, cached p50 / p99", r => $"{r.Cached?.P50} / {r.Cached?.P99}"),
        ("answers other than 200", r => $"{r.Uncached?.Errors + r.Cached?.Errors}"),
    ];

    public static void Write(IReadOnlyList<LoadResult> results, TextWriter output)
    {
        output.WriteLine($"| users | {string.Join(" | ", results.Select(r => $"{r.Options.Users:N0}"))} |");
        output.WriteLine($"|---|{string.Concat(results.Select(_ => "---:|"))}");
        foreach (var (name, value) in Rows)
        {
            output.WriteLine($"| {name} | {string.Join(" | ", results.Select(value))} |");
        }

        output.WriteLine();
        output.WriteLine("| users | constant rate, uncached /s | p50 ms | p99 ms | max ms | success |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|");
        foreach (var result in results)
        {
            foreach (var at in result.Constant)
            {
                output.WriteLine(
                    $"| {result.Options.Users:N0} | {at.Rate:N0} | {at.P50Milliseconds:0.00} | {at.P99Milliseconds:0.00} | {at.MaxMilliseconds:0.0} | {at.Success:P2} |");
            }
        }
    }
}
