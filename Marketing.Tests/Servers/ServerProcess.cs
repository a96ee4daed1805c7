using System.Diagnostics;
using System.Globalization;

namespace Marketing.Tests.Servers;

/// <summary>A program started by a test, with its child processes; it can be killed, paused and restarted.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ProcessStartInfo _start;
    private readonly string _ready;
    private readonly List<string> _said = [];
    private Process _process = new();

    private ServerProcess(ProcessStartInfo start, string ready) => (_start, _ready) = (start, ready);

    /// <summary>The output line that reported readiness.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The latest lines of output.</summary>
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

    /// <summary>Starts the program and returns once it writes a line containing <paramref name="ready"/>, ignoring case.</summary>
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

    /// <summary>Starts the program again with the same arguments.</summary>
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

    /// <summary>Kills the process like <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        await SignalAsync("-KILL");
        await _process.WaitForExitAsync();
    }

    /// <summary>Pauses the process: connections stay open, nothing answers.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>Resumes the process.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>Stops the process gracefully and waits.</summary>
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

    /// <summary>Returns the process and its descendants (Linux), because a start script may remain the server's parent.</summary>
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
            // The name in parentheses may contain anything; the state and the parent follow it.
            return int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)
                && File.ReadAllText(Path.Combine(folder, "stat")) is var stat
                    ? (id, int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture))
                    : default;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return default; // ended in the meantime
        }
    }
}
