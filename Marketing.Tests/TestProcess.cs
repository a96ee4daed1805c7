using System.Runtime.CompilerServices;

namespace Marketing.Tests;

/// <summary>Settings of the whole test process.</summary>
internal static class TestProcess
{
    /// <summary>
    /// Hosts in tests do not watch their settings files. Each would take an inotify instance, of which Linux gives a user 128, and the tests
    /// start more hosts than that beside a busy desktop.
    /// </summary>
    [ModuleInitializer]
    internal static void DoNotWatchSettings() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
