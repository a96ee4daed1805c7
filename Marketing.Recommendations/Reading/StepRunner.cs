using System.Diagnostics;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Marketing.Recommendations.Reading;

/// <summary>
/// Runs a store query within its time budget. If the store throws or times out, the step returns null and the answer names the
/// store as degraded. The query is canceled through its token; if it ignores that, it is abandoned. A store that keeps failing is skipped.
/// </summary>
internal sealed class StepRunner(
    IOptions<PipelineOptions> options,
    TimeProvider time,
    LostProjections lost,
    StoreOutcomes outcomes,
    StoreBreakers breakers,
    ILogger<StepRunner> logger)
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
        var started = time.GetTimestamp();
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await breakers.Of(step.Store).ExecuteOutcomeAsync(
                static (context, call) => call.Runner.AskAsync(call.Step.Store, call.State, call.Ask, context.CancellationToken),
                context,
                (Runner: this, Step: step, State: state, Ask: ask));
            if (outcome.Exception is { } failure)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    outcome.ThrowIfException();
                }

                Note(step, failure, degraded, activity);
                return null;
            }

            outcomes.Reads(step.StoreName).Succeeded();
            if (lost.IsRebuilding(step.StoreName))
            {
                // Use the result so far, and report it as incomplete.
                degraded.Add(step.Store);
            }

            return outcome.Result;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
            RecommenderDiagnostics.StepDuration.Record(time.GetElapsedTime(started).TotalSeconds, step.Tag);
        }
    }

    /// <summary>Returns the failure instead of throwing it, because the breaker counts it and then passes it on.</summary>
    private async ValueTask<Outcome<T?>> AskAsync<TState, T>(
        Store store, TState state, Func<TState, CancellationToken, ValueTask<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var pending = ask(state, giveUp.Token);
            // Embedded stores complete synchronously: no task, no timer.
            return Outcome.FromResult<T?>(pending.IsCompletedSuccessfully
                ? pending.Result
                : await pending.AsTask().WaitAsync(BudgetOf(store), time, cancellationToken));
        }
        catch (Exception exception)
        {
            await giveUp.CancelAsync();
            return Outcome.FromException<T?>(exception);
        }
    }

    private void Note(Step step, Exception failure, DegradedStores degraded, Activity? activity)
    {
        degraded.Add(step.Store);
        activity?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name).SetTag("error.type", failure.GetType().FullName);
        if (failure is BrokenCircuitException)
        {
            return; // the store was not asked
        }

        outcomes.Reads(step.StoreName).Failed(failure);
        if (_failures.ShouldReport(step.Store))
        {
            Log.StepFailed(logger, failure, step.Name, step.StoreName);
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
