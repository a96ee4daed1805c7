using Marketing.Recommender.Ports;
using Marketing.Stores;
using Marketing.Stores.Sqlite;
using Marketing.Tests.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Sqlite;

/// <summary>The stores of a <c>log.db</c> in a folder of its own.</summary>
internal sealed class SqliteLogStores : ILogStores
{
    private readonly TemporaryFolder _folder = new();
    private ServiceProvider _services;

    private SqliteLogStores() => _services = Open();

    public IInteractionLog Log => _services.GetRequiredService<IInteractionLog>();

    public IInteractionQueue Queue => _services.GetRequiredService<IInteractionQueue>();

    public IPersonalData PersonalData => _services.GetRequiredService<IPersonalData>();

    public IDeadLetters DeadLetters => _services.GetRequiredService<IDeadLetters>();

    public ICatalog Catalog => _services.GetRequiredService<ICatalog>();

    public FakeTimeProvider Time { get; } = new(Sample.Noon);

    public static Task<ILogStores> OpenAsync() => Task.FromResult<ILogStores>(new SqliteLogStores());

    public async Task ReopenAsync()
    {
        await _services.DisposeAsync();
        _services = Open();
    }

    public Task<byte[]?> BytesAsync() => Task.FromResult<byte[]?>(_folder.Bytes());

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    private ServiceProvider Open() => new ServiceCollection()
        .Configure<StorageOptions>(options => options.DataDirectory = _folder.Path)
        .AddSingleton<TimeProvider>(Time)
        .AddSqliteLog()
        .BuildServiceProvider();
}
