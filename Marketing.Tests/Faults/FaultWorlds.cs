using Marketing.Tests.Servers;

namespace Marketing.Tests.Faults;

/// <summary>The worlds for fault tests: each starts when first needed and is kept through all its faults.</summary>
[CollectionDefinition(nameof(FaultWorlds), DisableParallelization = true)]
public sealed class FaultWorlds : IAsyncLifetime, ICollectionFixture<FaultWorlds>
{
    private const string TableVariable = "MARKETING_FAULT_TABLE";

    private readonly Dictionary<ServerKind[], FaultWorld> _worlds = [];

    /// <summary>Adds a row to the table, if a file for it is configured.</summary>
    internal static void Report(FaultRow row)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(row.ToString());
        if (Environment.GetEnvironmentVariable(TableVariable) is { Length: > 0 } file)
        {
            File.AppendAllText(file, (File.Exists(file) ? "" : FaultRow.Header + "\n") + row + "\n");
        }
    }

    /// <summary>Returns the world on these servers.</summary>
    internal async Task<FaultWorld> GetAsync(ServerKind[] servers)
    {
        if (!_worlds.TryGetValue(servers, out var world))
        {
            _worlds[servers] = world = await FaultWorld.StartAsync(servers);
        }

        return world;
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds.Values)
        {
            await world.DisposeAsync();
        }
    }
}
