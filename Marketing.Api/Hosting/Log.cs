namespace Marketing.Api.Hosting;

internal static partial class Log
{
    [LoggerMessage(1011, LogLevel.Information, "The API is at {Address}")]
    public static partial void Serving(ILogger logger, string address);

    [LoggerMessage(1012, LogLevel.Information, "Its reference page is at {Address}/scalar")]
    public static partial void Reference(ILogger logger, string address);

    [LoggerMessage(1013, LogLevel.Information, "Try: curl \"{Address}/recommendations/{UserId}?explain=true\"")]
    public static partial void TryThis(ILogger logger, string address, string userId);

    [LoggerMessage(1014, LogLevel.Information, "There is no data yet. Load the sample: curl -X POST \"{Address}/admin/sample-data\"; or send your own, as {Address}/scalar shows")]
    public static partial void NoData(ILogger logger, string address);

    [LoggerMessage(1015, LogLevel.Information, "Try: curl \"{Address}/analytics/trending\"")]
    public static partial void TryTrending(ILogger logger, string address);

    [LoggerMessage(1016, LogLevel.Information, "The sample data is still loading; answers are incomplete until {Address}/health reports healthy")]
    public static partial void SampleIsLoading(ILogger logger, string address);

    [LoggerMessage(1017, LogLevel.Warning, "Could not read the log to suggest a request ({Error})")]
    public static partial void NothingToOffer(ILogger logger, string error);
}
