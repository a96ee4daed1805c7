using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Tests.Projections;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Tests.Faults;

/// <summary>The product's stores, inspected by the test over direct connections.</summary>
internal sealed class Observer : IAsyncDisposable
{
    private const int IdsAtOnce = 500;

    private readonly IHost _host;

    public Observer(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging().AddMetrics();
        builder.AddMarketingStores();
        _host = builder.Build();
    }

    /// <summary>Returns when the oldest pending interaction was appended; null if none is pending.</summary>
    public async Task<DateTimeOffset?> OldestPendingAsync(CancellationToken cancellationToken) =>
        (await Get<IInteractionQueue>().BacklogAsync(cancellationToken)).OldestAppendedAt;

    /// <summary>Returns the ids that are not in the log.</summary>
    public async Task<IReadOnlyList<string>> LostAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var lost = new List<string>();
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            var found = await Get<IInteractionLog>().FindAsync([.. some.Select(id => new EventId(id))], cancellationToken);
            lost.AddRange(some.Except(found.Select(interaction => interaction.Id.Value)));
        }

        return lost;
    }

    /// <summary>Returns the dead letters, at most a hundred.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(CancellationToken cancellationToken) =>
        (await Get<IDeadLetters>().ListAsync(DeadLetterFilter.All, null, 100, cancellationToken)).Items;

    /// <summary>Returns how the projections differ from a clean rebuild of the log in fresh stores; empty if they do not.</summary>
    public Task<string> DifferenceToCleanRebuildAsync() => StoreContent.DifferenceToCleanRebuildAsync(
        Get<IInteractionLog>(),
        Get<IInteractionQueue>(),
        Get<IPersonalData>(),
        Get<IEmbeddingGenerator<string, Embedding<float>>>(),
        Get<IVectorIndex>(),
        Get<IInteractionGraph>(),
        Get<IEngagementStore>());

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)_host).DisposeAsync();

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
