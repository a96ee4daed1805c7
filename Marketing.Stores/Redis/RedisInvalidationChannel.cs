using System.Text.Json;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Marketing.Stores.Redis;

/// <summary>
/// Sends invalidations over Redis publish/subscribe. A message is a JSON array: the sender, then user ids. While Redis is down nothing is
/// sent and nothing fails; cached answers then live until they expire.
/// </summary>
internal sealed class RedisInvalidationChannel(
    IConnectionMultiplexer redis, TimeProvider time, ILogger<RedisInvalidationChannel> logger) : IInvalidationChannel
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("marketing:invalidated");

    /// <summary>The number of users per message, which keeps messages small.</summary>
    private const int UsersPerMessage = 1_000;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly string _sender = Guid.NewGuid().ToString("N");

    public async ValueTask PublishAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var some in users.Chunk(UsersPerMessage))
            {
                string[] message = [_sender, .. some.Select(user => user.Value)];
                await redis.GetSubscriber().PublishAsync(Channel, JsonSerializer.Serialize(message), CommandFlags.FireAndForget);
            }
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            Log.NotTold(logger, users.Count, exception.GetType().Name);
        }
    }

    public async Task ListenAsync(Func<IReadOnlyCollection<UserId>, ValueTask> drop, CancellationToken cancellationToken)
    {
        var subscription = await SubscribeAsync(cancellationToken);
        try
        {
            await foreach (var received in subscription.WithCancellation(cancellationToken))
            {
                if (Read(received.Message) is [var sender, .. var users] && sender != _sender)
                {
                    await drop([.. users.Select(user => new UserId(user))]);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await subscription.UnsubscribeAsync(CommandFlags.FireAndForget);
        }
    }

    /// <summary>Retries until Redis is first available; after that the client renews the subscription.</summary>
    private async Task<ChannelMessageQueue> SubscribeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await redis.GetSubscriber().SubscribeAsync(Channel);
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
