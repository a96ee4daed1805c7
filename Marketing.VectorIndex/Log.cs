using Microsoft.Extensions.Logging;

namespace Marketing.VectorIndex;

internal static partial class Log
{
    [LoggerMessage(6001, LogLevel.Information, "Opened the vector index with {Entries} entries in {Milliseconds} ms")]
    public static partial void Opened(ILogger logger, int entries, long milliseconds);

    [LoggerMessage(6002, LogLevel.Information, "Trained {Lists} inverted lists for {Entries} entries in {Milliseconds} ms")]
    public static partial void Trained(ILogger logger, int lists, int entries, long milliseconds);

    [LoggerMessage(6003, LogLevel.Error, "Could not train the inverted lists of the vector index; it continues with those it has")]
    public static partial void TrainingFailed(ILogger logger, Exception exception);
}
