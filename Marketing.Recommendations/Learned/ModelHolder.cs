using Marketing.Domain.Ports;
using Marketing.Recommendations.Learned.Catalog;
using Marketing.Recommendations.Learned.Engagement;
using Marketing.Recommendations.Learned.ItemItem;
using Marketing.Recommendations.Learned.Profiles;
using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Learned;

/// <summary>Holds the current <see cref="ModelSnapshot"/> and replaces it part by part; if a store fails, its part stays.</summary>
internal sealed class ModelHolder : IModelRefresher
{
    private readonly Lock _lock = new();
    private readonly CatalogLoader _catalogLoader;
    private readonly EngagementLoader _engagementLoader;
    private readonly ItemItemLearner _itemItemLearner;
    private readonly ProfileLearner _profileLearner;
    private readonly ProfileOptions _profileOptions;
    private readonly SingleFlight _catalog;
    private readonly SingleFlight _engagement;
    private volatile ModelSnapshot _current = ModelSnapshot.Empty;
    private volatile bool _catalogFailed;
    private volatile bool _engagementFailed;
    private volatile bool _engagementChanged;

    public ModelHolder(
        CatalogLoader catalog,
        EngagementLoader engagement,
        ItemItemLearner itemItem,
        ProfileLearner profiles,
        IOptions<ProfileOptions> profileOptions,
        IOptions<ModelOptions> options,
        TimeProvider time)
    {
        _catalogLoader = catalog;
        _engagementLoader = engagement;
        _itemItemLearner = itemItem;
        _profileLearner = profiles;
        _profileOptions = profileOptions.Value;
        _catalog = new SingleFlight(ReadCatalogAsync, options.Value.RefreshTimeout, time);
        _engagement = new SingleFlight(ReadEngagementAsync, options.Value.RefreshTimeout, time);
    }

    public ModelSnapshot Current => _current;

    /// <summary>Whether the last attempt to read the catalog failed.</summary>
    public bool CatalogFailed => _catalogFailed;

    /// <summary>Whether the last attempt to read the engagement counts failed.</summary>
    public bool EngagementFailed => _engagementFailed;

    /// <summary>Whether engagement was reported as changed since the last read.</summary>
    public bool EngagementChanged => _engagementChanged;

    public void NoteEngagementChanged() => _engagementChanged = true;

    public Task RefreshCatalogAsync() => _catalog.RunAsync();

    public Task RefreshEngagementAsync() => _engagement.RunAsync();

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // A read that is under way may have missed what the caller wants to see.
        await Task.WhenAll(_catalog.RunAnewAsync(), _engagement.RunAnewAsync()).WaitAsync(cancellationToken);
        await EmbedCatalogAsync(cancellationToken);
    }

    /// <summary>Embeds catalog texts that have no vector yet.</summary>
    public async Task EmbedCatalogAsync(CancellationToken cancellationToken)
    {
        if (_current.Catalog is { Embedded: false } catalog)
        {
            var embedded = await _catalogLoader.EmbedAsync(catalog, cancellationToken);
            // If the catalog changed in the meantime, the next refresh embeds the rest.
            Publish(now => ReferenceEquals(now.Catalog, catalog) ? new(embedded, now.EngagementPart, now.ItemItem, now.Profiles) : now);
        }
    }

    public async Task LearnAsync(CancellationToken cancellationToken)
    {
        var itemItem = await _itemItemLearner.LearnAsync(_current.Catalog?.Table, cancellationToken);
        Publish(now => new(now.Catalog, now.EngagementPart, itemItem, now.Profiles));
        var learnt = await _profileLearner.LearnAsync(_current.Catalog?.Terms ?? [], _current.Catalog?.Table, cancellationToken);
        Publish(now => new(now.Catalog, now.EngagementPart, now.ItemItem, ProfilesOf(now.Catalog, learnt)));
    }

    private async Task ReadCatalogAsync(CancellationToken cancellationToken)
    {
        try
        {
            var catalog = await _catalogLoader.ReadAsync(_current.Catalog, cancellationToken);
            if (!ReferenceEquals(catalog, _current.Catalog))
            {
                Publish(now => new(catalog, now.EngagementPart, now.ItemItem, ProfilesOf(catalog, now.Profiles?.Learnt)));
                _engagementChanged = true; // The set of unlisted campaigns has changed.
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
            // Clear the flag first, so that a change during the read triggers another one.
            _engagementChanged = false;
            var engagement = await _engagementLoader.ReadAsync(_current.Catalog?.Table, cancellationToken);
            Publish(now => new(now.Catalog, engagement, now.ItemItem, now.Profiles));
            _engagementFailed = false;
        }
        catch
        {
            _engagementChanged = true;
            _engagementFailed = true;
            throw;
        }
    }

    private ProfileIndex? ProfilesOf(CatalogPart? catalog, ProfilePart? learnt) =>
        catalog is null ? null : new ProfileIndex(catalog.Table, catalog.Terms, learnt is { Users: > 0 } ? learnt : null, _profileOptions);

    private void Publish(Func<ModelSnapshot, ModelSnapshot> change)
    {
        lock (_lock)
        {
            _current = change(_current);
        }
    }
}
