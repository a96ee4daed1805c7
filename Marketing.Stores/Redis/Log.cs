using Microsoft.Extensions.Logging;

namespace Marketing.Stores.Redis;

/// <summary>The log messages of the cache's second level.</summary>
internal static partial class Log
{
    [LoggerMessage(3301, LogLevel.Warning, "Other processes were not told that answers of {Count} users are old ({Error}); they stay until they expire")]
    public static partial void NotTold(ILogger logger, int count, string error);

    [LoggerMessage(3302, LogLevel.Warning, "A message on the invalidation channel was not understood")]
    public static partial void NotUnderstood(ILogger logger);

    [LoggerMessage(3303, LogLevel.Warning, "The second level of the cache does not answer ({Error}); answers are computed and kept in memory alone")]
    public static partial void SecondLevelUnavailable(ILogger logger, string error);

    [LoggerMessage(3304, LogLevel.Warning, "No Redis answers at {Address}, which ConnectionStrings:redis names; until one does, answers are kept in this process alone and others are not told when they are old")]
    public static partial void NotThere(ILogger logger, string address);

    [LoggerMessage(3305, LogLevel.Warning, "Other processes were not asked to relearn their models ({Error}); they will at their next interval")]
    public static partial void LearnNotTold(ILogger logger, string error);
}
