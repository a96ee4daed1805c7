using OpenTelemetry.Trace;

namespace Marketing.ServiceDefaults;

/// <summary>
/// Keeps what another sampler would keep, but no more than so many traces a second, with a second's worth at once: all while
/// few come, and a sample under load, where a trace of each request would cost more than the request.
/// </summary>
/// <remarks>The generic cell rate algorithm (ITU-T I.371), on one number.</remarks>
internal sealed class CappedSampler(Sampler inner, double perSecond, TimeProvider time) : Sampler
{
    private readonly long _interval = perSecond > 0 ? (long)(time.TimestampFrequency / perSecond) : 0;

    // When the next trace would be due if they came evenly.
    private long _due = long.MinValue;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var result = inner.ShouldSample(samplingParameters);
        return result.Decision == SamplingDecision.Drop || Take() ? result : new SamplingResult(SamplingDecision.Drop);
    }

    private bool Take()
    {
        if (_interval == 0)
        {
            return false;
        }

        while (true)
        {
            var now = time.GetTimestamp();
            var due = Volatile.Read(ref _due);
            if (due > now + time.TimestampFrequency - _interval)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _due, Math.Max(due, now) + _interval, due) == due)
            {
                return true;
            }
        }
    }
}
