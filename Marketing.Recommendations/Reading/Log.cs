using Microsoft.Extensions.Logging;

namespace Marketing.Recommendations.Reading;

internal static partial class Log
{
    [LoggerMessage(2101, LogLevel.Warning, "Step {Step} did not contribute: {Store} failed or exceeded its time budget. Logged at most every ten seconds")]
    public static partial void StepFailed(ILogger logger, Exception exception, string step, string store);
}
