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

/// <summary>Runs the product on embedded stores in a temporary folder, so that the evaluation measures the code that serves.</summary>
/// <remarks>The clock shows the time of the data, and nothing runs in the background, so that runs are repeatable.</remarks>
internal sealed class EmbeddedSystem : IAsyncDisposable
{
    private const int BatchSize = 4_000;

    /// <summary>The time budgets to raise, so that no answer is degraded because the machine is busy.</summary>
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

    /// <summary>The clock of the system.</summary>
    public EvaluationClock Clock { get; } = new();

    /// <summary>The strategies of the product, without the cache in front of them.</summary>
    public IReadOnlyList<IRecommendationStrategy> Strategies { get; }

    /// <summary>Loads the training data and trains the models.</summary>
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

    /// <summary>Appends interactions to the log and projects them, as the projector does.</summary>
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

    /// <summary>Erases all interactions of a user.</summary>
    /// <remarks>They can be ingested again for the next question.</remarks>
    /// <exception cref="InvalidOperationException">Some data of the user remains.</exception>
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
