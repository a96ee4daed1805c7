using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Marketing.ServiceDefaults;

/// <summary>Applies another sampler, but keeps at most a given number of traces per second, with a burst of one second.</summary>
/// <remarks>
/// It keeps every trace under low load and a sample under high load, where tracing each request would cost more than the request. Use it
/// for root spans: a client call without a parent span is a poll of a store, several of which run every second, and is dropped.
/// Implements the generic cell rate algorithm (ITU-T I.371) with a single number as its state.
/// </remarks>
internal sealed class CappedSampler(Sampler inner, double perSecond, TimeProvider time) : Sampler
{
    private readonly long _interval = perSecond > 0 ? (long)(time.TimestampFrequency / perSecond) : 0;

    // When the next trace would be due at an even rate.
    private long _due = long.MinValue;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.Kind == ActivityKind.Client)
        {
            return new SamplingResult(SamplingDecision.Drop);
        }

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
