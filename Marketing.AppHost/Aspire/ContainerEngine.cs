using System.ComponentModel;
using System.Diagnostics;

namespace Marketing.AppHost;

/// <summary>Decides whether containers can be started on this machine.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // Evaluated once per process; null means that no engine answers.
    private static Lazy<string?>? _engine;
    private static bool _registryIsSilent;

    /// <summary>
    /// Adds the container when publishing, which only describes it, or when a container engine answers and has the image or can pull it;
    /// else returns null.
    /// </summary>
    /// <remarks><c>Containers:Engine</c> (true or false) overrides the check.</remarks>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the store.</param>
    /// <param name="container">Adds the container under that name; returns null when this build has no integration for it.</param>
    public static IResourceBuilder<IResourceWithConnectionString>? AddContainer(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<IDistributedApplicationBuilder, string, IResourceBuilder<IResourceWithConnectionString>?> container)
    {
        var told = builder.ExecutionContext.IsPublishMode ? true : builder.Configuration.GetValue<bool?>("Containers:Engine");
        if (told == true)
        {
            return container(builder, name);
        }

        if (told == false || (_engine ??= new(() => Find(builder))).Value is not { } engine)
        {
            return null;
        }

        var before = builder.Resources.ToHashSet();
        var store = container(builder, name);
        var added = builder.Resources.Where(resource => !before.Contains(resource)).ToList();
        if (added.All(resource => !resource.TryGetContainerImageName(out var image) || CanHave(engine, image)))
        {
            return store;
        }

        added.ForEach(resource => builder.Resources.Remove(resource));
        return null;
    }

    private static string? Find(IDistributedApplicationBuilder builder)
    {
        // The setting with which Aspire itself selects the engine.
        var chosen = builder.Configuration["ASPIRE_CONTAINER_RUNTIME"] ?? builder.Configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];
        string[] engines = chosen is null ? ["docker", "podman"] : [chosen];
        var found = engines.FirstOrDefault(engine => Succeeds(engine, "info"));
        if (found is null)
        {
            Console.WriteLine(
                $"No container engine responds ({string.Join(", ", engines)}): stores without a connection string are embedded in the API.");
        }

        return found;
    }

    /// <summary>Whether the image is present, or its registry confirms that it exists.</summary>
    /// <remarks>Without this check, startup would wait forever for a missing image.</remarks>
    private static bool CanHave(string engine, string image)
    {
        if (Succeeds(engine, "image", "inspect", image))
        {
            return true;
        }

        // Wait for an unresponsive registry only once.
        if (!_registryIsSilent && Succeeds(engine, "manifest", "inspect", image))
        {
            return true;
        }

        if (!_registryIsSilent)
        {
            _registryIsSilent = true;
            Console.WriteLine(
                $"{engine} does not have the image {image}, and its registry does not respond: stores without an image are embedded in the API (--Containers:Engine=true starts their containers anyway).");
        }

        return false;
    }

    private static bool Succeeds(string engine, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(engine, arguments) { RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
            {
                return false;
            }

            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Timeout))
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
