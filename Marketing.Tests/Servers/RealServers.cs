using Marketing.Tests.Stores.Sqlite;

namespace Marketing.Tests.Servers;

/// <summary>Real servers for a test collection: each starts when first needed and stops after the last test.</summary>
[CollectionDefinition(nameof(RealServers), DisableParallelization = true)]
public sealed class RealServers : IAsyncLifetime, ICollectionFixture<RealServers>
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<ServerKind, (ServerProcess Process, int Port)> _started = [];

    /// <summary>Starts the servers and returns their connection strings by setting.</summary>
    internal async Task<Dictionary<string, string>> StartAsync(params ServerKind[] kinds)
    {
        _ = ServerKind.Folder();
        await Task.WhenAll(kinds.Where(kind => !_started.ContainsKey(kind)).Select(async kind =>
        {
            var port = Toxiproxy.FreePort();
            var process = await kind.StartAsync(port, port, Path.Combine(_folder.Path, kind.Name));
            lock (_started)
            {
                _started[kind] = (process, port);
            }
        }));
        return kinds.ToDictionary(kind => $"ConnectionStrings:{kind.Connection}", kind => kind.ConnectionString(_started[kind].Port));
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in _started.Values)
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }
}
