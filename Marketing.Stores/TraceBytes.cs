using System.Diagnostics;

namespace Marketing.Stores;

/// <summary>
/// Encodes the trace context of a pending interaction: 16 bytes of trace id, then 8 of span id. Only recorded traces are stored, so no
/// flags are needed; a vendor's <c>tracestate</c> is dropped.
/// </summary>
internal static class TraceBytes
{
    private const int TraceId = 16;
    private const int Length = TraceId + 8;

    /// <summary>Returns the caller's trace context; null when there is none or it is not recorded.</summary>
    public static byte[]? OfCaller()
    {
        if (Activity.Current is not { Recorded: true, IdFormat: ActivityIdFormat.W3C } activity)
        {
            return null;
        }

        var bytes = new byte[Length];
        activity.TraceId.CopyTo(bytes.AsSpan(0, TraceId));
        activity.SpanId.CopyTo(bytes.AsSpan(TraceId));
        return bytes;
    }

    /// <summary>Decodes what <see cref="OfCaller"/> wrote; null for anything else.</summary>
    public static ActivityContext? Read(ReadOnlySpan<byte> bytes) => bytes.Length != Length ? null : new ActivityContext(
        ActivityTraceId.CreateFromBytes(bytes[..TraceId]),
        ActivitySpanId.CreateFromBytes(bytes[TraceId..]),
        ActivityTraceFlags.Recorded,
        isRemote: true);
}
