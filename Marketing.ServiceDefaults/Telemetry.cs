using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Marketing.ServiceDefaults;

/// <summary>Exports traces, metrics and logs over OTLP.</summary>
internal static class Telemetry
{
    private const string Ours = "Marketing.*";

    private static readonly string[] CallersWords =
        ["url.query", "user_agent.original", "server.address", "client.address", "http.request.method_original"];

    /// <summary>
    /// Adds telemetry when a collector is configured (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, which the Aspire dashboard sets).
    /// </summary>
    /// <remarks>
    /// Without one, nothing listens, and a span or a measurement costs a null check. Traces are sampled by <see cref="TelemetryOptions"/>,
    /// unless <c>OTEL_TRACES_SAMPLER</c> is set.
    /// </remarks>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(static logging =>
        {
            logging.IncludeFormattedMessage = true;
            // No scopes, because ASP.NET Core's contains the path, and paths contain user ids. Logs carry trace and span ids without them.
        });
        builder.Services.AddOpenTelemetry()
            .WithMetrics(static metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(Ours))
            .WithTracing(tracing =>
            {
                tracing
                    .AddSource(Ours)
                    .AddAspNetCoreInstrumentation(static options =>
                    {
                        options.Filter = IsWorthATrace;
                        options.EnrichWithHttpResponse = NameTheRouteOnly;
                    })
                    .AddHttpClientInstrumentation();
                if (string.IsNullOrEmpty(builder.Configuration["OTEL_TRACES_SAMPLER"]))
                {
                    var options = TelemetryOptions.Of(builder.Configuration);
                    var ratio = options.SampleRatio ?? (builder.Environment.IsDevelopment() ? 1 : 0.05);
                    tracing.SetSampler(new ParentBasedSampler(
                        new CappedSampler(new TraceIdRatioBasedSampler(ratio), options.MaxTracesPerSecond, TimeProvider.System)));
                }
            })
            .UseOtlpExporter();
    }

    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/alive", StringComparison.Ordinal);

    /// <summary>Replaces the path, which contains user ids, with the route, and removes tags that hold text chosen by the caller.</summary>
    private static void NameTheRouteOnly(Activity activity, HttpResponse response)
    {
        activity.SetTag("url.path", activity.GetTagItem("http.route"));
        foreach (var tag in CallersWords)
        {
            activity.SetTag(tag, null);
        }
    }
}
