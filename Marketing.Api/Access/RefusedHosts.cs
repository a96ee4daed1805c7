namespace Marketing.Api.Access;

/// <summary>Logs, at most once a minute, that requests for unknown hosts are rejected, so that an operator finds a missing name.</summary>
internal sealed class RefusedHosts(ILogger<RefusedHosts> logger, TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long _last = long.MinValue;
    private long _count;

    public void Note()
    {
        Interlocked.Increment(ref _count);
        var last = Volatile.Read(ref _last);
        var now = time.GetTimestamp();
        if ((last == long.MinValue || time.GetElapsedTime(last, now) >= Quiet) && Interlocked.CompareExchange(ref _last, now, last) == last)
        {
            Log.HostRefused(logger, Interlocked.Exchange(ref _count, 0));
        }
    }
}
