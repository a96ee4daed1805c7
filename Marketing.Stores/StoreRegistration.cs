using Marketing.Domain.Ports;
using Marketing.Stores.Backups;
using Marketing.Stores.BigQuery;
using Marketing.Stores.Copying;
using Marketing.Stores.Embedding;
using Marketing.Stores.Gemini;
using Marketing.Stores.Health;
using Marketing.Stores.InProcess;
using Marketing.Stores.Mongo;
using Marketing.Stores.OpenAICompatible;
using Marketing.Stores.Redis;
using Marketing.Stores.Sqlite;
using Marketing.Stores.Sqlite.Backup;
using Marketing.Stores.Sqlite.Log;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Stores;

/// <summary>
/// Selects each port's store in one place: the server whose connection string is configured, or else the embedded form. Nothing else
/// selects a profile, and any mix works.
/// </summary>
public static class StoreRegistration
{
    /// <exception cref="StoreStartupException">A server is configured whose driver is not part of this build.</exception>
    public static IHostApplicationBuilder AddMarketingStores(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddStorageOptions();
        builder.Services.TryAddSingleton<SteadyClock>();
        builder.Services.AddSingleton<DataFolderOwner>();
        builder.Services.TryAddSingleton<LogPosition>();
        builder.Services.TryAddSingleton(static _ => new LostProjections(isAttended: false));
        builder.Services.TryAddSingleton<StoreOutcomes>();
        builder.Services.AddSingleton<ProjectionFileContext>();
        builder.AddLog().AddGraph().AddVectorIndex().AddEngagement().AddEmbeddings().AddCache();

        // Last, because they need the opened stores.
        builder.Services.AddHostedService<ProjectionGuard>();
        builder.Services.AddHostedService<QueueStartup>();
        builder.Services.AddHostedService<FileCheck>();
        return builder;
    }

    /// <summary>Adds only the log and what is stored with it, for a process that writes while another one projects and searches.</summary>
    public static IHostApplicationBuilder AddMarketingLog(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddStorageOptions();
        builder.Services.TryAddSingleton<SteadyClock>();
        return builder.AddLog();
    }

    /// <summary>Adds the API keys, beside the log; for a process that checks callers.</summary>
    /// <remarks>Call it after <see cref="AddMarketingStores"/>.</remarks>
    public static IHostApplicationBuilder AddAccessKeyStore(this IHostApplicationBuilder builder) =>
        builder.Has("mongodb") ? builder.AddMongoAccessKeys() : builder.AddSqliteAccessKeys();

    /// <summary>Adds what copies the log between its embedded form and MongoDB; it opens both when it runs.</summary>
    public static IHostApplicationBuilder AddLogCopy(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ILogCopy, LogCopy>();
        return builder;
    }

    /// <summary>Adds the log as the source or the target of a copy, with the API keys.</summary>
    internal static IHostApplicationBuilder AddCopyStore(this IHostApplicationBuilder builder)
    {
        builder.AddMarketingLog();
        return builder.Has("mongodb") ? builder.AddMongoCopyStore() : builder.AddSqliteCopyStore();
    }

    /// <summary>Adds what checks a backup; it needs no data directory.</summary>
    public static IHostApplicationBuilder AddBackupCheck(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IBackupCheck, BackupCheck>();
        return builder;
    }

    /// <summary>Adds what restores a backup; it opens no store.</summary>
    public static IHostApplicationBuilder AddLogRestore(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddStorageOptions();
        builder.Services.AddSingleton<DataFolderOwner>();
        builder.Services.AddSingleton<ILogRestore, SqliteLogRestore>();
        return builder.AddBackupOptions().AddBackupCheck();
    }

    /// <summary>Adds interactions, queue, personal data, dead letters and catalog.</summary>
    private static IHostApplicationBuilder AddLog(this IHostApplicationBuilder builder) =>
        (builder.Has("mongodb") ? builder.AddMongoStores() : builder.AddSqliteLog()).AddBackups();

    /// <summary>Adds the interaction graph.</summary>
    private static IHostApplicationBuilder AddGraph(this IHostApplicationBuilder builder) =>
#if HAS_NEO4J_DRIVER
        builder.Has("neo4j") ? Neo4j.Neo4jRegistration.AddNeo4jGraph(builder) : builder.AddSqliteGraph();
#else
        builder.Has("neo4j") ? throw NotBuilt("neo4j", "Neo4j.Driver") : builder.AddSqliteGraph();
#endif

    /// <summary>Adds the vector index.</summary>
    private static IHostApplicationBuilder AddVectorIndex(this IHostApplicationBuilder builder) =>
#if HAS_MILVUS_CLIENT
        builder.Has("milvus") ? Milvus.MilvusRegistration.AddMilvusVectorIndex(builder) : builder.AddInProcessVectorIndex();
#else
        builder.Has("milvus") ? throw NotBuilt("milvus", "Milvus.Client") : builder.AddInProcessVectorIndex();
#endif

    /// <summary>Adds the engagement store.</summary>
    private static IHostApplicationBuilder AddEngagement(this IHostApplicationBuilder builder) =>
        builder.Has("bigquery") ? builder.AddBigQueryEngagement() : builder.AddSqliteEngagement();

    /// <summary>Adds Redis as the shared level of the answer cache; without it answers are cached in memory only.</summary>
    private static IHostApplicationBuilder AddCache(this IHostApplicationBuilder builder) =>
        builder.Has("redis") ? builder.AddRedisCache() : builder;

    /// <summary>Adds the embedder.</summary>
    private static IHostApplicationBuilder AddEmbeddings(this IHostApplicationBuilder builder)
    {
        var gemini = builder.IsSet(GeminiOptions.Section, nameof(GeminiOptions.ApiKey));
        var openAI = builder.IsSet(OpenAICompatibleOptions.Section, nameof(OpenAICompatibleOptions.Model));
        _ = (gemini, openAI) switch
        {
            (true, true) => throw new StoreStartupException("Gemini:ApiKey and OpenAI:Model are both set, but there can be only one embedder: unset one of them."),
            (true, _) => builder.Services.AddGeminiEmbeddings().AddEmbeddingCache(),
            (_, true) => builder.Services.AddOpenAICompatibleEmbeddings().AddEmbeddingCache(),
            _ => builder.Services.AddLocalEmbeddings(),
        };
        return builder;
    }

    private static void AddStorageOptions(this IServiceCollection services)
    {
        services.AddSingleton<StorageSetup>();
        services.AddSingleton<IPostConfigureOptions<StorageOptions>>(provider => provider.GetRequiredService<StorageSetup>());
        services.AddSingleton<IValidateOptions<StorageOptions>>(provider => provider.GetRequiredService<StorageSetup>());
        services.AddOptions<StorageOptions>().BindConfiguration(StorageOptions.Section).ValidateOnStart();
    }

    private static bool IsSet(this IHostApplicationBuilder builder, string section, string setting) =>
        !string.IsNullOrWhiteSpace(builder.Configuration[$"{section}:{setting}"]);

    private static bool Has(this IHostApplicationBuilder builder, string name) =>
        !string.IsNullOrEmpty(builder.Configuration.GetConnectionString(name));

#if !HAS_NEO4J_DRIVER || !HAS_MILVUS_CLIENT
    private static StoreStartupException NotBuilt(string name, string package) => new(
        $"ConnectionStrings:{name} is set, but this build does not include {package}, because the package feed did not have it: unset it, or build with a feed that has it.");
#endif
}
