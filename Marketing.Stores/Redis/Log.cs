using Microsoft.Extensions.Logging;

namespace Marketing.Stores.Redis;

/// <summary>The log messages of the cache's second level.</summary>
internal static partial class Log
{
    [LoggerMessage(3301, LogLevel.Warning, "Could not tell other processes that the answers of {Count} users are stale ({Error}); they remain until they expire")]
    public static partial void NotTold(ILogger logger, int count, string error);

    [LoggerMessage(3302, LogLevel.Warning, "Ignored an invalid message on the invalidation channel")]
    public static partial void NotUnderstood(ILogger logger);

    [LoggerMessage(3303, LogLevel.Warning, "The second-level cache does not respond ({Error}); answers are cached in memory only")]
    public static partial void SecondLevelUnavailable(ILogger logger, string error);

    [LoggerMessage(3304, LogLevel.Warning, "Redis at {Address} (ConnectionStrings:redis) does not respond; until it does, each process caches answers on its own and is not told when they are stale")]
    public static partial void NotThere(ILogger logger, string address);

    [LoggerMessage(3305, LogLevel.Warning, "Could not tell other processes to relearn their models ({Error}); they will at their next interval")]
    public static partial void LearnNotTold(ILogger logger, string error);
}
