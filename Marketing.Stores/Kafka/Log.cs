using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Marketing.Stores.Kafka;

/// <summary>The log messages of Kafka ingestion; they never contain a message's content.</summary>
internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Warning, "Kafka could not be read ({Error})")]
    public static partial void ConsumeFailed(ILogger logger, ErrorCode error);

    [LoggerMessage(3202, LogLevel.Warning, "The log takes nothing at present ({Error}); {Count} messages wait, their partitions are paused")]
    public static partial void LogUnavailable(ILogger logger, int count, string error);

    [LoggerMessage(3203, LogLevel.Information, "Offsets of {Count} partitions were not committed ({Error}); this is tried again, and else what they stand for is read again")]
    public static partial void NotCommitted(ILogger logger, int count, ErrorCode error);

    [LoggerMessage(3204, LogLevel.Warning, "Kafka reports {Error}")]
    public static partial void Broker(ILogger logger, ErrorCode error);

    [LoggerMessage(3205, LogLevel.Information, "{Count} partitions were given to this worker")]
    public static partial void Assigned(ILogger logger, int count);

    [LoggerMessage(3206, LogLevel.Information, "{Count} partitions were taken from this worker")]
    public static partial void Revoked(ILogger logger, int count);

    [LoggerMessage(3207, LogLevel.Critical, "The producer cannot go on after {Error}; the process stops and has to be started again")]
    public static partial void Fatal(ILogger logger, ErrorCode error);
}
