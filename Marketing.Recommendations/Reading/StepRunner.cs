using System.Diagnostics;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Reading;

/// <summary>
/// Asks a store within its budget. A store that throws or takes too long costs its contribution, not the answer: the step gives null and the
/// answer names the store. The store is told to stop by its token; if it does not, it is waited for no longer.
/// </summary>
internal sealed class StepRunner(
    IOptions<PipelineOptions> options, TimeProvider time, LostProjections lost, StoreOutcomes outcomes, ILogger<StepRunner> logger)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(10);

    private readonly PipelineOptions _options = options.Value;
    private readonly FailureThrottle _failures = new(LogInterval, time);

    /// <param name="step">What is asked of whom.</param>
    /// <param name="degraded">Where a failure is noted.</param>
    /// <param name="state">Given to <paramref name="ask"/>, so that it need not capture.</param>
    /// <param name="ask">Asks the store.</param>
    /// <param name="cancellationToken">The caller's; its cancellation is not a failure of the store and is thrown on.</param>
    /// <returns>The store's answer, which may be null by itself; null too when it failed.</returns>
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
            // Embedded stores answer at once: no task, no timer.
            var answer = pending.IsCompletedSuccessfully
                ? pending.Result
                : await pending.AsTask().WaitAsync(BudgetOf(step.Store), time, cancellationToken);
            outcomes.Reads(step.StoreName).Succeeded();
            if (lost.IsRebuilding(step.StoreName))
            {
                // What is there so far is used, and the answer says that it is not all.
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
