using System.Diagnostics;
using Marketing.ServiceDefaults;
using Microsoft.Extensions.Time.Testing;
using OpenTelemetry.Trace;

namespace Marketing.Tests.Telemetry;

public sealed class CappedSamplerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_burst_is_kept_up_to_the_number_of_a_second()
    {
        var sampler = new CappedSampler(new AlwaysOnSampler(), 20, _time);
        Assert.Equal(20, Kept(sampler, 1_000));
    }

    [Fact]
    public void Later_as_many_are_kept_as_time_allows()
    {
        var sampler = new CappedSampler(new AlwaysOnSampler(), 20, _time);
        Kept(sampler, 1_000);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(5, Kept(sampler, 1_000));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Kept(sampler, 1_000));
    }

    [Fact]
    public void What_comes_slowly_is_all_kept()
    {
        var sampler = new CappedSampler(new AlwaysOnSampler(), 20, _time);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(1, Kept(sampler, 1));
            _time.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    [Fact]
    public void What_the_other_sampler_drops_takes_no_place()
    {
        var sampler = new CappedSampler(new AlwaysOffSampler(), 20, _time);
        Assert.Equal(0, Kept(sampler, 1_000));
    }

    [Fact]
    public void A_poll_of_a_store_begins_no_trace() =>
        Assert.Equal(0, Kept(new CappedSampler(new AlwaysOnSampler(), 20, _time), 10, ActivityKind.Client));

    [Fact]
    public void None_is_none() => Assert.Equal(0, Kept(new CappedSampler(new AlwaysOnSampler(), 0, _time), 10));

    private static int Kept(CappedSampler sampler, int offered, ActivityKind kind = ActivityKind.Server) => Enumerable.Range(0, offered).Count(_ =>
        sampler.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "a", kind)).Decision
        == SamplingDecision.RecordAndSample);
}
