namespace Marketing.Api.Interactions;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Error, "{Target} took no interactions; the sender was asked to send them again.")]
    public static partial void Unavailable(ILogger logger, string target, Exception exception);
}
