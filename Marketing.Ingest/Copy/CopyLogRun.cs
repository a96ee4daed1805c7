using System.Globalization;
using Marketing.Ingest.Progress;
using Marketing.Stores.Copying;

namespace Marketing.Ingest.Copy;

/// <summary>Copies the log and reports both sides.</summary>
internal sealed class CopyLogRun(ILogCopy copy, IProgressDisplay progress, TimeProvider time, TextWriter output) : ICopyProgress
{
    /// <summary>The target does not have everything.</summary>
    private const int Incomplete = 1;

    private bool _started;

    public async Task<int> RunAsync(bool toMongo, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        CopyResult result;
        try
        {
            result = await copy.RunAsync(toMongo, this, cancellationToken);
        }
        finally
        {
            if (_started)
            {
                await progress.StopAsync();
            }
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{result.Interactions:N0} interactions copied in {time.GetElapsedTime(started).TotalSeconds:N1} s and {result.Passes} passes; {result.Erased:N0} users erased at the target"));
        foreach (var part in result.Parts)
        {
            await output.WriteLineAsync(Line(part));
        }

        await output.WriteLineAsync(Verdict(result));
        return result.Missing == 0 ? 0 : Incomplete;
    }

    public void Started(long total, long before)
    {
        progress.Start("copy", total, before);
        _started = true;
    }

    public void Copied(long done) => progress.Report(done, done);

    private static string Line(ComparedPart part) => string.Create(CultureInfo.InvariantCulture,
        $"  {part.Source.Name,-18}{part.Source.Count,12:N0} → {part.Target.Count,12:N0}  {part.Source.Digest[..12]} {(part.IsEqual ? "=" : "≠")} {part.Target.Digest[..12]}");

    private static string Verdict(CopyResult result)
    {
        var unnamed = result.Unnamed == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $" The attributes of {result.Unnamed:N0} users stay behind: an older version stored them without the id; send them again.");
        return (result switch
        {
            { Missing: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{result.Missing:N0} interactions differ at the target: another one has the same id there."),
            { IsEqual: true } => "Both have the same records.",
            _ => "The target has every interaction of the source; what differs was written while the copy ran, or at the target.",
        }) + unnamed;
    }
}
