using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Marketing.Tests.Crash;

/// <summary>The built API as a separate process, over the files of one folder.</summary>
internal sealed class ApiProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ApiProcess(Process process, Uri address)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = address, Timeout = Timeout };
    }

    public HttpClient Client { get; }

    /// <summary>Starts the API on a free loopback port and returns once it serves.</summary>
    public static async Task<ApiProcess> StartAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Marketing.Api.dll"),
                "--urls=http://127.0.0.1:0",
                $"--Storage:DataDirectory={dataDirectory}",
                "--SampleData:LoadOnFirstRun=false",
                "--Jobs:Enabled=false",

                // A short lease, so that batches claimed by a killed process can be claimed again before the test times out.
                "--Projector:Lease=00:00:02",
                "--Logging:LogLevel:Default=Warning",
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
            },
            WorkingDirectory = dataDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"The API ended: {string.Join('\n', said)}"));
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new ApiProcess(process, await address.Task.WaitAsync(Timeout, cancellationToken));
        }
        catch
        {
            End(process);
            throw;
        }

        void Hear(string? line)
        {
            const string Listening = "http://127.0.0.1:";
            lock (said)
            {
                said.Add(line ?? "");
            }

            var at = line?.IndexOf(Listening, StringComparison.Ordinal) ?? -1;
            if (at >= 0 && Uri.TryCreate(line![at..].Split([' ', '"'])[0], UriKind.Absolute, out var uri))
            {
                address.TrySetResult(uri);
            }
        }
    }

    /// <summary>Kills the process like <c>kill -9</c>, without any cleanup.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Waits until everything is projected.</summary>
    public async Task WaitUntilProjectedAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        while (true)
        {
            var report = await Client.GetFromJsonAsync<JsonElement>("/admin/consistency", timeout.Token);
            if (report.GetProperty("projections").EnumerateArray().All(one => one.GetProperty("pending").GetInt64() == 0))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), timeout.Token);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        End(_process);
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
