namespace Marketing.Api.Interactions;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "{Target} did not accept the interactions; the sender was told to send them again")]
    public static partial void Unavailable(ILogger logger, string target, Exception exception);
}
