using System.Globalization;
using Marketing.Tests.Servers;

namespace Marketing.Tests.Faults;

/// <summary>A row of the table in docs/reliability.md.</summary>
/// <param name="Server">The server that failed.</param>
/// <param name="Fault">The fault.</param>
/// <param name="Answered">Requests for recommendations answered, of those sent during the fault and until recovery.</param>
/// <param name="Failed">Requests not answered with 200.</param>
/// <param name="P99">99th percentile response time, in milliseconds.</param>
/// <param name="Slowest">Longest response time, in milliseconds.</param>
/// <param name="Degraded">The stores that responses listed as degraded.</param>
/// <param name="Writes">The outcome of the interactions.</param>
/// <param name="SlowestWrite">Longest response time of a batch, in milliseconds.</param>
/// <param name="AnswersAfter">Seconds from the end of the fault until all responses are complete again.</param>
/// <param name="QueueAfter">Seconds from the end of the fault until everything sent before it is projected.</param>
internal sealed record FaultRow(
    string Server,
    FaultKind Fault,
    int Answered,
    int Failed,
    double P99,
    double Slowest,
    string Degraded,
    string Writes,
    double SlowestWrite,
    double AnswersAfter,
    double QueueAfter)
{
    public const string Header =
        "| server | fault | answered | p99 / max ms | `degraded` | batches written, slowest | whole answers after | queue moves after |\n"
        + "|---|---|---:|---:|---|---|---:|---:|";

    public static FaultRow Of(ServerKind kind, FaultKind fault, Load load, TimeSpan began, TimeSpan ended, TimeSpan queue)
    {
        var recovered = load.Reads.Where(read => !read.IsGood && read.Began >= ended).Select(read => read.Ended).DefaultIfEmpty(ended).Max();
        var reads = load.Reads.Where(read => read.Ended >= began && read.Began <= recovered).ToList();
        var writes = load.Writes.Where(write => write.Ended >= began && write.Began <= ended).ToList();
        var times = reads.Select(read => read.Took.TotalMilliseconds).Order().ToList();
        return new FaultRow(
            kind.Name,
            fault,
            reads.Count(read => read.Status == 200),
            reads.Count(read => read.Status != 200),
            times[(int)(times.Count * 0.99)],
            times[^1],
            Summary(reads.Where(read => read.Degraded.Length > 0).Select(read => read.Degraded)),
            Summary(writes.Select(write => write.Status == 0 ? "no answer" : write.Status.ToString(CultureInfo.InvariantCulture))),
            writes.Select(write => write.Took.TotalMilliseconds).DefaultIfEmpty().Max(),
            (recovered - ended).TotalSeconds,
            Math.Max(0, queue.TotalSeconds));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Server} | {Fault.ToString().ToLowerInvariant()} | {Answered} of {Answered + Failed} | {P99:0} / {Slowest:0} | {Degraded} | {Writes}, {SlowestWrite / 1000:0.0} s | {AnswersAfter:0.0} s | {QueueAfter:0.0} s |");

    private static string Summary(IEnumerable<string> what) => string.Join(
        ", ", what.GroupBy(name => name).OrderByDescending(group => group.Count()).Select(group => $"{group.Key} ×{group.Count()}"));
}
