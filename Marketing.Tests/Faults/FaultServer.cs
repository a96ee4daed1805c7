using Marketing.Tests.Servers;

namespace Marketing.Tests.Faults;

/// <summary>A real server behind a connection that can be disturbed.</summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly Toxiproxy _lines;
    private readonly DetachingProxy? _detaching;

    private FaultServer(ServerKind kind, ServerProcess process, Toxiproxy lines, DetachingProxy? detaching, int port, int seen)
    {
        Kind = kind;
        _process = process;
        _lines = lines;
        _detaching = detaching;
        Direct = kind.ConnectionString(port);
        Disturbed = kind.ConnectionString(seen);
    }

    public ServerKind Kind { get; }

    /// <summary>The direct address, for the test.</summary>
    public string Direct { get; }

    /// <summary>The address through the proxy, for the product.</summary>
    public string Disturbed { get; }

    public static async Task<FaultServer> StartAsync(ServerKind kind, Toxiproxy lines, string data)
    {
        var (port, seen) = (Toxiproxy.FreePort(), Toxiproxy.FreePort());
        var process = await kind.StartAsync(port, seen, data);
        var detaching = kind == ServerKind.BigQuery ? await DetachingProxy.StartAsync(Toxiproxy.FreePort(), port) : null;
        await lines.AddAsync(kind.Name, seen, detaching?.Port ?? port);
        return new FaultServer(kind, process, lines, detaching, port, seen);
    }

    /// <summary>Applies a fault for a while; on return, server and connection are back to normal.</summary>
    public async Task SufferAsync(FaultKind fault, TimeSpan duration, CancellationToken cancellationToken)
    {
        await BeginAsync(fault);
        await Task.Delay(duration, cancellationToken);
        await EndAsync(fault);
    }

    public async ValueTask DisposeAsync()
    {
        if (_detaching is not null)
        {
            await _detaching.DisposeAsync();
        }

        await _process.DisposeAsync();
    }

    private Task BeginAsync(FaultKind fault) => fault switch
    {
        FaultKind.None => Task.CompletedTask,
        FaultKind.Killed => _process.KillAsync(),
        FaultKind.Paused => _process.PauseAsync(),
        FaultKind.Slowed => _lines.PoisonAsync(Kind.Name, "latency", new { latency = 1_000, jitter = 100 }),
        FaultKind.Cut => _lines.CutAsync(Kind.Name),
        FaultKind.Silent => BothAsync("timeout", new { timeout = 0 }),
        FaultKind.Reset => BothAsync("reset_peer", new { timeout = 0 }),
        FaultKind.Narrow => BothAsync("bandwidth", new { rate = 1 }),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private Task EndAsync(FaultKind fault) => fault switch
    {
        FaultKind.Killed => _process.StartAgainAsync(),
        FaultKind.Paused => _process.ResumeAsync(),
        _ => _lines.HealAllAsync(),
    };

    private async Task BothAsync(string toxic, object attributes)
    {
        await _lines.PoisonAsync(Kind.Name, toxic, attributes, "downstream");
        await _lines.PoisonAsync(Kind.Name, toxic, attributes, "upstream");
    }
}
