namespace Marketing.Api.Hosting;

internal static partial class Log
{
    [LoggerMessage(2011, LogLevel.Information, "The API is at {Address}")]
    public static partial void Serving(ILogger logger, string address);

    [LoggerMessage(2012, LogLevel.Information, "Its reference page is at {Address}/scalar")]
    public static partial void Reference(ILogger logger, string address);

    [LoggerMessage(2013, LogLevel.Information, "Try: curl \"{Address}/recommendations/{UserId}?explain=true\"")]
    public static partial void TryThis(ILogger logger, string address, string userId);
}
