using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Marketing.Stores.Redis;

/// <summary>
/// Stops startup when Redis rejects the password. A missing Redis does not stop it: answers must not depend on a cache, which is used as
/// soon as it is available.
/// </summary>
internal sealed class RedisStartup(IConnectionMultiplexer redis, ILogger<RedisStartup> logger) : StoreStartup
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
        }
        catch (RedisException exception)
        {
            var address = string.Join(", ", redis.GetEndPoints().Select(endpoint => endpoint.ToString()));
            if (IsRefusal(exception))
            {
                throw new StoreStartupException(
                    $"Redis at {address} rejected the user or password in ConnectionStrings:{RedisRegistration.ConnectionName}.", exception);
            }

            Log.NotThere(logger, address);
        }
    }

    private static bool IsRefusal(Exception? exception) => exception is not null
        && (exception is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure }
            || exception.Message.Contains("NOAUTH", StringComparison.Ordinal)
            || exception.Message.Contains("WRONGPASS", StringComparison.Ordinal)
            || IsRefusal(exception.InnerException));
}
