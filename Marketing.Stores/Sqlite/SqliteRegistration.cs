using Marketing.Domain.Ports;
using Marketing.Stores.Backups;
using Marketing.Stores.Copying;
using Marketing.Stores.Sqlite.Access;
using Marketing.Stores.Sqlite.Audit;
using Marketing.Stores.Sqlite.Backup;
using Marketing.Stores.Sqlite.Catalog;
using Marketing.Stores.Sqlite.Contents;
using Marketing.Stores.Sqlite.DeadLetters;
using Marketing.Stores.Sqlite.Engagement;
using Marketing.Stores.Sqlite.Graph;
using Marketing.Stores.Sqlite.Log;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Stores.Sqlite;

/// <summary>Registers each SQLite store separately, so that a server can replace any of them.</summary>
internal static class SqliteRegistration
{
    /// <summary>Adds log, queue, personal data, dead letters, catalog and audit trail in <c>log.db</c>.</summary>
    public static IHostApplicationBuilder AddSqliteLog(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<LogDatabase>()
            .AddSingleton(static provider => provider.GetRequiredService<LogDatabase>().Position)
            .AddSingleton<IInteractionLog, SqliteInteractionLog>()
            .AddSingleton<IInteractionQueue, SqliteInteractionQueue>()
            .AddSingleton<IPersonalData, SqlitePersonalData>()
            .AddSingleton<IDeadLetters, SqliteDeadLetters>()
            .AddSingleton<ICatalog, SqliteCatalog>()
            .AddSingleton<IAuditTrail, SqliteAuditTrail>()
            .AddSingleton<SqliteErasureHashes>()
            .AddSingleton<IErasureHashes>(static provider => provider.GetRequiredService<SqliteErasureHashes>())
            .AddSingleton<ILogBackup, SqliteLogBackup>()
            .AddSingleton<ILogProbe>(static provider => provider.GetRequiredService<LogDatabase>())
            .AddHostedService<SqliteStartup<LogDatabase>>();
        return builder;
    }

    /// <summary>Adds <c>log.db</c> as the source or the target of a copy.</summary>
    public static IHostApplicationBuilder AddSqliteCopyStore(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ICopyStore, SqliteCopyStore>();
        return builder.AddSqliteAccessKeys();
    }

    /// <summary>Adds API keys in <c>access.db</c>.</summary>
    public static IHostApplicationBuilder AddSqliteAccessKeys(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<IAccessKeys, SqliteAccessKeys>()
            .AddHostedService<SqliteStartup<IAccessKeys>>();
        return builder;
    }

    /// <summary>Adds the graph in <c>graph.db</c>.</summary>
    public static IHostApplicationBuilder AddSqliteGraph(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton(static provider =>
            {
                provider.GetRequiredService<DataFolderOwner>().Take();
                return ActivatorUtilities.CreateInstance<SqliteInteractionGraph>(provider);
            })
            .AddSingleton<IInteractionGraph>(static provider => provider.GetRequiredService<SqliteInteractionGraph>())
            .AddSingleton(static provider => provider.GetRequiredService<SqliteInteractionGraph>().File)
            .AddHostedService<SqliteStartup<IInteractionGraph>>();
        return builder;
    }

    /// <summary>Adds engagement in <c>engagement.db</c>.</summary>
    public static IHostApplicationBuilder AddSqliteEngagement(this IHostApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton<SqliteEngagementStore>()
            .AddSingleton<IEngagementStore>(static provider => provider.GetRequiredService<SqliteEngagementStore>())
            .AddSingleton(static provider => provider.GetRequiredService<SqliteEngagementStore>().File)
            .AddHostedService<SqliteStartup<IEngagementStore>>();
        return builder;
    }
}
