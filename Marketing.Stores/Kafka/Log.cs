using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Marketing.Stores.Kafka;

/// <summary>The log messages of Kafka ingestion; they never contain a message's content.</summary>
internal static partial class Log
{
    [LoggerMessage(3201, LogLevel.Warning, "Could not read from Kafka ({Error})")]
    public static partial void ConsumeFailed(ILogger logger, ErrorCode error);

    [LoggerMessage(3202, LogLevel.Warning, "The log is not writable right now ({Error}); {Count} messages are waiting and their partitions are paused")]
    public static partial void LogUnavailable(ILogger logger, int count, string error);

    [LoggerMessage(3203, LogLevel.Information, "Could not commit the offsets of {Count} partitions ({Error}); this will be retried, and if it fails, their messages are read again")]
    public static partial void NotCommitted(ILogger logger, int count, ErrorCode error);

    [LoggerMessage(3204, LogLevel.Warning, "Kafka reports {Error}")]
    public static partial void Broker(ILogger logger, ErrorCode error);

    [LoggerMessage(3205, LogLevel.Information, "{Count} partitions were assigned to this worker")]
    public static partial void Assigned(ILogger logger, int count);

    [LoggerMessage(3206, LogLevel.Information, "{Count} partitions were revoked from this worker")]
    public static partial void Revoked(ILogger logger, int count);

    [LoggerMessage(3207, LogLevel.Critical, "The producer cannot continue after {Error}; the process stops and must be restarted")]
    public static partial void Fatal(ILogger logger, ErrorCode error);
}
