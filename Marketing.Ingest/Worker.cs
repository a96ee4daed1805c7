using Marketing.Recommender;
using Marketing.Recommender.Projections;
using Marketing.Stores;
using Marketing.Stores.Kafka;
using Marketing.Stores.Quartz;
using Microsoft.Extensions.Options;

namespace Marketing.Ingest;

/// <summary>Hosts the projector, the Kafka consumer and the scheduled jobs, in as many copies as wanted, beside APIs on the same servers.</summary>
internal static class Worker
{
    /// <summary>Without these the API's process has what is projected in its own memory, and nobody else can write to it.</summary>
    private static readonly string[] Shared = ["milvus", "redis"];

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(args);
        var missing = Array.FindAll(Shared, name => string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name)));
        if (missing.Length > 0)
        {
            return await FailAsync(
                $"The worker needs {string.Join(" and ", missing.Select(static name => $"ConnectionStrings:{name}"))}: "
                + "without servers the API hosts the projector itself, since embedded stores belong to one process.");
        }

        try
        {
            builder.AddServiceDefaults();
            builder.AddMarketingStores();
            builder.AddMarketingRecommender();
            builder.Services.AddIngestion();
            builder.AddProjector();
            builder.AddJobSchedule();
            builder.AddKafkaIngestion();
            var app = builder.Build();
            app.MapDefaultEndpoints();
            await app.StartAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (Exception exception) when (exception is OptionsValidationException or StoreStartupException or IOException)
        {
            return await FailAsync(exception.Message);
        }
    }

    private static async Task<int> FailAsync(string sentence)
    {
        await System.Console.Error.WriteLineAsync(sentence);
        return 2;
    }
}
