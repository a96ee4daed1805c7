using System.Diagnostics;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Reading;

/// <summary>
/// Runs a store query within its time budget. If the store throws or times out, the step returns null and the answer names the
/// store as degraded. The query is canceled through its token; if it ignores that, it is abandoned.
/// </summary>
internal sealed class StepRunner(
    IOptions<PipelineOptions> options, TimeProvider time, LostProjections lost, StoreOutcomes outcomes, ILogger<StepRunner> logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly PipelineOptions _options = options.Value;
    private readonly FailureThrottle _failures = new(LogInterval, time);

    /// <param name="step">The query and its store.</param>
    /// <param name="degraded">Receives a failure.</param>
    /// <param name="state">Passed to <paramref name="ask"/>, to avoid a closure.</param>
    /// <param name="ask">Runs the query.</param>
    /// <param name="cancellationToken">The caller's token; its cancellation is rethrown and is not a store failure.</param>
    /// <returns>The store's result, which may be null, or null after a failure.</returns>
    public async ValueTask<T?> RunAsync<TState, T>(
        Step step,
        DegradedStores degraded,
        TState state,
        Func<TState, CancellationToken, ValueTask<T?>> ask,
        CancellationToken cancellationToken)
        where T : class
    {
        using var activity = RecommenderDiagnostics.Activities.StartActivity(step.Name)
            ?.SetTag("marketing.store", step.StoreName);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = time.GetTimestamp();
        try
        {
            var pending = ask(state, giveUp.Token);
            // Embedded stores complete synchronously: no task, no timer.
            var answer = pending.IsCompletedSuccessfully
                ? pending.Result
                : await pending.AsTask().WaitAsync(BudgetOf(step.Store), time, cancellationToken);
            outcomes.Reads(step.StoreName).Succeeded();
            if (lost.IsRebuilding(step.StoreName))
            {
                // Use the result so far, and report it as incomplete.
                degraded.Add(step.Store);
            }

            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await giveUp.CancelAsync();
            degraded.Add(step.Store);
            outcomes.Reads(step.StoreName).Failed(exception);
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name).SetTag("error.type", exception.GetType().FullName);
            if (_failures.ShouldReport(step.Store))
            {
                Log.StepFailed(logger, exception, step.Name, step.StoreName);
            }

            return null;
        }
        finally
        {
            RecommenderDiagnostics.StepDuration.Record(time.GetElapsedTime(started).TotalSeconds, step.Tag);
        }
    }

    private TimeSpan BudgetOf(Store store) => store switch
    {
        Store.Vectors => _options.VectorBudget,
        Store.Graph => _options.GraphBudget,
        Store.Engagement => _options.EngagementBudget,
        _ => _options.CatalogBudget,
    };
}
