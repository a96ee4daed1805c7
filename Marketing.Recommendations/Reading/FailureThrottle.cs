namespace Marketing.Recommendations.Reading;

/// <summary>Lets one report per store and interval through, because an outage fails thousands of requests a second the same way.</summary>
internal sealed class FailureThrottle(TimeSpan interval, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Store, long> _reported = [];

    public bool ShouldReport(Store store)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (_reported.TryGetValue(store, out var last) && time.GetElapsedTime(last, now) < interval)
            {
                return false;
            }

            _reported[store] = now;
            return true;
        }
    }
}
