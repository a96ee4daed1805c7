using System.Buffers;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Marketing.Stores.Redis;

/// <summary>
/// A second cache level whose failures are never errors: reads then find nothing, and writes are dropped. After a failure it pauses, and
/// then one caller tries again, so that a hanging Redis costs an occasional timeout and not one per call.
/// </summary>
internal sealed class GuardedRedisCache(IBufferDistributedCache redis, TimeProvider time, ILogger<GuardedRedisCache> logger) : IBufferDistributedCache
{
    private static readonly TimeSpan BreakDuration = TimeSpan.FromSeconds(2);

    /// <summary>How long a read waits for the cache.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>The end of the pause in UTC ticks; 0 while the cache works.</summary>
    private long _openUntil;

    public byte[]? Get(string key) => Try(() => redis.Get(key), null);

    /// <summary>Limits the wait itself, because the client checks its own timeouts only once a second.</summary>
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        TryAsync(() => new ValueTask<byte[]?>(redis.GetAsync(key, token).WaitAsync(ReadTimeout, time, token)), null).AsTask();

    public bool TryGet(string key, IBufferWriter<byte> destination) => Try(() => redis.TryGet(key, destination), false);

    /// <summary>Reads into its own array, because a late result must not be written to a buffer that another caller uses by then.</summary>
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
        if (!AllowsCall())
        {
            return otherwise;
        }

        try
        {
            var answer = call();
            Volatile.Write(ref _openUntil, 0);
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            OpenCircuit(exception);
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
        if (!AllowsCall())
        {
            return otherwise;
        }

        try
        {
            var answer = await call();
            Volatile.Write(ref _openUntil, 0);
            return answer;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            OpenCircuit(exception);
            return otherwise;
        }
    }

    private bool AllowsCall()
    {
        var until = Volatile.Read(ref _openUntil);
        if (until == 0)
        {
            return true;
        }

        // After the pause one caller tries; the others skip the cache until the result is known.
        var now = time.GetUtcNow().UtcTicks;
        return now >= until && Interlocked.CompareExchange(ref _openUntil, now + BreakDuration.Ticks, until) == until;
    }

    private void OpenCircuit(Exception exception)
    {
        if (Interlocked.Exchange(ref _openUntil, (time.GetUtcNow() + BreakDuration).UtcTicks) == 0)
        {
            Log.SecondLevelUnavailable(logger, exception.GetType().Name);
        }
    }
}
