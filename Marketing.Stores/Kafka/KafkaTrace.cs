using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Marketing.Stores.Kafka;

/// <summary>
/// The trace of a request goes through the topic with its messages, in the header <c>traceparent</c> of W3C. A batch of messages
/// from one trace goes on in it. One of several traces is a trace of its own that links to them: a span has one parent.
/// </summary>
internal static class KafkaTrace
{
    /// <summary>Links of one batch.</summary>
    public const int MaxLinks = 32;

    private const string Header = "traceparent";
    private const string BatchSize = "marketing.batch.size";

    private static readonly ActivitySource Source = new("Marketing.Kafka");

    public static Activity? StartProduce(int count) =>
        Source.StartActivity("produce", ActivityKind.Producer)?.SetTag(BatchSize, count);

    /// <summary>The headers of messages that belong to the current trace; null when it is not recorded.</summary>
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

    /// <summary>The trace that a message belongs to, if it says so.</summary>
    public static ActivityContext? Read(Headers? headers) =>
        headers is { Count: > 0 }
        && headers.TryGetLastBytes(Header, out var value)
        && ActivityContext.TryParse(Encoding.ASCII.GetString(value), traceState: null, isRemote: true, out var context)
            ? context
            : null;
}
