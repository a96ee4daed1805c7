using System.Text.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Marketing.Stores.Redis;

/// <summary>
/// Sends messages over Redis publish/subscribe. A message is a JSON array: the sender, then the user ids of an invalidation. While Redis is down nothing is
/// sent and nothing fails; cached answers then live until they expire.
/// </summary>
internal sealed class RedisRecommenderChannel(
    IConnectionMultiplexer redis, TimeProvider time, ILogger<RedisRecommenderChannel> logger) : IRecommenderChannel
{
    private static readonly RedisChannel Stale = RedisChannel.Literal("marketing:invalidated");
    private static readonly RedisChannel Learn = RedisChannel.Literal("marketing:learn");

    /// <summary>The number of users per message, which keeps messages small.</summary>
    private const int UsersPerMessage = 1_000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly string _sender = Guid.NewGuid().ToString("N");

    public async ValueTask PublishStaleAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var some in users.Chunk(UsersPerMessage))
            {
                await SendAsync(Stale, some.Select(user => user.Value));
            }
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            Log.NotTold(logger, users.Count, exception.GetType().Name);
        }
    }

    public async ValueTask PublishLearnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(Learn, []);
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            Log.LearnNotTold(logger, exception.GetType().Name);
        }
    }

    public Task ListenAsync(Func<IReadOnlyCollection<UserId>, ValueTask> drop, Func<ValueTask> learn, CancellationToken cancellationToken) =>
        Task.WhenAll(
            ListenAsync(Stale, users => drop([.. users.Select(user => new UserId(user))]), cancellationToken),
            ListenAsync(Learn, _ => learn(), cancellationToken));

    private Task<long> SendAsync(RedisChannel channel, IEnumerable<string> content) => redis.GetSubscriber().PublishAsync(
        channel, JsonSerializer.Serialize<string[]>([_sender, .. content]), CommandFlags.FireAndForget);

    private async Task ListenAsync(RedisChannel channel, Func<string[], ValueTask> handle, CancellationToken cancellationToken)
    {
        var subscription = await SubscribeAsync(channel, cancellationToken);
        try
        {
            await foreach (var received in subscription.WithCancellation(cancellationToken))
            {
                if (Read(received.Message) is [var sender, .. var rest] && sender != _sender)
                {
                    await handle(rest);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await subscription.UnsubscribeAsync(CommandFlags.FireAndForget);
        }
    }

    /// <summary>Retries until Redis is first available; after that the client renews the subscription.</summary>
    private async Task<ChannelMessageQueue> SubscribeAsync(RedisChannel channel, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await redis.GetSubscriber().SubscribeAsync(channel);
            }
            catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
            {
                await Task.Delay(RetryDelay, time, cancellationToken);
            }
        }
    }

    private string[] Read(RedisValue message)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(message.ToString()) ?? [];
        }
        catch (JsonException)
        {
            Log.NotUnderstood(logger); // another program's message on our channel
            return [];
        }
    }
}
