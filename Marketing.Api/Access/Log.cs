namespace Marketing.Api.Access;

internal static partial class Log
{
    [LoggerMessage(1021, LogLevel.Warning, "{Count} requests were refused because Host was no name of this server; AllowedHosts adds names. Said at most once a minute")]
    public static partial void HostRefused(ILogger logger, long count);

    [LoggerMessage(1022, LogLevel.Warning, "/admin was refused to {Address}: {Reason}")]
    public static partial void AdminRefused(ILogger logger, string address, string reason);

    [LoggerMessage(1023, LogLevel.Warning, "/admin was refused to {Address} {Failures} times within {Window}; more are answered with 429 and not logged")]
    public static partial void AdminLimited(ILogger logger, string address, int failures, TimeSpan window);
}
