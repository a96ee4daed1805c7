namespace Marketing.Recommendations.Reading;

/// <summary>Lets one report a store through in each interval: a store that is down fails thousands of requests a second alike.</summary>
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
