using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Marketing.Stores.Kafka;

/// <summary>
/// Carries a request's trace through the topic in the W3C header <c>traceparent</c>. A batch from one trace continues it. A batch from
/// several starts its own trace with links to them, because a span has only one parent.
/// </summary>
internal static class KafkaTrace
{
    /// <summary>The maximum number of links per batch.</summary>
    public const int MaxLinks = 32;

    private const string Header = "traceparent";
    private const string BatchSize = "marketing.batch.size";

    private static readonly ActivitySource Source = new("Marketing.Kafka");

    public static Activity? StartProduce(int count) =>
        Source.StartActivity("produce", ActivityKind.Producer)?.SetTag(BatchSize, count);

    /// <summary>Returns the headers for messages of the current trace; null when it is not recorded.</summary>
    public static Headers? Headers(Activity? produce) =>
        (produce ?? Activity.Current) is { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } id }
            ? [new Header(Header, Encoding.ASCII.GetBytes(id))]
            : null;

    public static Activity? StartConsume(KafkaBatch batch)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        ActivityContext[] origins = [.. batch.Traces];
        var parent = origins.Length == 1 && !batch.HasUntraced ? origins[0] : default;
        var links = parent == default ? origins.Take(MaxLinks).Select(origin => new ActivityLink(origin)) : null;
        return Source.StartActivity("consume", ActivityKind.Consumer, parent, links: links)?.SetTag(BatchSize, batch.Count);
    }

    /// <summary>Returns the trace that a message belongs to, or null.</summary>
    public static ActivityContext? Read(Headers? headers) =>
        headers is { Count: > 0 }
        && headers.TryGetLastBytes(Header, out var value)
        && ActivityContext.TryParse(Encoding.ASCII.GetString(value), traceState: null, isRemote: true, out var context)
            ? context
            : null;
}
