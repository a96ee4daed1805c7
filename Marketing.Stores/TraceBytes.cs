using System.Diagnostics;

namespace Marketing.Stores;

/// <summary>
/// How the trace of an append waits with what is pending: 16 bytes of the trace's id, then 8 of the span's. Only a trace that is
/// recorded is kept, so its flags need no room; a vendor's <c>tracestate</c> is left behind.
/// </summary>
internal static class TraceBytes
{
    private const int TraceId = 16;
    private const int Length = TraceId + 8;

    /// <summary>The caller's trace; null when there is none, or nobody records it.</summary>
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

    /// <summary>What <see cref="OfCaller"/> wrote; null for anything else.</summary>
    public static ActivityContext? Read(ReadOnlySpan<byte> bytes) => bytes.Length != Length ? null : new ActivityContext(
        ActivityTraceId.CreateFromBytes(bytes[..TraceId]),
        ActivitySpanId.CreateFromBytes(bytes[TraceId..]),
        ActivityTraceFlags.Recorded,
        isRemote: true);
}
