using System.Diagnostics;
using System.Text;

namespace Marketing.Tests.Startup;

/// <summary>A built program of the product, run to completion with some settings.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Error">The standard error output.</param>
/// <param name="Output">The standard output.</param>
internal sealed record ProgramRun(int ExitCode, string Error, string Output)
{
    /// <summary>A program that has not ended by then counts as started.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <param name="program"><c>Marketing.Api</c> or <c>Marketing.Ingest</c>.</param>
    /// <param name="dataDirectory">The folder of its embedded stores.</param>
    /// <param name="settings">As environment variables, with sections separated by <c>__</c>.</param>
    public static async Task<ProgramRun> RunAsync(string program, string dataDirectory, IReadOnlyDictionary<string, string> settings)
    {
        var start = StartOf(program, dataDirectory);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return await RunAsync(start, terminateAfter: null);
    }

    /// <summary>Runs the program and sends SIGTERM after a delay.</summary>
    public static async Task<ProgramRun> TerminateAsync(string program, string dataDirectory, TimeSpan after)
    {
        var start = StartOf(program, dataDirectory);
        return await RunAsync(start, after);
    }

    /// <summary>Runs the program and sends SIGTERM once it has written a line with these words.</summary>
    public static async Task<ProgramRun> TerminateWhenAsync(
        string program, string dataDirectory, string words, IReadOnlyDictionary<string, string> settings)
    {
        var start = StartOf(program, dataDirectory);
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Timeout);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = new StringBuilder();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                output.AppendLine(line);
                if (line.Contains(words, StringComparison.Ordinal))
                {
                    using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
                }
            }

            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"It did not end:\n{output}");
        }

        return new ProgramRun(process.ExitCode, await error, output.ToString());
    }

    private static ProcessStartInfo StartOf(string program, string dataDirectory)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Storage__DataDirectory"] = dataDirectory;
        start.Environment["SampleData__LoadOnFirstRun"] = "false";
        return start;
    }

    private static async Task<ProgramRun> RunAsync(ProcessStartInfo start, TimeSpan? terminateAfter)
    {
        using var process = Process.Start(start)!;
        var (error, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        try
        {
            if (terminateAfter is { } moment)
            {
                await Task.Delay(moment, TestContext.Current.CancellationToken);
                using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Timeout);
        }
        catch
        {
            process.Kill();
            Assert.Fail($"It did not end:\n{await error}\n{await output}");
        }

        return new ProgramRun(process.ExitCode, await error, await output);
    }

    /// <summary>Asserts that it ended immediately, with one sentence that has the expected words and not the forbidden ones.</summary>
    public void AssertSaid(string words, string? never = null)
    {
        Assert.NotEqual(0, ExitCode);
        var sentence = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(words, sentence, StringComparison.Ordinal);
        if (never is not null)
        {
            Assert.DoesNotContain(never, Error, StringComparison.Ordinal);
            Assert.DoesNotContain(never, Output, StringComparison.Ordinal);
        }
    }
}
