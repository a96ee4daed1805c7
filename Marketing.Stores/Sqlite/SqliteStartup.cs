using Microsoft.Extensions.DependencyInjection;

namespace Marketing.Stores.Sqlite;

/// <summary>Opens a store's file before anything else starts, so that a file that cannot be opened stops the process.</summary>
internal sealed class SqliteStartup<TStore>(IServiceProvider services) : StoreStartup
    where TStore : notnull
{
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<TStore>();
        return Task.CompletedTask;
    }
}
