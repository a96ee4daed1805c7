using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Marketing.Tests.Telemetry;

/// <summary>Collects the spans that would be exported, including those of other tests; each test filters by its own traces.</summary>
internal sealed class SpanCollector : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _ended = new();

    /// <summary>Records only spans of recorded traces, until the provider is disposed.</summary>
    public TracerProvider Listen()
    {
        var tracing = Sdk.CreateTracerProviderBuilder();
        Configure(tracing);
        return tracing.Build();
    }

    /// <summary>Adds the collector to a host, with the sources its stores add.</summary>
    public void AddTo(IServiceCollection services) => services.AddOpenTelemetry().WithTracing(Configure);

    public override void OnEnd(Activity data) => _ended.Enqueue(data);

    /// <summary>Returns the finished spans of a trace, ordered by start.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) =>
        [.. _ended.Where(span => span.TraceId == trace).OrderBy(span => span.StartTimeUtc)];

    /// <summary>Returns all text of a span: names, tags, events and links.</summary>
    public static string TextOf(Activity span)
    {
        var tags = span.TagObjects
            .Concat(span.Events.SelectMany(one => one.Tags))
            .Concat(span.Links.SelectMany(link => link.Tags ?? []))
            .Select(tag => $"{tag.Key}={(tag.Value is string[] values ? string.Join(' ', values) : tag.Value)}");
        return string.Join('\n', [span.OperationName, span.DisplayName, span.StatusDescription, .. span.Events.Select(one => one.Name), .. tags]);
    }

    private void Configure(TracerProviderBuilder tracing) => tracing
        .AddSource("Marketing.*").SetSampler(new ParentBasedSampler(new AlwaysOffSampler())).AddProcessor(this);
}
