using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Marketing.Stores.Redis;

/// <summary>
/// A second level whose failure is nobody's error: then nothing is found and nothing is kept. After a failure it is left alone
/// for a moment, then one caller tries it again: one that hangs costs its time-out now and then and not every time it is asked.
/// </summary>
internal sealed class GuardedRedisCache(IBufferDistributedCache redis, TimeProvider time, ILogger<GuardedRedisCache> logger) : IBufferDistributedCache
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer waits for the cache.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    /// <summary>In ticks of UTC; 0: it is well.</summary>
    private long _restsUntil;

    public byte[]? Get(string key) => Try(() => redis.Get(key), null);

    /// <summary>Waited for no longer than a moment: the client looks only once a second whose time is over.</summary>
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        TryAsync(() => new ValueTask<byte[]?>(redis.GetAsync(key, token).WaitAsync(Moment, time, token)), null).AsTask();

    public bool TryGet(string key, IBufferWriter<byte> destination) => Try(() => redis.TryGet(key, destination), false);

    /// <summary>By way of an array of its own: what comes too late must not be written to a buffer that somebody else has by then.</summary>
    public async ValueTask<bool> TryGetAsync(string key, IBufferWriter<byte> destination, CancellationToken token = default)
    {
        if (await GetAsync(key, token) is not { } value)
        {
            return false;
        }

        destination.Write(value);
        return true;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => Try(() => redis.Set(key, value, options));

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        TryAsync(() => redis.SetAsync(key, value, options, token));

    public void Set(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options) => Try(() => redis.Set(key, value, options));

    public ValueTask SetAsync(string key, ReadOnlySequence<byte> value, DistributedCacheEntryOptions options, CancellationToken token = default) =>
        new(TryAsync(() => redis.SetAsync(key, value, options, token).AsTask()));

    public void Refresh(string key) => Try(() => redis.Refresh(key));

    public Task RefreshAsync(string key, CancellationToken token = default) => TryAsync(() => redis.RefreshAsync(key, token));

    public void Remove(string key) => Try(() => redis.Remove(key));

    public Task RemoveAsync(string key, CancellationToken token = default) => TryAsync(() => redis.RemoveAsync(key, token));

    private void Try(Action call) => Try(
        () =>
        {
            call();
            return true;
        },
        true);

    private T Try<T>(Func<T> call, T otherwise)
    {
        if (!MayAsk())
        {
            return otherwise;
        }

        try
        {
            var answer = call();
            Volatile.Write(ref _restsUntil, 0);
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LeaveAlone(exception);
            return otherwise;
        }
    }

    private async Task TryAsync(Func<Task> call) => await TryAsync(
        async () =>
        {
            await call();
            return true;
        },
        true);

    private async ValueTask<T> TryAsync<T>(Func<ValueTask<T>> call, T otherwise)
    {
        if (!MayAsk())
        {
            return otherwise;
        }

        try
        {
            var answer = await call();
            Volatile.Write(ref _restsUntil, 0);
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LeaveAlone(exception);
            return otherwise;
        }
    }

    private bool MayAsk()
    {
        var until = Volatile.Read(ref _restsUntil);
        if (until == 0)
        {
            return true;
        }

        // Of those who come when the rest is over one tries; the others go on without until it is known.
        var now = time.GetUtcNow().UtcTicks;
        return now >= until && Interlocked.CompareExchange(ref _restsUntil, now + Rest.Ticks, until) == until;
    }

    private void LeaveAlone(Exception exception)
    {
        if (Interlocked.Exchange(ref _restsUntil, (time.GetUtcNow() + Rest).UtcTicks) == 0)
        {
            Log.SecondLevelUnavailable(logger, exception.GetType().Name);
        }
    }
}
