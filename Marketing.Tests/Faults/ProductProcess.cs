using Marketing.Tests.Servers;

namespace Marketing.Tests.Faults;

/// <summary>A built program of the product as a separate process.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly ServerProcess _process;

    private ProductProcess(ServerProcess process) => _process = process;

    /// <summary>Where it listens; another address after each start.</summary>
    public Uri Address =>
        new(_process.ReadyLine[(_process.ReadyLine.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].Trim());

    public bool HasExited => _process.HasExited;

    /// <summary>The latest lines of output.</summary>
    public string Said => _process.Said;

    /// <param name="program"><c>Marketing.Api</c> or <c>Marketing.Ingest</c>.</param>
    /// <param name="settings">As environment variables, with sections separated by <c>__</c>.</param>
    public static async Task<ProductProcess> StartAsync(string program, IReadOnlyDictionary<string, string> settings) => new(
        await ServerProcess.StartAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll")], Listening, settings));

    /// <summary>Kills the process like <c>kill -9</c>, and starts it again.</summary>
    public async Task KillAndStartAgainAsync()
    {
        await _process.KillAsync();
        await _process.StartAgainAsync();
    }

    /// <summary>Stops the process gracefully and waits.</summary>
    public Task StopAsync() => _process.StopAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
