using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketing.ServiceDefaults;

/// <summary>The logging defaults.</summary>
internal static class Logging
{
    /// <summary>Limits frameworks to warnings, because two log lines per request would cost more than the request.</summary>
    /// <remarks>Adds the settings as the first configuration source, so that any file, variable or argument overrides them.</remarks>
    public static void AddQuietLogging(this IHostApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
                ["Logging:LogLevel:Microsoft.Extensions"] = "Warning",
                // The program itself reports in one sentence why a host cannot start.
                ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
                ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
                ["Logging:LogLevel:Polly"] = "Error",
                ["Logging:LogLevel:Grpc"] = "Warning",
                ["Logging:LogLevel:StackExchange.Redis"] = "Warning",
                ["Logging:LogLevel:Quartz"] = "Warning",
            },
        });

    /// <summary>Routes every log line through <see cref="SafeLoggerFactory"/>.</summary>
    public static void AddSafeLogging(this IHostApplicationBuilder builder) =>
        builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(static services => new SafeLoggerFactory(new LoggerFactory(
            services.GetServices<ILoggerProvider>(),
            services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
            services.GetRequiredService<IOptions<LoggerFactoryOptions>>(),
            services.GetService<IExternalScopeProvider>()))));
}
