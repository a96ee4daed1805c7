using Marketing.Domain.Ports;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Sqlite;

/// <summary>A <c>graph.db</c> and an <c>engagement.db</c> in their own folder.</summary>
internal sealed class SqliteProjectionStores : IGraphStore, IEngagementStores
{
    private readonly TemporaryFolder _folder = new();
    private IHost _host;

    public SqliteProjectionStores() => _host = SqliteHost.Build(_folder, TimeProvider.System);

    public IInteractionGraph Graph => _host.Services.GetRequiredService<IInteractionGraph>();

    public IEngagementStore Engagement => _host.Services.GetRequiredService<IEngagementStore>();

    public Task SettleAsync() => Task.CompletedTask;

    public Task ReopenAsync()
    {
        _host.Dispose();
        _host = SqliteHost.Build(_folder, TimeProvider.System);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
