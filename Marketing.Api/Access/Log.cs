namespace Marketing.Api.Access;

internal static partial class Log
{
    [LoggerMessage(1021, LogLevel.Warning, "{Count} requests were rejected because Host did not name this server; AllowedHosts adds names. Logged at most once a minute")]
    public static partial void HostRefused(ILogger logger, long count);

    [LoggerMessage(1022, LogLevel.Warning, "Refused a request from {Address}: {Reason}")]
    public static partial void CallerRefused(ILogger logger, string address, string reason);

    [LoggerMessage(1023, LogLevel.Warning, "Refused {Failures} requests from {Address} within {Window}; further ones get 429 and are not logged")]
    public static partial void CallerLimited(ILogger logger, string address, int failures, TimeSpan window);

    [LoggerMessage(1024, LogLevel.Warning, "Access:Anonymous is on: whoever reaches the API may do everything but what needs the scope admin")]
    public static partial void OpenToAll(ILogger logger);

    [LoggerMessage(1025, LogLevel.Warning, "Could not read the keys ({Error}); known keys stay in use, and revocations made elsewhere do not count here until this succeeds")]
    public static partial void KeysNotRead(ILogger logger, string error);

    [LoggerMessage(1026, LogLevel.Information, "The keys are read again")]
    public static partial void KeysReadAgain(ILogger logger);
}
