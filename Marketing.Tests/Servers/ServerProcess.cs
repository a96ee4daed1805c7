using System.Diagnostics;
using System.Globalization;

namespace Marketing.Tests.Servers;

/// <summary>A program that this test started, with all that it started in turn; it can be killed, stood still, and started again.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ProcessStartInfo _start;
    private readonly string _ready;
    private readonly List<string> _said = [];
    private Process _process = new();

    private ServerProcess(ProcessStartInfo start, string ready) => (_start, _ready) = (start, ready);

    /// <summary>The line by which it said that it is ready.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>Whether it ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The last lines it wrote.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said.TakeLast(40));
            }
        }
    }

    /// <summary>Starts it and returns when it wrote a line with <paramref name="ready"/>, whatever its case.</summary>
    public static async Task<ServerProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, string ready, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var server = new ServerProcess(start, ready);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it as it was started before.</summary>
    public async Task StartAgainAsync()
    {
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = _start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"{_start.FileName} ended:\n{Said}"));
        _process = process;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            ReadyLine = await ready.Task.WaitAsync(Timeout);
        }
        catch
        {
            await KillAsync();
            throw;
        }

        void Hear(string? line)
        {
            lock (_said)
            {
                _said.Add(line ?? "");
            }

            if (line?.Contains(_ready, StringComparison.OrdinalIgnoreCase) == true)
            {
                ready.TrySetResult(line);
            }
        }
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("-KILL");
        await _process.WaitForExitAsync();
    }

    /// <summary>Lets it stand still: connections stay, nothing answers.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>Lets it go on.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>Asks it to end, and waits.</summary>
    public async Task StopAsync()
    {
        await SignalAsync("-TERM");
        await _process.WaitForExitAsync().WaitAsync(Timeout);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        string[] processes = [.. Family(_process.Id).Select(id => id.ToString(CultureInfo.InvariantCulture))];
        using var kill = Process.Start(new ProcessStartInfo("kill", [signal, .. processes]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync();
    }

    /// <summary>The process and its descendants (Linux): a start script may stay the parent of the server.</summary>
    private static List<int> Family(int root)
    {
        var children = Directory.EnumerateDirectories("/proc").Select(Parent).Where(pair => pair.Id > 0).ToLookup(pair => pair.Parent, pair => pair.Id);
        List<int> family = [root];
        for (var i = 0; i < family.Count; i++)
        {
            family.AddRange(children[family[i]]);
        }

        return family;
    }

    private static (int Id, int Parent) Parent(string folder)
    {
        try
        {
            // The name in brackets may hold anything; after it come the state and the parent.
            return int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && File.ReadAllText(Path.Combine(folder, "stat")) is var stat
                    ? (id, int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture))
                    : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default; // ended meanwhile
        }
    }
}
