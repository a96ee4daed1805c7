using System.Diagnostics;
using System.Text.Json;

namespace Marketing.Benchmarks.Load;

/// <summary>Sends requests at a constant rate, whether or not responses arrive, so that a stall shows in the percentiles.</summary>
internal static class Vegeta
{
    /// <summary>Runs vegeta with a different user in every request.</summary>
    /// <param name="program">The path of vegeta.</param>
    /// <param name="address">The address of the API.</param>
    /// <param name="options">The duration and the number of users.</param>
    /// <param name="rate">The requests per second.</param>
    /// <param name="limit">The recommendation limit to request, which no other run uses.</param>
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
