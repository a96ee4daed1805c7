using System.Diagnostics;
using System.Text.Json;

namespace Marketing.Benchmarks.Load;

/// <summary>Asks at a constant rate, whether answers come or not: a stall shows in the percentiles.</summary>
internal static class Vegeta
{
    /// <summary>Every request another user.</summary>
    /// <param name="program">The vegeta program.</param>
    /// <param name="address">Where the API is.</param>
    /// <param name="options">How long, and how many users there are.</param>
    /// <param name="rate">Requests a second.</param>
    /// <param name="limit">The limit to ask for, one that no other run asked for.</param>
    public static async Task<VegetaResult> RunAsync(string program, Uri address, LoadOptions options, int rate, int limit)
    {
        var targets = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(targets, Enumerable.Range(0, Math.Min(options.Users, rate * options.Seconds))
                .Select(i => $"GET {address}recommendations/user-{i + 1:D7}?limit={limit}"));
            using var shell = new Process
            {
                StartInfo = new ProcessStartInfo("sh",
                [
                    "-c", "\"$1\" attack -rate=\"$2\" -duration=\"$3\" -targets=\"$4\" | \"$1\" report -type=json",
                    "sh", program, $"{rate}", $"{options.Seconds}s", targets,
                ])
                { RedirectStandardOutput = true },
            };
            shell.Start();
            using var report = JsonDocument.Parse(await shell.StandardOutput.ReadToEndAsync());
            await shell.WaitForExitAsync();
            var latencies = report.RootElement.GetProperty("latencies");
            double Milliseconds(string name) => latencies.GetProperty(name).GetInt64() / 1e6;
            return new VegetaResult(
                rate, Milliseconds("50th"), Milliseconds("99th"), Milliseconds("max"), report.RootElement.GetProperty("success").GetDouble());
        }
        finally
        {
            File.Delete(targets);
        }
    }
}
