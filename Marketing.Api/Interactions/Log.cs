namespace Marketing.Api.Interactions;

internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Error, "Interactions could not be appended to the log; the sender was asked to send them again.")]
    public static partial void LogUnavailable(ILogger logger, Exception exception);
}
