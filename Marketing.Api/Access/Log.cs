namespace Marketing.Api.Access;

internal static partial class Log
{
    [LoggerMessage(1021, LogLevel.Warning, "{Count} requests were rejected because Host did not name this server; AllowedHosts adds names. Logged at most once a minute")]
    public static partial void HostRefused(ILogger logger, long count);

    [LoggerMessage(1022, LogLevel.Warning, "Denied access to /admin from {Address}: {Reason}")]
    public static partial void AdminRefused(ILogger logger, string address, string reason);

    [LoggerMessage(1023, LogLevel.Warning, "Denied access to /admin from {Address} {Failures} times within {Window}; further requests get 429 and are not logged")]
    public static partial void AdminLimited(ILogger logger, string address, int failures, TimeSpan window);
}
