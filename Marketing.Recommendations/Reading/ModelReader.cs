using Marketing.Recommendations.Learned;

namespace Marketing.Recommendations.Reading;

/// <summary>Gives a recommendation the in-memory models; only the first one waits for a store, within its time budget.</summary>
internal sealed class ModelReader(ModelHolder models, StepRunner steps)
{
    public ValueTask<ModelSnapshot> ReadAsync(DegradedStores degraded, CancellationToken cancellationToken)
    {
        var snapshot = models.Current;
        if (snapshot is not { Catalog: not null, EngagementPart: not null })
        {
            return LoadAsync(degraded, cancellationToken);
        }

        // The models in memory still serve, but they are getting stale, so report the store as degraded.
        if (models.CatalogFailed)
        {
            degraded.Add(Store.Catalog);
        }

        if (models.EngagementFailed)
        {
            degraded.Add(Store.Engagement);
        }

        return ValueTask.FromResult(snapshot);
    }

    private async ValueTask<ModelSnapshot> LoadAsync(DegradedStores degraded, CancellationToken cancellationToken)
    {
        var catalog = models.Current.Catalog is null
            ? LoadAsync(Step.LoadCatalog, static models => models.RefreshCatalogAsync(), degraded, cancellationToken)
            : default;
        var engagement = models.Current.EngagementPart is null
            ? LoadAsync(Step.LoadEngagement, static models => models.RefreshEngagementAsync(), degraded, cancellationToken)
            : default;
        await catalog;
        await engagement;
        return models.Current;
    }

    private async ValueTask LoadAsync(
        Step step, Func<ModelHolder, Task> load, DegradedStores degraded, CancellationToken cancellationToken) =>
        await steps.RunAsync(
            step,
            degraded,
            (models, load),
            static async ValueTask<object?> (state, _) =>
            {
                await state.load(state.models);
                return null;
            },
            cancellationToken);
}
