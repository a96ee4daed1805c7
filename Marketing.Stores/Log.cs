using Microsoft.Extensions.Logging;

namespace Marketing.Stores;

internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Another process has {Folder} open; waiting for it to end")]
    public static partial void WaitsForFolder(ILogger logger, string folder);
}
