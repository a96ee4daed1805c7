using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Marketing.ServiceDefaults;

/// <summary>Traces, metrics and logs by OTLP.</summary>
internal static class Telemetry
{
    private const string Ours = "Marketing.*";
    private const double DefaultMaxTracesPerSecond = 50;

    private static readonly string[] CallersWords =
        ["url.query", "user_agent.original", "server.address", "client.address", "http.request.method_original"];

    /// <summary>
    /// Adds telemetry when there is a collector to send it to (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, which the Aspire dashboard sets).
    /// Without one nothing listens, and a span or a measurement costs a null check. One trace in <c>Telemetry:SampleRatio</c>
    /// (0 to 1; by default all in development, else one in twenty) is kept, and no more than <c>Telemetry:MaxTracesPerSecond</c>
    /// (by default 50), unless <c>OTEL_TRACES_SAMPLER</c> says otherwise.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(static logging =>
        {
            logging.IncludeFormattedMessage = true;
            // No scopes: ASP.NET Core's has the path, and paths name users. A log has its trace and span without them.
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
                    var sampled = new TraceIdRatioBasedSampler(SampleRatio(builder));
                    tracing.SetSampler(new ParentBasedSampler(new CappedSampler(sampled, MaxTracesPerSecond(builder), TimeProvider.System)));
                }
            })
            .UseOtlpExporter();
    }

    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/alive", StringComparison.Ordinal);

    /// <summary>Paths name users; the route says as much, and nothing of whom. The rest is what a caller may write as they like.</summary>
    private static void NameTheRouteOnly(Activity activity, HttpResponse response)
    {
        activity.SetTag("url.path", activity.GetTagItem("http.route"));
        foreach (var tag in CallersWords)
        {
            activity.SetTag(tag, null);
        }
    }

    private static double SampleRatio(IHostApplicationBuilder builder) =>
        Number(builder, "Telemetry:SampleRatio", builder.Environment.IsDevelopment() ? 1 : 0.05, max: 1, "from 0 to 1");

    private static double MaxTracesPerSecond(IHostApplicationBuilder builder) =>
        Number(builder, "Telemetry:MaxTracesPerSecond", DefaultMaxTracesPerSecond, max: 1_000_000, "from 0 to 1,000,000");

    private static double Number(IHostApplicationBuilder builder, string setting, double otherwise, double max, string range)
    {
        var text = builder.Configuration[setting];
        if (string.IsNullOrEmpty(text))
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= max
            ? number
            : throw new InvalidOperationException($"{setting} must be a number {range}, not '{text}'.");
    }
}
