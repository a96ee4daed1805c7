using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Audit;

/// <summary>Log messages about the audit trail, without actors and targets.</summary>
internal static partial class Log
{
    [LoggerMessage(4401, LogLevel.Error, "{Action} with outcome {Outcome} is not in the audit trail yet; it is tried again every minute while this process runs")]
    public static partial void NotWritten(ILogger logger, string action, int outcome);

    [LoggerMessage(4402, LogLevel.Warning, "The audit trail could not be written ({Error})")]
    public static partial void TrailFailed(ILogger logger, string error);

    [LoggerMessage(4403, LogLevel.Error, "{Count} entries of the audit trail are lost, because too many could not be written")]
    public static partial void Lost(ILogger logger, int count);
}
