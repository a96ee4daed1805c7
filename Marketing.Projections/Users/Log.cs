using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Users;

/// <summary>Log messages about erasures, without user ids.</summary>
internal static partial class Log
{
    [LoggerMessage(4201, LogLevel.Warning, "An erasure failed in step {Step} ({Error}); it will be retried until it succeeds")]
    public static partial void StepFailed(ILogger logger, string step, string error);
}
