using Microsoft.Extensions.Logging;

namespace Marketing.Recommendations.Learned;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "Cannot refresh {Part}; continuing with the version in memory")]
    public static partial void RefreshFailed(ILogger logger, Exception exception, string part);

    [LoggerMessage(2002, LogLevel.Information, "Refreshing {Part} works again")]
    public static partial void RefreshRecovered(ILogger logger, string part);
}
