using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Marketing.Recommendations.Reading;

/// <summary>
/// A circuit breaker per store. When at least half of the queries of a second fail, it skips the store for <see cref="PipelineOptions.BreakDuration"/>,
/// so that a hanging store does not cost every answer its time budget. Then one query tries the store again.
/// </summary>
internal sealed class StoreBreakers(IOptions<PipelineOptions> options, TimeProvider time)
{
    /// <summary>The share of failures that opens the breaker: a store that is only slow for some users goes on contributing.</summary>
    private const double FailureRatio = 0.5;

    /// <summary>The breaker stays closed below this number of queries within <see cref="SamplingDuration"/>.</summary>
    private const int MinimumThroughput = 5;

    private static readonly TimeSpan SamplingDuration = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Store, ResiliencePipeline> _breakers = Enum.GetValues<Store>()
        .ToDictionary(store => store, _ => Build(options.Value.BreakDuration, time));

    public ResiliencePipeline Of(Store store) => _breakers[store];

    private static ResiliencePipeline Build(TimeSpan duration, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = FailureRatio,
                MinimumThroughput = MinimumThroughput,
                SamplingDuration = SamplingDuration,
                BreakDuration = duration,
                ShouldHandle = static call => ValueTask.FromResult(
                    call.Outcome.Exception is not null && !call.Context.CancellationToken.IsCancellationRequested),
            })
            .Build();
}
