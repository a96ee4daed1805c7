using Marketing.Stores.Embedding;
using Marketing.Stores.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// The one place that picks, for each port, the server whose connection string is configured or else its embedded form.
/// A server's adapter is added by one line here: <c>if (Has("name")) AddServer…() else AddEmbedded…()</c>.
/// </summary>
public static class StoreRegistration
{
    public static IHostApplicationBuilder AddMarketingStores(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddStorageOptions();
        services.TryAddSingleton(TimeProvider.System);

        // ConnectionStrings:mongodb: log, queue, personal data, dead letters, catalogue.
        services.AddSqliteLog();

        // ConnectionStrings:neo4j: who did what with which campaign.
        services.AddSqliteGraph();

        // ConnectionStrings:bigquery: engagement.
        services.AddSqliteEngagement();

        // ConnectionStrings:milvus: who said something similar.
        // services.AddInProcessVectorIndex();

        // A Gemini key: text to vector.
        services.AddLocalEmbeddings();
        return builder;
    }

    private static void AddStorageOptions(this IServiceCollection services)
    {
        services.AddSingleton<StorageSetup>();
        services.AddSingleton<IPostConfigureOptions<StorageOptions>>(provider => provider.GetRequiredService<StorageSetup>());
        services.AddSingleton<IValidateOptions<StorageOptions>>(provider => provider.GetRequiredService<StorageSetup>());
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
    }
}
