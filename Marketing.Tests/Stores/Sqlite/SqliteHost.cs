using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Sqlite;

/// <summary>The stores as a program registers them, with only a folder configured.</summary>
internal static class SqliteHost
{
    public static IHost Build(TemporaryFolder folder, TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", folder.Path)]);
        builder.Services.AddSingleton(time);
        builder.AddMarketingStores();
        return builder.Build();
    }
}
