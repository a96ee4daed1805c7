using Marketing.Domain.Ports;
using Marketing.Projections;
using Marketing.Projections.Consistency;
using Marketing.Projections.Maintenance;
using Marketing.Projections.Users;
using Marketing.Projections.Workers;
using Marketing.Tests.Crash;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Projections;

/// <summary>
/// The product's code between the stores, registered as in the product, with a crash point before every call to a store. A restart is
/// another instance over the same stores.
/// </summary>
internal sealed class SimulatedProcess : IDisposable
{
    private readonly IHost _host;

    public SimulatedProcess(EmbeddedStores stores, int batchSize = 1_000, TimeSpan? keepChatText = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("Projector:BatchSize", $"{batchSize}"),
            new("Projector:MaxAttempts", "3"),
            new("Retention:ChatText", keepChatText?.ToString()),
        ]);
        builder.Services.AddLogging();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<TimeProvider>(stores.Time);
        builder.Services.AddSingleton<IEmbeddingGenerator<string, Embedding<float>>>(stores.Embeddings);
        builder.Services.AddSingleton<IAnswerInvalidation>(Invalidations);
        Add(builder, stores.Log);
        Add(builder, stores.Queue);
        Add(builder, stores.PersonalData);
        Add(builder, stores.DeadLetters);
        Add(builder, stores.Catalog);
        Add(builder, stores.Audit);
        Add(builder, stores.Index);
        Add(builder, stores.Graph);
        Add(builder, stores.Engagement);
        builder.AddProjector();
        builder.AddMaintenance();
        _host = builder.Build();
    }

    public CrashPoint Crash { get; } = new();

    public RecordedInvalidations Invalidations { get; } = new();

    public Projector Projector => Get<Projector>();

    public ProjectionService Projections => Get<ProjectionService>();

    public UserErasure Erasure => Get<UserErasure>();

    public UserExport Export => Get<UserExport>();

    public LostVectors LostVectors => Get<LostVectors>();

    public IMaintenanceJobs Jobs => Get<IMaintenanceJobs>();

    public IInteractionLog Log => Get<IInteractionLog>();

    public IInteractionQueue Queue => Get<IInteractionQueue>();

    /// <summary>Starts the projector and all else that runs in the background.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    /// <summary>Stops what runs in the background.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _host.StopAsync(cancellationToken);

    /// <summary>Projects until nothing is due.</summary>
    public async Task DrainAsync()
    {
        while (await Projector.RunOnceAsync(CancellationToken.None) > 0)
        {
        }
    }

    public void Dispose() => _host.Dispose();

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private void Add<TPort>(HostApplicationBuilder builder, TPort store)
        where TPort : class => builder.Services.AddSingleton(SteppedPort<TPort>.Before(store, Crash));
}
