using System.Diagnostics.Metrics;

namespace Marketing.Benchmarks.Recommendations;

/// <summary>Sums the time of each step from the recommender's own metrics.</summary>
internal sealed class StepTimes : IDisposable
{
    private readonly Dictionary<string, double> _seconds = [];
    private readonly MeterListener _listener = new();

    public StepTimes()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Name == "marketing.recommender.step.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            var step = $"{tags[0].Value}";
            _seconds[step] = _seconds.GetValueOrDefault(step) + seconds;
        });
        _listener.Start();
    }

    public void Print(int count)
    {
        foreach (var (step, seconds) in _seconds.OrderByDescending(entry => entry.Value))
        {
            Console.WriteLine($"  {step,-26} mean {seconds / count * 1e6,8:N1} µs");
        }
    }

    public void Dispose() => _listener.Dispose();
}
