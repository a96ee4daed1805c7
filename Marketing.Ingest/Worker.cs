using Marketing.Recommendations;
using Marketing.Stores;

namespace Marketing.Ingest;

/// <summary>Hosts the projector, the Kafka consumer and the scheduled jobs.</summary>
/// <remarks>Any number of workers can run beside the APIs on the same servers.</remarks>
internal static class Worker
{
    /// <summary>Runs until it is stopped.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateBuilder(args);
        var missing = ProjectionHost.MissingForWorker(builder.Configuration);
        if (missing.Count > 0)
        {
            return await HostExit.FailAsync(
                $"The worker needs {string.Join(" and ", missing.Select(static name => $"ConnectionStrings:{name}"))}: "
                + "without servers the API hosts the projector itself, because embedded stores belong to one process.");
        }

        return await HostExit.RunAsync(async stop =>
        {
            builder.AddServiceDefaults();
            builder.AddMarketingStores();
            builder.AddRemoteAnswerInvalidation();
            builder.Services.AddIngestion();
            builder.AddProjectionHost();
            var app = builder.Build();
            app.MapDefaultEndpoints();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
            await app.RunToEndAsync(either.Token);
        });
    }
}
