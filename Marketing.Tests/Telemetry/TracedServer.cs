using Marketing.Tests.Api;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using OpenTelemetry.Trace;

namespace Marketing.Tests.Telemetry;

/// <summary>The API with the product's telemetry; records only traces that the caller records.</summary>
public sealed class TracedServer : ApiServer
{
    internal SpanCollector Spans { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
        builder.UseSetting("Telemetry:SampleRatio", "0");
        builder.ConfigureTestServices(services => services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(Spans)));
    }
}
