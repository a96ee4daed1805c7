using Marketing.Recommender.Models.Catalog;
using Marketing.Recommender.Models.Engagement;
using Marketing.Recommender.Models.ItemItem;
using Microsoft.Extensions.Options;

namespace Marketing.Recommender.Models;

/// <summary>Holds the present <see cref="ModelSnapshot"/> and replaces it, a part at a time. A part whose store fails stays as it was.</summary>
internal sealed class ModelHolder : IModelRefresher
{
    private readonly Lock _lock = new();
    private readonly CatalogLoader _catalogLoader;
    private readonly EngagementLoader _engagementLoader;
    private readonly ItemItemLearner _learner;
    private readonly SingleFlight _catalog;
    private readonly SingleFlight _engagement;
    private volatile ModelSnapshot _current = ModelSnapshot.Empty;
    private volatile bool _catalogFailed;
    private volatile bool _engagementFailed;
    private volatile bool _engagementChanged;

    public ModelHolder(
        CatalogLoader catalog, EngagementLoader engagement, ItemItemLearner learner, IOptions<ModelOptions> options, TimeProvider time)
    {
        _catalogLoader = catalog;
        _engagementLoader = engagement;
        _learner = learner;
        _catalog = new SingleFlight(ReadCatalogAsync, options.Value.RefreshTimeout, time);
        _engagement = new SingleFlight(ReadEngagementAsync, options.Value.RefreshTimeout, time);
    }

    public ModelSnapshot Current => _current;

    /// <summary>Whether the catalogue could not be read when it was last tried.</summary>
    public bool CatalogFailed => _catalogFailed;

    /// <summary>Whether the engagement counts could not be read when they were last tried.</summary>
    public bool EngagementFailed => _engagementFailed;

    /// <summary>Whether somebody told that engagement changed since it was last read.</summary>
    public bool EngagementChanged => _engagementChanged;

    public void NoteEngagementChanged() => _engagementChanged = true;

    public Task RefreshCatalogAsync() => _catalog.RunAsync();

    public Task RefreshEngagementAsync() => _engagement.RunAsync();

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(RefreshCatalogAsync(), RefreshEngagementAsync()).WaitAsync(cancellationToken);
        await EmbedCatalogAsync(cancellationToken);
    }

    /// <summary>Embeds the texts of the catalogue that have no vector yet.</summary>
    public async Task EmbedCatalogAsync(CancellationToken cancellationToken)
    {
        if (_current.Catalog is { Embedded: false } catalog)
        {
            var embedded = await _catalogLoader.EmbedAsync(catalog, cancellationToken);
            // If the catalogue changed meanwhile, the next refresh embeds what is left.
            Publish(now => ReferenceEquals(now.Catalog, catalog) ? new(embedded, now.EngagementPart, now.ItemItem) : now);
        }
    }

    public async Task LearnAsync(CancellationToken cancellationToken)
    {
        var itemItem = await _learner.LearnAsync(cancellationToken);
        Publish(now => new(now.Catalog, now.EngagementPart, itemItem));
    }

    private async Task ReadCatalogAsync(CancellationToken cancellationToken)
    {
        try
        {
            var catalog = await _catalogLoader.ReadAsync(_current.Catalog, cancellationToken);
            if (!ReferenceEquals(catalog, _current.Catalog))
            {
                Publish(now => new(catalog, now.EngagementPart, now.ItemItem));
            }

            _catalogFailed = false;
        }
        catch
        {
            _catalogFailed = true;
            throw;
        }
    }

    private async Task ReadEngagementAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Cleared first: what changes during the read is read next time.
            _engagementChanged = false;
            var engagement = await _engagementLoader.ReadAsync(_current.EngagementPart, cancellationToken);
            Publish(now => new(now.Catalog, engagement, now.ItemItem));
            _engagementFailed = false;
        }
        catch
        {
            _engagementChanged = true;
            _engagementFailed = true;
            throw;
        }
    }

    private void Publish(Func<ModelSnapshot, ModelSnapshot> change)
    {
        lock (_lock)
        {
            _current = change(_current);
        }
    }
}
