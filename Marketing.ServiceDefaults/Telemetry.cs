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

    /// <summary>
    /// Adds telemetry when there is a collector to send it to (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, which the Aspire dashboard sets).
    /// Without one nothing listens, and a span or a measurement costs a null check. One trace in <c>Telemetry:SampleRatio</c>
    /// (0 to 1; by default all in development, else one in twenty) is kept, unless <c>OTEL_TRACES_SAMPLER</c> says otherwise.
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
                    tracing.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(SampleRatio(builder))));
                }
            })
            .UseOtlpExporter();
    }

    private static bool IsWorthATrace(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments("/alive", StringComparison.Ordinal);

    /// <summary>Paths name users; the route says as much, and nothing of whom.</summary>
    private static void NameTheRouteOnly(Activity activity, HttpResponse response) =>
        activity.SetTag("url.path", activity.GetTagItem("http.route")).SetTag("url.query", null);

    private static double SampleRatio(IHostApplicationBuilder builder)
    {
        var text = builder.Configuration["Telemetry:SampleRatio"];
        if (string.IsNullOrEmpty(text))
        {
            return builder.Environment.IsDevelopment() ? 1 : 0.05;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1
            ? ratio
            : throw new InvalidOperationException($"Telemetry:SampleRatio must be a number from 0 to 1, not '{text}'.");
    }
}
