using Marketing.Domain.Ports;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Stores.Sqlite;

/// <summary>The stores of a <c>log.db</c> in its own folder.</summary>
internal sealed class SqliteLogStores : ILogStores
{
    private readonly TemporaryFolder _folder = new();
    private IHost _host;

    private SqliteLogStores() => _host = Open();

    public IInteractionLog Log => _host.Services.GetRequiredService<IInteractionLog>();

    public IInteractionQueue Queue => _host.Services.GetRequiredService<IInteractionQueue>();

    public IPersonalData PersonalData => _host.Services.GetRequiredService<IPersonalData>();

    public IDeadLetters DeadLetters => _host.Services.GetRequiredService<IDeadLetters>();

    public ICatalog Catalog => _host.Services.GetRequiredService<ICatalog>();

    public IAuditTrail Audit => _host.Services.GetRequiredService<IAuditTrail>();

    public FakeTimeProvider Time { get; } = new(Sample.Noon);

    public static Task<ILogStores> OpenAsync() => Task.FromResult<ILogStores>(new SqliteLogStores());

    public Task ReopenAsync()
    {
        _host.Dispose();
        _host = Open();
        return Task.CompletedTask;
    }

    public Task<byte[]?> BytesAsync() => Task.FromResult<byte[]?>(_folder.Bytes());

    public ValueTask DisposeAsync()
    {
        _host.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private IHost Open() => SqliteHost.Build(_folder, Time);
}
