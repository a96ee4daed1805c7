using System.ComponentModel;
using System.Diagnostics;

namespace Marketing.AppHost;

/// <summary>Whether containers can be started here.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static bool? _answers;

    /// <summary>
    /// True when publishing, which only describes containers, and when a container engine answers.
    /// <c>Containers:Engine</c> (true or false) says it without asking the engine.
    /// </summary>
    public static bool CanRunContainers(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return true;
        }

        return builder.Configuration.GetValue<bool?>("Containers:Engine") ?? (_answers ??= Ask(builder));
    }

    private static bool Ask(IDistributedApplicationBuilder builder)
    {
        // The setting by which Aspire itself chooses between engines.
        var chosen = builder.Configuration["ASPIRE_CONTAINER_RUNTIME"] ?? builder.Configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        string[] engines = chosen is null ? ["docker", "podman"] : [chosen];
        if (engines.Any(Answers))
        {
            return true;
        }

        Console.WriteLine(
            $"No container engine answers ({string.Join(", ", engines)}): stores without a connection string of their own are embedded in the API.");
        return false;
    }

    private static bool Answers(string engine)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
            {
                return false;
            }

            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience))
            {
                return process.ExitCode == 0;
            }

            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false; // not installed
        }
    }
}
