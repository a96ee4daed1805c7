using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Evaluation.Experiments;
using Marketing.Projections;
using Marketing.Projections.Consistency;
using Marketing.Projections.Users;
using Marketing.Recommendations;
using Marketing.Recommendations.Strategies;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Evaluation.Running;

/// <summary>
/// The product on its embedded stores in a folder of its own, gone afterwards: what serves is what is measured. The clock is the data's,
/// and nothing runs in the background, so that two runs are alike.
/// </summary>
internal sealed class EmbeddedSystem : IAsyncDisposable
{
    private const int BatchSize = 4_000;

    /// <summary>No answer may be degraded because a machine is busy.</summary>
    private static readonly string[] Budgets = ["VectorBudget", "GraphBudget", "EngagementBudget", "CatalogBudget"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("marketing-evaluation-");
    private readonly IHost _host;

    public EmbeddedSystem()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            KeyValuePair.Create("Storage:DataDirectory", (string?)_folder.FullName),
            KeyValuePair.Create("Storage:Durability", (string?)"ProcessCrash"),
            .. Budgets.Select(budget => KeyValuePair.Create($"Recommender:Pipeline:{budget}", (string?)"00:01:00")),
        ]);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.AddMarketingStores();
        builder.AddMarketingRecommender();
        builder.AddProjections();
        _host = builder.Build();
        Strategies = [.. _host.Services.GetServices<IRecommendationStrategy>()];
    }

    /// <summary>What time it is.</summary>
    public EvaluationClock Clock { get; } = new();

    /// <summary>The strategies of the product, without the cache before them.</summary>
    public IReadOnlyList<IRecommendationStrategy> Strategies { get; }

    /// <summary>Takes a world in and learns from it.</summary>
    public async Task LearnAsync(Experiment experiment, CancellationToken cancellationToken)
    {
        var catalog = _host.Services.GetRequiredService<ICatalog>();
        await catalog.PutCampaignsAsync(experiment.Campaigns, cancellationToken);
        foreach (var profile in experiment.Profiles)
        {
            await catalog.PutUserAsync(profile, cancellationToken);
        }

        Clock.Now = experiment.Training.Select(one => one.OccurredAt).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
        await TakeInAsync(experiment.Training, cancellationToken);
        var models = _host.Services.GetRequiredService<IModelRefresher>();
        await models.RefreshAsync(cancellationToken);
        await models.LearnAsync(cancellationToken);
    }

    /// <summary>Appends to the log and projects, as the projector does.</summary>
    public async Task TakeInAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        foreach (var batch in interactions.Chunk(BatchSize))
        {
            await _host.Services.GetRequiredService<IInteractionLog>().AppendAsync(batch, cancellationToken);
            foreach (var projection in _host.Services.GetServices<IProjection>())
            {
                await projection.ApplyAsync(batch, cancellationToken);
            }
        }
    }

    /// <summary>Takes a user's interactions back, all of them. The same may be taken in again for the next question.</summary>
    /// <exception cref="InvalidOperationException">Something of the user is left.</exception>
    public async Task ForgetAsync(UserId user, CancellationToken cancellationToken)
    {
        var report = await _host.Services.GetRequiredService<UserErasure>().EraseAsync(user, cancellationToken);
        if (report.Remaining.Count > 0)
        {
            throw new InvalidOperationException($"A test user was not erased from {string.Join(", ", report.Remaining)}.");
        }

        await _host.Services.GetRequiredService<IPersonalData>().ForgetErasuresAsync(DateTimeOffset.MaxValue, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)_host).DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
