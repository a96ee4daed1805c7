using System.Globalization;

namespace Marketing.Ingest.Progress;

/// <summary>Prints a line every few seconds, for logs and pipes.</summary>
internal sealed class ProgressLines(TextWriter output, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private string _name = string.Empty;
    private string _unit = string.Empty;
    private ProgressRate? _rate;
    private long _lastAt;

    public void Start(string name, long? length, long doneBefore, string unit)
    {
        (_name, _unit, _rate, _lastAt) = (name, unit, new ProgressRate(time, length, doneBefore), time.GetTimestamp());
        if (doneBefore > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: continues after {doneBefore:N0} {unit}"));
        }
    }

    public void Report(long position, ImportTotals totals)
    {
        var left = _rate?.Left(position);
        if (_rate is null || time.GetElapsedTime(_lastAt) < Interval)
        {
            return;
        }

        _lastAt = time.GetTimestamp();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_name}: {totals.Records:N0} {_unit}, {_rate.PerSecond(totals.Records):N0}/s{Percent(position)}{Left(left)}"));
    }

    public ValueTask StopAsync() => ValueTask.CompletedTask;

    private string Percent(long position) =>
        _rate?.Part(position) is { } part ? string.Create(CultureInfo.InvariantCulture, $", {part:P0}") : string.Empty;

    private static string Left(TimeSpan? left) =>
        left is { } time ? string.Create(CultureInfo.InvariantCulture, $", {time:hh\\:mm\\:ss} left") : string.Empty;
}
