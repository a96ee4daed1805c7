using System.Diagnostics;

namespace Marketing.Benchmarks.Load;

/// <summary>A child process that runs to completion, or until it is stopped.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Resident memory in bytes (Linux).</summary>
    public long ResidentBytes => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => 1024L * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]))
        .Single();

    public bool HasExited => _process.HasExited;

    public static ChildProcess Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Runs a program to completion and returns its output.</summary>
    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var child = Start(program, arguments, environment);
        await child._process.WaitForExitAsync();
        return child._process.ExitCode == 0
            ? await child._output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await child._errors}{await child._output}");
    }

    /// <summary>Waits for the process to exit and returns its output.</summary>
    public async Task<string> ReadAsync() => await _errors + await _output;

    /// <summary>Kills the process with SIGKILL, if it has not exited.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Asks the process to exit (SIGTERM) and waits.</summary>
    public async Task StopAsync()
    {
        using (Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await _process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
