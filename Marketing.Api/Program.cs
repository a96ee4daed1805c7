using Marketing.Api;
using Marketing.Recommendations;
using Marketing.Stores;
using Marketing.Stores.Health;
using Marketing.Stores.Kafka;

return await HostExit.RunAsync(async stop =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.AddMarketingStores();
    builder.AddAccessKeyStore();
    builder.AddStoreHealth();
    builder.AddMarketingRecommender();
    builder.AddProjectionHostWithoutWorker();
    builder.AddIngestTarget();
    builder.Services.AddSampleWorldOnFirstRun();
    builder.AddApi();

    var app = builder.Build();
    app.MapApi();
    app.MapDefaultEndpoints();
    await app.RunToEndAsync(stop);
});
